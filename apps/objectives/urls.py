from django.urls import path

from apps.objectives.views import (
    amendment,
    constraint,
    cycle,
    input,
    key_result,
    measurement,
    objective,
    review,
)

app_name = "objectives"

urlpatterns = [
    path("cycles/", cycle.cycles, name="cycles"),
    path("cycles/new/", cycle.create_cycle, name="create_cycle"),
    path("cycles/<slug:slug>/edit/", cycle.edit_cycle, name="edit_cycle"),
    path("cycles/<slug:slug>/open/", cycle.open_input, name="open_input"),
    path("cycles/<slug:slug>/start/", cycle.start_cycle, name="start_cycle"),
    path("cycles/<slug:slug>/review/", cycle.begin_review, name="begin_review"),
    path("objectives/new/", objective.draft, name="draft"),
    path("objectives/<int:pk>/edit/", objective.edit, name="edit"),
    path("objectives/<int:pk>/open/", objective.open_for_input, name="open_for_input"),
    path("objectives/<int:pk>/ask/", objective.ask, name="ask"),
    path("objectives/<int:pk>/back-to-draft/", objective.back_to_draft, name="back_to_draft"),
    path("objectives/<int:pk>/withdraw/", objective.withdraw, name="withdraw"),
    path("objectives/<int:pk>/commit/", objective.commit, name="commit"),
    path("objectives/<int:pk>/review/", review.review, name="review"),
    path("objectives/<int:pk>/close/", review.close, name="close"),
    path("objectives/<int:pk>/carry-over/", review.carry_over, name="carry_over"),
    path("objectives/<int:pk>/give-input/", input.give_input, name="give_input"),
    path("inputs/<int:pk>/answer/", input.answer_input, name="answer_input"),
    path("inputs/<int:pk>/withdraw/", input.withdraw_input, name="withdraw_input"),
    path(
        "objectives/<int:pk>/key-results/new/",
        key_result.define_key_result,
        name="define_key_result",
    ),
    path("key-results/<int:pk>/edit/", key_result.edit_key_result, name="edit_key_result"),
    path("objectives/<int:pk>/fill-in/", objective.fill_in, name="fill_in"),
    path("key-results/<int:pk>/fill-in/", key_result.fill_in_key_result, name="fill_in_key_result"),
    path("key-results/<int:pk>/remove/", key_result.remove_key_result, name="remove_key_result"),
    path("objectives/<int:pk>/amend/", amendment.amend, name="amend"),
    path("objectives/<int:pk>/abandon/", amendment.abandon, name="abandon"),
    path("key-results/<int:pk>/amend/", amendment.amend_target, name="amend_target"),
    path(
        "key-results/<int:pk>/amend/definition/",
        amendment.amend_key_result,
        name="amend_key_result",
    ),
    path("key-results/<int:pk>/drop/", amendment.drop_key_result, name="drop_key_result"),
    path("key-results/<int:pk>/start-value/", amendment.state_baseline, name="state_baseline"),
    path("key-results/<int:pk>/measure/", measurement.measure, name="measure"),
    path("measurements/<int:pk>/correct/", measurement.correct, name="correct"),
    path("objectives/<int:pk>/constraints/new/", constraint.set_constraint, name="set_constraint"),
    path(
        "teams/<slug:slug>/constraints/new/",
        constraint.set_team_constraint,
        name="set_team_constraint",
    ),
    path("constraints/<int:pk>/lift/", constraint.lift_constraint, name="lift_constraint"),
]
