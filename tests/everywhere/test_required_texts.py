"""What a form would not take empty, an action does not either: refused in the same words."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from apps.checkins import actions as checkins
from apps.checkins import fields as of_checkins
from apps.checkins import forms as checkin_forms
from apps.initiatives import actions as initiatives
from apps.initiatives import forms as initiative_forms
from apps.initiatives.forms.bets import ProposeForm
from apps.objectives import actions as objectives
from apps.objectives import forms as objective_forms
from tests.checkins.making import make_asked
from tests.factories import NOW, TODAY, KeyResultFactory
from tests.initiatives.making import make_active, make_proposed
from tests.objectives.making import make_draft, make_open

pytestmark = pytest.mark.django_db

BLANK = " \n"


def asked_for(form, name):
    return form.base_fields[name].error_messages["required"]


def assert_refused(act, name, in_words, /, **said):
    with pytest.raises(ValidationError) as refused:
        act(**{name: BLANK}, now=NOW, **said)
    assert refused.value.message_dict == {name: [str(in_words)]}


@pytest.mark.parametrize(
    ("verb", "form", "name", "said"),
    [
        ("kill", initiative_forms.KillForm, "learning", {"reason": "cost"}),
        ("swap", initiative_forms.SwapForm, "learning", {"reason": "cost", "title": "Another"}),
        ("swap", ProposeForm, "title", {"reason": "cost", "learning": "Too dear."}),
        ("finish", initiative_forms.FinishForm, "delivered", {}),
        ("pause", initiative_forms.PauseForm, "reason", {}),
    ],
)
def test_a_move_is_not_made_without_its_word(team, member, key_result, verb, form, name, said):
    active = make_active(team, member, key_result)
    act = getattr(initiatives, verb)
    assert_refused(lambda **s: act(active, by=member, **s), name, asked_for(form, name), **said)
    active.refresh_from_db()
    assert active.is_active


def test_nothing_is_declined_or_proposed_without_words(team, member, key_result):
    proposed = make_proposed(team, member, key_result)
    sentence = asked_for(initiative_forms.DeclineForm, "word")
    assert_refused(lambda **s: initiatives.decline(proposed, by=member, **s), "word", sentence)
    for act in (initiatives.propose, initiatives.suggest):
        sentence = asked_for(ProposeForm, "title")
        assert_refused(act, "title", sentence, team=team, aims=(), by=member)


def test_no_objective_without_title_and_why(team, cycle, leader):
    sentence = asked_for(objective_forms.DraftForm, "title")
    said = {"why": "It matters.", "team": team, "cycle": cycle, "by": leader}
    assert_refused(objectives.draft, "title", sentence, **said)
    draft = make_draft(team, cycle, by=leader)
    for name in ("title", "why"):
        sentence = asked_for(objective_forms.EditForm, name)
        said = {"title": "Pay", "why": "It matters.", "not_doing": "", "owner": leader, name: BLANK}
        with pytest.raises(ValidationError) as refused:
            objectives.edit(draft, by=leader, **said)
        assert refused.value.message_dict == {name: [str(sentence)]}


def test_no_goal_goes_or_changes_without_a_reason(team, cycle, leader, key_result):
    draft = make_draft(team, cycle, by=leader)
    sentence = asked_for(objective_forms.WithdrawForm, "reason")
    assert_refused(lambda **s: objectives.withdraw(draft, by=leader, **s), "reason", sentence)
    sentence = asked_for(objective_forms.AmendTargetForm, "reason")
    assert_refused(
        lambda **s: objectives.amend_target(key_result, target=Decimal(60), by=leader, **s),
        "reason", sentence,
    )  # fmt: skip
    objective, goal = key_result.objective, {"title": "Pay", "why": "It matters.", "not_doing": ""}
    for form, act in [
        (objective_forms.AmendForm, lambda **s: objectives.amend(objective, **goal, **s)),
        (objective_forms.AbandonForm, lambda **s: objectives.abandon(objective, **s)),
        (
            objective_forms.AmendKeyResultForm,
            lambda **s: objectives.amend_key_result(key_result, title="Other", **s),
        ),
        (
            objective_forms.DropKeyResultForm,
            lambda **s: objectives.drop_key_result(key_result, **s),
        ),
    ]:
        sentence = asked_for(form, "reason")
        assert_refused(lambda act=act, **s: act(by=leader, **s), "reason", sentence)
    promised = KeyResultFactory(
        objective=key_result.objective, baseline=None, baseline_by=TODAY + timedelta(days=1)
    )
    sentence = asked_for(objective_forms.StateBaselineForm, "reason")
    assert_refused(
        lambda **s: objectives.state_baseline(promised, baseline=Decimal(50), by=leader, **s),
        "reason", sentence,
    )  # fmt: skip


def test_no_early_commitment_without_a_reason(team, cycle, leader):
    sentence = "Nobody has given input. Say in one sentence why you commit without it."
    objective = make_open(team, cycle, by=leader)
    assert_refused(
        lambda **s: objectives.commit(objective, by=leader, **s), "early_reason", sentence
    )


def test_no_input_is_answered_without_a_sentence(team, cycle, leader, neighbour):
    objective = make_open(team, cycle, by=leader)
    with pytest.raises(ValidationError, match="at least one of the three"):
        objectives.give_input(objective, unclear=BLANK, by=neighbour, now=NOW)
    given = objectives.give_input(objective, unclear="Which?", by=neighbour, now=NOW)
    assert_refused(
        lambda **s: objectives.answer_input(given, answer="adopted", by=leader, **s),
        "answer_text", asked_for(objective_forms.AnswerForm, "answer_text"),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["sentence", "reason"])
def test_no_constraint_without_sentence_and_reason(team, leader, name):
    said = {"sentence": "No dark patterns", "reason": "We are fair."}
    del said[name]
    sentence = asked_for(objective_forms.ConstraintForm, name)
    assert_refused(objectives.set_constraint, name, sentence, team=team, by=leader, **said)


def test_no_number_is_corrected_without_a_reason(key_result, member):
    wrong = objectives.measure(key_result, day=TODAY, value=Decimal(56), by=member, now=NOW)
    assert_refused(
        lambda **s: objectives.correct(wrong, value=Decimal(55), by=member, **s),
        "reason", asked_for(objective_forms.CorrectForm, "reason"),
    )  # fmt: skip


def test_no_help_is_asked_for_or_given_without_words(team, member, leader_above):
    sentence = of_checkins.text_of_help().error_messages["required"]
    said = {"team": team, "asked": leader_above, "by_when": TODAY, "by": member}
    assert_refused(checkins.ask_for_help, "text", sentence, **said)
    asked = make_asked(team, member, leader_above)
    sentence = asked_for(checkin_forms.AnswerHelpForm, "answer")
    assert_refused(
        lambda **s: checkins.answer_help(asked, by=leader_above, **s), "answer", sentence
    )
