"""What a leader can move this week: help that was asked, and what stands out of line."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from apps.checkins.models import HelpRequest
from apps.dashboards import days
from apps.dashboards.rows import Row
from apps.organisation.models import User

SHOWN = 5


class Need(NamedTuple):
    """mark: a state, or nothing for the sign of a question. `of`: what the verb is about."""

    mark: str
    title: str
    text: str
    url: str
    verb: str
    of: str


def needs_of(
    user: User, *, helps: Iterable[HelpRequest], rows: list[Row], today: date
) -> list[Need]:
    """The most pressing first; a key result appears once."""
    found = [_help(asked, rows) for asked in helps]
    told = {asked.team_id for asked in helps}
    mine = [row for row in rows if _concerns(user, row)]
    seen: set[int] = set()
    for sign in (_far_behind, _without_number, _disagreeing, _left_alone):
        for row in mine:
            if row.key_result.pk in seen:
                continue
            if need := sign(row, today):
                seen.add(row.key_result.pk)
                # What a request for help already tells of a team is not told twice.
                if sign is not _far_behind or row.key_result.team_id not in told:
                    found.append(need)
    return found


def _concerns(user: User, row: Row) -> bool:
    """Of a team that the person works in, or that he or she leads from above."""
    team, standing = row.key_result.team, user.standing
    return team.pk in standing.works_in or not standing.leads.isdisjoint(team.ancestor_ids)


def _help(asked: HelpRequest, rows: list[Row]) -> Need:
    return Need(
        mark="",
        title=_("%(name)s (%(team)s) asks you for help by %(day)s")
        % {
            "name": asked.raised_by.name,
            "team": asked.team.name,
            "day": days.in_full(asked.by_when),
        },
        text=" ".join([_("“%(text)s”") % {"text": asked.text}, *_beside(asked, rows)]),
        url=asked.get_absolute_url(),
        verb=_("Answer"),
        of=asked.raised_by.name,
    )


def _beside(asked: HelpRequest, rows: list[Row]) -> Iterator[str]:
    """The worst number of the team that asks, with the word about it."""
    behind = [row for row in rows if row.key_result.team_id == asked.team_id and not row.is_well]
    if behind:
        worst = min(behind, key=lambda row: row.reading.sort_rank)
        yield _("%(key_result)s: %(lead)s") % {
            "key_result": worst.key_result.title, "lead": worst.reading.lead,
        }  # fmt: skip
        if fell := _fall(worst):
            yield fell


def _fall(row: Row) -> str:
    now, before = row.confidence, row.confidence_before
    if now is None or before is None or now >= before:
        return ""
    return _("Confidence fell from %(before)d to %(now)d.") % {"before": before, "now": now}


def _far_behind(row: Row, today: date) -> Need | None:
    if row.state not in {"far-behind", "not-holding"}:
        return None
    title = (
        _("%(key_result)s is far behind")
        if row.state == "far-behind"
        else _("%(key_result)s does not hold")
    )
    return Need(
        mark=row.state,
        title=title % {"key_result": row.key_result.title},
        text=" ".join(filter(None, [row.reading.lead, _fall(row)])),
        url=row.key_result.get_absolute_url(),
        verb=_("Open"),
        of=row.key_result.title,
    )


def _without_number(row: Row, today: date) -> Need | None:
    cycle = row.reading.cycle
    if row.state == "stale":
        title = _("No number for %(key_result)s since week %(week)d") % {
            "key_result": row.key_result.title, "week": row.reading.last_week,
        }  # fmt: skip
    elif row.state == "not-measured" and today >= cycle.starts + 2 * days.WEEK:
        title = _("No number yet for %(key_result)s") % {"key_result": row.key_result.title}
    else:
        return None
    word = row.last_word
    text = _("%(team)s has not said why.") % {"team": row.key_result.team.name}
    if word:
        text = _("%(team)s says: “%(sentence)s”") % {
            "team": row.key_result.team.name, "sentence": word.sentence,
        }  # fmt: skip
    return _to_team(row, title, text)


def _disagreeing(row: Row, today: date) -> Need | None:
    if not row.disagrees:
        return None
    below = (
        _("%(now)s is below the expected range, yet the team says %(confidence)d of 10. "
          "Worth ten minutes of listening.")
        if not row.is_well
        else _("%(now)s is where it should be, yet the team says %(confidence)d of 10. "
               "Worth ten minutes of listening.")
    )  # fmt: skip
    return _to_team(
        row,
        _("Number and feeling disagree on %(key_result)s") % {"key_result": row.key_result.title},
        below % {"now": row.reading.now_text, "confidence": row.confidence},
    )


def _left_alone(row: Row, today: date) -> Need | None:
    if row.state != "behind" or not row.means_rest(today):
        return None
    return _to_team(
        row,
        _("Behind, and no means changed for four weeks: %(key_result)s")
        % {"key_result": row.key_result.title},
        row.reading.lead,
    )


def _to_team(row: Row, title: str, text: str) -> Need:
    team = row.key_result.team
    return Need(
        row.state,
        title,
        text,
        team.get_absolute_url(),
        _("Open %(team)s") % {"team": team.name},
        "",
    )
