"""What a leader can move this week: help that was asked, and what stands out of line."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from apps.checkins.models import HelpRequest
from apps.notices import days
from apps.notices.rows import Row
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


Words = Callable[[Row], Need]


class Needs(NamedTuple):
    """Picked by a glance at each key result; told from the whole rows of those few."""

    helps: list[HelpRequest]
    signs: list[tuple[Row, Words]]
    # Of each team that asks for help, its worst key result that is not well.
    beside: dict[int, Row]
    more: int

    @property
    def rows(self) -> list[Row]:
        return [*(row for row, _words in self.signs), *self.beside.values()]

    def told(self, whole: dict[int, Row]) -> list[Need]:
        """whole: rows by key result."""
        beside = {team_id: whole[row.key_result.pk] for team_id, row in self.beside.items()}
        return [
            *(_help(asked, beside.get(asked.team_id)) for asked in self.helps),
            *(words(whole[row.key_result.pk]) for row, words in self.signs),
        ]


def needs_of(
    user: User, *, helps: list[HelpRequest], rows: list[Row], today: date, everything: bool
) -> Needs:
    """The most pressing first. A key result appears once, and is not told beside a request for
    help that tells of it already."""
    asking = {asked.team_id for asked in helps}
    by_sign: list[list[Row]] = [[] for _sign in SIGNS]
    for row in rows:
        if _concerns(user, row) and (n := _first_sign(row, today)) is not None:
            by_sign[n].append(row)
    found = [
        (row, words)
        for (_applies, words), rows_of_sign in zip(SIGNS, by_sign, strict=True)
        for row in rows_of_sign
        if words is not _far_behind or row.key_result.team_id not in asking
    ]
    many = len(helps) + len(found)
    room = many if everything else SHOWN
    helps = helps[:room]
    signs = found[: room - len(helps)]
    beside = _beside({asked.team_id for asked in helps}, rows)
    return Needs(helps, signs, beside, many - len(helps) - len(signs))


def _first_sign(row: Row, today: date) -> int | None:
    return next((n for n, (applies, _words) in enumerate(SIGNS) if applies(row, today)), None)


def _beside(teams: set[int], rows: list[Row]) -> dict[int, Row]:
    behind = [row for row in rows if row.key_result.team_id in teams and not row.is_well]
    behind.sort(key=lambda row: row.reading.sort_rank, reverse=True)
    return {row.key_result.team_id: row for row in behind}


def _concerns(user: User, row: Row) -> bool:
    """Of a team that the person works in, or that he or she leads from above."""
    team, standing = row.key_result.team, user.standing
    return team.pk in standing.works_in or not standing.leads.isdisjoint(team.ancestor_ids)


def _help(asked: HelpRequest, beside: Row | None) -> Need:
    return Need(
        mark="",
        title=_("%(name)s (%(team)s) asks you for help by %(day)s")
        % {
            "name": asked.raised_by.name,
            "team": asked.team.name,
            "day": days.in_full(asked.by_when),
        },
        text=" ".join([_("“%(text)s”") % {"text": asked.text}, *_number_of(beside)]),
        url=asked.get_absolute_url(),
        verb=_("Answer"),
        of=asked.raised_by.name,
    )


def _number_of(row: Row | None) -> Iterator[str]:
    """The worst number of the team that asks, with the word about it."""
    if row:
        yield _("%(key_result)s: %(lead)s") % {
            "key_result": row.key_result.title, "lead": row.reading.lead,
        }  # fmt: skip
        if fell := _fall(row):
            yield fell


def _fall(row: Row) -> str:
    now, before = row.confidence, row.confidence_before
    if now is None or before is None or now >= before:
        return ""
    return _("Confidence fell from %(before)d to %(now)d.") % {"before": before, "now": now}


def _far_behind(row: Row) -> Need:
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


def _is_without_number(row: Row, today: date) -> bool:
    """For two weeks at least."""
    silent = row.state == "not-measured" and today >= row.reading.cycle.starts + 2 * days.WEEK
    return row.state == "stale" or silent


def _without_number(row: Row) -> Need:
    words = {"key_result": row.key_result.title, "week": row.reading.last_week}
    if row.reading.is_measured:
        title = _("No number for %(key_result)s since week %(week)d") % words
    else:
        title = _("No number yet for %(key_result)s") % words
    team, said = row.key_result.team.name, row.last_word
    if said:
        text = _("%(team)s says: “%(words)s”") % {"team": team, "words": said.sentence}
    else:
        text = _("%(team)s has not said why.") % {"team": team}
    return _to_team(row, title, text)


def _disagreeing(row: Row) -> Need:
    if row.is_well:
        text = _(
            "%(now)s is where it should be, yet the team says %(confidence)d of 10. "
            "Worth ten minutes of listening."
        )
    else:
        text = _(
            "%(now)s is below the expected range, yet the team says %(confidence)d of 10. "
            "Worth ten minutes of listening."
        )
    return _to_team(
        row,
        _("Number and feeling disagree on %(key_result)s") % {"key_result": row.key_result.title},
        text % {"now": row.reading.now_text, "confidence": row.confidence},
    )


def _left_alone(row: Row) -> Need:
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


SIGNS: list[tuple[Callable[[Row, date], bool], Words]] = [
    (lambda row, today: row.state in {"far-behind", "not-holding"}, _far_behind),
    (_is_without_number, _without_number),
    (lambda row, today: row.disagrees, _disagreeing),
    (lambda row, today: row.state == "behind" and row.means_rest(today), _left_alone),
]
