"""An initiative in words, as its card and its page show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.initiatives.effects import Effect, effects_of
from apps.initiatives.models import Initiative, Status, Verdict
from apps.initiatives.stops import StopMark, stops_of
from apps.objectives.models import Cycle
from apps.objectives.weeks import week_number

VERBS = {
    "take_over": gettext_lazy("Take over"),
    "start": gettext_lazy("Start"),
    "pause": gettext_lazy("Pause"),
    "resume": gettext_lazy("Resume"),
    "swap": gettext_lazy("Swap…"),
    "kill": gettext_lazy("Kill…"),
    "finish": gettext_lazy("Finish…"),
    "edit": gettext_lazy("Edit"),
    "decline": gettext_lazy("Decline"),
}
# The next steps that a card offers; the initiative's own page offers all there are.
ON_A_CARD = {
    Status.PROPOSED: ("start", "edit", "decline"),
    Status.ACTIVE: ("pause", "swap", "kill", "finish"),
    Status.PAUSED: ("resume", "swap", "kill"),
}
ON_A_SUGGESTION = ("take_over", "start", "decline")
ICONS = {
    Status.PAUSED: "paused",
    Status.DONE: "done",
    Status.KILLED: "killed",
    Status.SWAPPED: "swap",
    Status.DECLINED: "killed",
}


class Action(NamedTuple):
    verb: str
    word: str
    url: str

    @property
    def opens_here(self) -> bool:
        """In the card, under htmx; there is more to edit than a card can hold."""
        return self.verb != "edit"


class Stage(NamedTuple):
    word: str
    is_present: bool


@dataclass(frozen=True)
class Card:
    """An initiative of for_cards(), in words; `may_move` is whether the viewer's team owns it."""

    initiative: Initiative
    cycle: Cycle | None
    today: date
    may_move: bool
    is_moved: bool = False

    @property
    def status(self) -> Status:
        return Status(self.initiative.status)

    @cached_property
    def effects(self) -> list[Effect]:
        return effects_of(self.initiative, today=self.today)

    @property
    def actions(self) -> list[Action]:
        if self.initiative.is_suggested:
            return self._offer(ON_A_SUGGESTION)
        return self._offer(ON_A_CARD.get(self.status, ()))

    @property
    def all_actions(self) -> list[Action]:
        offered = [verb for verb in VERBS if verb == "edit" or self.initiative.can(verb)]
        return self._offer(offered if self.initiative.is_live else [])

    def _offer(self, verbs: Iterable[str]) -> list[Action]:
        if not self.may_move:
            return []
        args = [self.initiative.pk]
        return [Action(v, str(VERBS[v]), reverse(f"initiatives:{v}", args=args)) for v in verbs]

    @property
    def has_outlived_its_goals(self) -> bool:
        return self.initiative.has_outlived_its_goals(self.today)

    @property
    def ways_out(self) -> list[Action]:
        """Of one that has outlived its goals; linking it elsewhere is an edit."""
        return [action for action in self.all_actions if action.verb not in {"edit", "start"}]

    @property
    def icon(self) -> str:
        return ICONS.get(self.status, "")

    @property
    def tag(self) -> str:
        match self.status:
            case Status.PAUSED:
                return self.initiative.moved_because
            case Status.KILLED | Status.SWAPPED:
                return _("Killed, with what we learned")
            case Status.DECLINED:
                return _("Declined")
            case Status.DONE:
                return self._in_week(_("Finished in week %(week)s"), _("Finished on %(day)s"))
        return ""

    @property
    def objections(self) -> str:
        """A tag of its own: it can stand beside any other."""
        many = self.initiative.open_objections
        if not many:
            return ""
        return ngettext("One open objection", "%(n)d open objections", many) % {"n": many}

    @property
    def bet(self) -> str:
        initiative = self.initiative
        if initiative.is_live:
            return self.hypothesis
        if initiative.learning:
            return _("We learned: %(learning)s") % {"learning": initiative.learning}
        return initiative.delivered or initiative.decline_word

    @property
    def hypothesis(self) -> str:
        initiative = self.initiative
        if not (initiative.believe and initiative.will):
            return capfirst(initiative.believe or initiative.will)
        return _("We believe that %(believe)s will %(will)s") % {
            "believe": initiative.believe.rstrip(" ."), "will": initiative.will,
        }  # fmt: skip

    @property
    def lines(self) -> list[SafeString]:
        return [effect.sentence(ended=not self.initiative.is_live) for effect in self.effects]

    @property
    def verdicts(self) -> list[str]:
        """Those that were given, in words; as neutral as the rest of the card."""
        kinds = [Verdict.Kind(e.link.verdict).label for e in self.effects if e.link.verdict]
        return [_("Verdict: %(verdict)s") % {"verdict": kind} for kind in kinds]

    @property
    def look_again(self) -> str:
        day = self.initiative.look_again_on
        if day is None or not self.initiative.is_paused:
            return ""
        return _("Look again on %(day)s") % {"day": date_format(day, "MONTH_DAY_FORMAT")}

    @property
    def who(self) -> str:
        initiative = self.initiative
        match self.status:
            case Status.PROPOSED if initiative.is_suggested:
                return _("Suggested from outside: %(name)s") % {"name": initiative.proposed_by}
            case Status.PROPOSED if initiative.lead is None:
                return _("Imported; nobody leads it yet")
            case Status.PROPOSED:
                return initiative.lead.name  # type: ignore[union-attr]
            case Status.SWAPPED:
                return self._in_week(
                    _("In week %(week)s, swapped for %(successor)s"),
                    _("On %(day)s, swapped for %(successor)s"),
                )
            case Status.ACTIVE | Status.PAUSED:
                return self._in_week(
                    _("%(name)s, since week %(week)s"), _("%(name)s, since %(day)s")
                )
        return self._in_week(_("%(name)s, in week %(week)s"), _("%(name)s, on %(day)s"))

    @cached_property
    def moved_on(self) -> date:
        return timezone.localdate(self.initiative.moved_at)

    def _in_week(self, week: str, day: str) -> str:
        """When it came to stand as it does: by its week, or by the day outside this cycle."""
        who = self.initiative.lead or self.initiative.ended_by
        words = {"name": who, "successor": self.initiative.successor}
        if self.cycle and self.cycle.starts <= self.moved_on <= self.cycle.ends:
            number = week_number(self.moved_on, self.cycle.starts, self.cycle.ends)
            return week % (words | {"week": number})
        return day % (words | {"day": date_format(self.moved_on, "DATE_FORMAT")})

    @property
    def stages(self) -> list[Stage]:
        """Three at most; the present one is the last that it has come to."""
        is_paused = self.status == Status.PAUSED
        present: Status | None = Status.ACTIVE if is_paused else self.status
        words: dict[Status | None, str] = {
            Status.PROPOSED: _("Proposed"),
            Status.ACTIVE: _("Active"),
            None: _("Ended"),
        }
        if is_paused:
            words[Status.ACTIVE] = _("Paused")
        if not self.initiative.is_live:
            words[None] = self.initiative.get_status_display()
            present = None
            if self.initiative.started_at is None:
                del words[Status.ACTIVE]
        return [Stage(word, status == present) for status, word in words.items()]

    @cached_property
    def stops(self) -> list[StopMark]:
        """Of an initiative of for_page()."""
        return stops_of(self.initiative, today=self.today)

    @property
    def questions(self) -> list[StopMark]:
        """Those that ask for an answer."""
        return [stop for stop in self.stops if stop.waits]

    @property
    def lead(self) -> str:
        """How things stand, first half of the page's sentence."""
        initiative = self.initiative
        match self.status:
            case Status.PROPOSED if initiative.is_suggested:
                return _("An idea from outside; the team takes it over or declines it.")
            case Status.PROPOSED:
                return _("An idea, not started.")
            case Status.ACTIVE:
                days = (self.today - timezone.localdate(initiative.started_at)).days
                if days == 0:
                    return _("Started today.")
                return ngettext("%(n)d day old.", "%(n)d days old.", days) % {"n": days}
            case Status.PAUSED:
                return _("It waits.")
            case Status.DONE:
                return _("It is delivered.")
            case Status.DECLINED:
                return _("The team declined it.")
        return _("Stopped, with what we learned.")

    @property
    def outlook(self) -> str:
        """The second half: what comes next, or why it stands as it does."""
        if self.status == Status.PAUSED:
            return f"{self.initiative.moved_because} {self.look_again}".strip()
        if not self.initiative.is_live:
            return ""
        if self.questions:
            return self.questions[0].question
        to_come = [stop for stop in self.stops if stop.criterion.on >= self.today]
        if not to_come:
            return ""
        nearest = next((stop for stop in to_come if stop.is_flagged), to_come[0])
        words = {
            "stop": nearest.criterion,
            "day": date_format(nearest.criterion.on, "MONTH_DAY_FORMAT"),
            "value": nearest.value,
        }
        if nearest.is_flagged:
            return _("We stop if: %(stop)s on %(day)s. It is %(value)s now.") % words
        return _("We stop if: %(stop)s on %(day)s.") % words
