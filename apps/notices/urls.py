from django.urls import path

from apps.notices import views

app_name = "notices"

urlpatterns = [
    path("profile/mails/", views.choose_mails, name="choose_mails"),
    path("mails/", views.mails, name="mails"),
    path("mails/stop/<str:word>/", views.stop_mails, name="stop_mails"),
    path("mails/<slug:name>/", views.mail, name="mail"),
    path("mails/<slug:name>/html/", views.mail_as_html, name="mail_as_html"),
]
