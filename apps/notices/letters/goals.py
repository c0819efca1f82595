"""Goals: whose input is asked, what became of what one said, what was amended, and what has a
new owner."""

from django.utils.translation import gettext as _

from apps.notices import days
from apps.notices.letters.letter import Desk, Letter
from apps.objectives.components import amended_sentence
from apps.objectives.models import Amendment, Asked, Input, Objective, ReportRequest
from apps.organisation.models import OutboxMessage


def input_asked(message: OutboxMessage, desk: Desk) -> Letter | None:
    asked = (
        Asked.objects.filter(
            objective=message.thing_pk,
            person=message.person,
            objective__state=Objective.State.INPUT,
            objective__input_until__gte=desk.today,
        )
        .select_related("by", "objective__team")
        .first()
    )
    if asked is None or asked.objective.input_until is None:
        return None
    objective = asked.objective
    given = Input.objects.standing().filter(objective=objective, author=message.person)
    if given.exists():
        return None
    return Letter(
        subject=_("%(name)s asks for your input: %(objective)s")
        % {"name": asked.by.name, "objective": objective.title},
        lines=[
            _("%(team)s is about to set this objective: “%(objective)s”")
            % {"team": objective.team.name, "objective": objective.title},
            _("What is unclear? What would you change? What stands in the way?"),
            _("Input is open until %(day)s.") % {"day": days.in_full(asked.objective.input_until)},
        ],
        url=f"{objective.get_absolute_url()}#give-input",
        verb=_("Give input"),
    )


def input_answered(message: OutboxMessage, desk: Desk) -> Letter | None:
    found = (
        Input.objects.standing()
        .exclude(answer="")
        .filter(pk=message.thing_pk)
        .select_related("objective", "answered_by")
        .first()
    )
    if found is None or found.answered_by is None:
        return None
    return Letter(
        subject=_("%(name)s answers your input: %(objective)s")
        % {"name": found.answered_by.name, "objective": found.objective.title},
        lines=[
            *(
                _("You said: “%(text)s”") % {"text": text}
                for text in (found.unclear, found.would_change, found.in_the_way)
                if text
            ),
            _("%(answer)s: “%(text)s”")
            % {"answer": found.get_answer_display(), "text": found.answer_text},
        ],
        url=f"{found.objective.get_absolute_url()}#input",
        verb=_("Read it there"),
    )


def amended(message: OutboxMessage, desk: Desk) -> Letter | None:
    """All that was amended in one go, with the one reason for it."""
    first = (
        Amendment.objects.filter(pk=message.thing_pk)
        .select_related("objective", "key_result", "by")
        .first()
    )
    if first is None:
        return None
    at_once = Amendment.objects.filter(
        objective=first.objective, key_result=first.key_result, at=first.at
    ).select_related("objective", "key_result__objective__cycle")
    goal = first.key_result or first.objective
    return Letter(
        subject=_("%(name)s amends %(goal)s") % {"name": first.by.name, "goal": goal.title},
        lines=[
            *(
                _("It was abandoned.") if row.field == "state" else amended_sentence(row)
                for row in at_once
            ),
            _("The reason: “%(text)s”") % {"text": first.reason},
        ],
        url=goal.get_absolute_url(),
        verb=_("Look at it"),
    )


def report_asked(message: OutboxMessage, desk: Desk) -> Letter | None:
    found = ReportRequest.objects.open().filter(pk=message.thing_pk).for_page().first()
    if found is None:
        return None
    return Letter(
        subject=_("%(name)s asks %(team)s to report a key result: %(key_result)s")
        % {
            "name": found.asked_by.name,
            "team": found.asked_team.name,
            "key_result": found.key_result.title,
        },
        lines=[
            _("“%(text)s”") % {"text": found.word},
            _("Your team accepts or declines. Until then %(team)s reports it.")
            % {"team": found.key_result.team.name},
        ],
        url=f"{found.key_result.get_absolute_url()}#reporting",
        verb=_("Answer"),
    )


def report_answered(message: OutboxMessage, desk: Desk) -> Letter | None:
    found = ReportRequest.objects.filter(pk=message.thing_pk).for_page().first()
    if found is None or found.is_open:
        return None
    if found.is_accepted:
        subject = _("%(team)s reports it from now on: %(key_result)s")
    else:
        subject = _("%(team)s declines to report: %(key_result)s")
    words = {"team": found.asked_team.name, "key_result": found.key_result.title}
    lines = [_("You asked: “%(text)s”") % {"text": found.word}]
    if found.answer:
        lines.append(_("The answer: “%(text)s”") % {"text": found.answer})
    return Letter(
        subject=subject % words,
        lines=lines,
        url=f"{found.key_result.get_absolute_url()}#reporting",
        verb=_("Read it there"),
    )


def handed_over(message: OutboxMessage, desk: Desk) -> Letter | None:
    objective = Objective.objects.filter(pk=message.thing_pk, owner=message.person).first()
    if objective is None:
        return None
    return Letter(
        subject=_("You own an objective now: %(title)s") % {"title": objective.title},
        lines=[_("Whoever owned it has left. Nothing else about it has changed.")],
        url=objective.get_absolute_url(),
        verb=_("Look at it"),
    )
