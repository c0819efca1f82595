from django.urls import path

from apps.dashboards.views.blend import blend
from apps.dashboards.views.carry_over import carry_over
from apps.dashboards.views.close_cycle import close_cycle
from apps.dashboards.views.commitment import commitment
from apps.dashboards.views.cycle_report import cycle_report, objective_report
from apps.dashboards.views.deactivate_person import deactivate_person
from apps.dashboards.views.key_result import key_result
from apps.dashboards.views.look_back import look_back
from apps.dashboards.views.map import alignment_map, map_branch
from apps.dashboards.views.matrix import matrix, record
from apps.dashboards.views.my_week import my_week
from apps.dashboards.views.objective import objective
from apps.dashboards.views.overview import overview
from apps.dashboards.views.reviews import decisions, review, reviews, screen
from apps.dashboards.views.team import team
from apps.dashboards.views.teams import teams

app_name = "dashboards"

urlpatterns = [
    path("", my_week, name="my_week"),
    path("overview/", overview, name="overview"),
    path("cycles/<slug:slug>/close/", close_cycle, name="close_cycle"),
    path("cycles/<slug:slug>/report/", cycle_report, name="cycle_report"),
    path("objectives/<int:pk>/carry-over/", carry_over, name="carry_over"),
    path("objectives/<int:pk>/commitment/", commitment, name="commitment"),
    path("objectives/<int:pk>/report/", objective_report, name="objective_report"),
    path("people/<int:pk>/deactivate/", deactivate_person, name="deactivate_person"),
    path("reviews/", reviews, name="reviews"),
    path("reviews/<int:pk>/", review, name="review"),
    path("reviews/<int:pk>/<int:n>/", screen, name="screen"),
    path("reviews/<int:pk>/decisions/", decisions, name="decisions"),
    path("map/", alignment_map, name="map"),
    path("map/objectives/<int:pk>/", map_branch, name="map_branch"),
    path("matrix/", matrix, name="matrix"),
    path("teams/", teams, name="teams"),
    path("teams/<slug:slug>/", team, name="team"),
    path("teams/<slug:slug>/record/", record, name="record"),
    path("teams/<slug:slug>/look-back/<slug:of>/", look_back, name="look_back"),
    # The number finds the page; the words are for people.
    path("objectives/<int:pk>-<slug:slug>/", objective, name="objective"),
    path("objectives/<int:pk>/blend/", blend, name="blend"),
    path("key-results/<int:pk>-<slug:slug>/", key_result, name="key_result"),
]
