import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from apps.checkins.actions import ENDS, Said, Wish, Word
from apps.checkins.asked import InitiativeQuestion, KeyResultQuestion, plain
from apps.checkins.drafts import Clash, Typed, merge
from apps.checkins.fields import (
    FROM_0_TO_10,
    LONGEST_SENTENCE,
    LONGEST_TEXT,
    by_which_day,
    clock,
    how_sure,
    level,
    must_be_number,
    number,
    text_of_help,
    whether_reached,
    which_stage,
    whom_to_ask,
    words,
)
from apps.checkins.forms import moves, stops
from apps.checkins.models import CheckIn
from apps.checkins.sheet import Leader, Sheet
from apps.objectives.figures import MOST_DECIMALS, NumberError, read_number, write_number
from apps.objectives.models import KeyResult
from apps.organisation.models import User
from apps.organisation.widgets import Words
from apps.organisation.writes import VersionedForm

LONGEST_IN_DRAFT = 20_000
# What a page of this form may ask of one thing, in words or a number.
WRITTEN = re.compile(
    r"(value|sentence|moved|next|why|delivered|learning|title|because)-[0-9]+", re.ASCII
)
OUT_OF_ORDER = gettext_lazy("This page is out of order. Load it again.")


class KeyResultRow(NamedTuple):
    question: KeyResultQuestion
    value: BoundField
    confidence: BoundField
    sentence: BoundField


class InitiativeRow(NamedTuple):
    question: InitiativeQuestion
    stops: list[stops.StopRow]
    move: BoundField | None
    opened: list[moves.Opened]
    moved: BoundField
    next: BoundField


class Choice(NamedTuple):
    """What two people wrote into one field, for the one of them who comes second."""

    field: str
    about: str
    name: str
    time: str
    mine: str
    theirs: str
    # As drafts hold it, to come back with the choice.
    stored: str
    kept: str


class Written(NamedTuple):
    """What a colleague wrote into a field, told beside it."""

    about: str
    text: str
    name: str
    time: str


class CheckInForm(VersionedForm):
    """One page, three parts. Its numbers stand in `seen` and in drafts in no one's notation, for
    two people of a team may write in two languages."""

    # The draft as this page last knew it; see drafts.py.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, sheet: Sheet, by: User) -> None:
        super().__init__(data, version=sheet.check_in.version)
        self.sheet, self.by = sheet, by
        self.last_seen: dict[str, str] = {}
        # Fields in which somebody else's text was seen and one of the two chosen.
        self.settled: dict[str, str] = {}
        self.confirmed = data.getlist("confirmed") if data is not None else []
        # The ends that are final, and what was said of the moves; known once it is cleaned.
        self.endings: list[moves.Ending] = []
        self.moved: list[str] = []
        # Of each question: what it is about, in words; and which of them are numbers.
        self.about: dict[str, str] = {}
        # And beside which item it stands: key-result-12, initiative-3 or help.
        self.beside: dict[str, str] = {}
        self.numbers: dict[str, KeyResultQuestion] = {}
        for key_result in sheet.key_results:
            self._ask_about_key_result(key_result)
        for initiative in sheet.initiatives:
            self._ask_about_initiative(initiative)
        # The row as a whole is optional: its number asks for a confidence.
        self.needed_sometimes = {"asked", "by_when"} | {
            f"{name}-{asked.pk}" for asked in sheet.key_results for name in ("value", "confidence")
        }
        self.needed_sometimes |= {
            f"{name}-{asked.pk}"
            for asked in sheet.initiatives
            for name in ("move", "why", "delivered", "reason", "successor", "title")
        }
        self.needed_sometimes |= {
            f"{name}-{mark.criterion.pk}"
            for asked in sheet.initiatives
            for mark in asked.due
            for name in ("reached", "because")
        }
        self._ask_about_help([leader for leader in sheet.leaders if leader.pk != by.pk])
        # What numbers were read as, and where a word on confidence is missing; in sentences.
        self.read: list[str] = []
        self.why: list[str] = []
        if data is None:
            self._fill(sheet.fields)
        else:
            self._settle()
            self._say_what_was_read()
        self._ask_why()

    @property
    def key_results(self) -> Iterator[KeyResultRow]:
        for question in self.sheet.key_results:
            fields = [self[f"{name}-{question.pk}"] for name in ("value", "confidence", "sentence")]
            yield KeyResultRow(question, *fields)

    @property
    def initiatives(self) -> Iterator[InitiativeRow]:
        for question in self.sheet.initiatives:
            name = f"move-{question.pk}"
            yield InitiativeRow(
                question,
                stops.rows_of(self, question),
                self[name] if name in self.fields else None,
                moves.opened(self, question),
                self[f"moved-{question.pk}"],
                self[f"next-{question.pk}"],
            )

    # -- asking --------------------------------------------------------------------------------

    def _ask(self, name: str, field: forms.Field, item: str = "help", *, about: str = "") -> None:
        self.fields[name] = field
        self.about[name] = f"{about}: {field.label}" if about else str(field.label)
        self.beside[name] = item

    def _ask_about_key_result(self, question: KeyResultQuestion) -> None:
        key_result, title = question.key_result, question.key_result.title
        name, item = f"value-{question.pk}", f"key-result-{question.pk}"
        match key_result.kind:
            case KeyResult.Kind.MILESTONE:
                self._ask(name, whether_reached(), item, about=title)
            case KeyResult.Kind.STAGES:
                self._ask(name, which_stage(key_result), item, about=title)
            case _other:
                self.numbers[name] = question
                self._ask(name, number(question), item, about=title)
        confidence = how_sure(key_result)
        sentence = words(_("What changed, and why?"), LONGEST_SENTENCE)
        self._ask(f"confidence-{question.pk}", confidence, item, about=title)
        self._ask(f"sentence-{question.pk}", sentence, item, about=title)

    def _ask_about_initiative(self, question: InitiativeQuestion) -> None:
        title, item = question.initiative.title, f"initiative-{question.pk}"
        if self.sheet.offers_moves:
            for name, field in moves.fields_of(question, self.sheet.team.free).items():
                self._ask(f"{name}-{question.pk}", field, item, about=title)
        for mark in question.due:
            for name, field in stops.fields_of(mark).items():
                self._ask(f"{name}-{mark.criterion.pk}", field, item, about=title)
        moved = words(_("What moved?"), LONGEST_SENTENCE)
        next_ = words(_("What is next?"), LONGEST_SENTENCE)
        self._ask(f"moved-{question.pk}", moved, item, about=title)
        self._ask(f"next-{question.pk}", next_, item, about=title)

    def _ask_about_help(self, leaders: list[Leader]) -> None:
        self._ask("in_the_way", words(_("What is in the way?"), LONGEST_TEXT))
        if leaders:
            self._ask("help", text_of_help(required=False))
            self._ask("asked", whom_to_ask(leaders, required=False))
            self._ask("by_when", by_which_day(required=False))

    # -- drafts --------------------------------------------------------------------------------

    def _fill(self, fields: dict[str, str]) -> None:
        self.fields["seen"].initial = json.dumps(fields)
        for name in self.about:
            self.fields[name].initial = self._in_words(name, fields.get(name, ""))

    def _in_words(self, name: str, text: str) -> str:
        """A text of a draft as this person writes it."""
        if name not in self.numbers:
            return text
        try:
            return write_number(read_number(text, "en"), MOST_DECIMALS, str(get_language()))
        except NumberError:
            return text

    def _plain(self, name: str) -> str:
        """What was typed, as drafts hold it."""
        text: str = self.data.get(name, "").replace("\r\n", "\n")
        if name not in self.numbers:
            return text
        try:
            return plain(read_number(text, str(get_language())))
        except NumberError:
            return text

    def _settle(self) -> None:
        """Take over what was chosen where two wrote into one field: mine, or theirs."""
        chosen = {name: self.data.get(f"keep-{name}") for name in self.about}
        self.settled = {
            name: self.data.get(f"theirs-{name}", "")
            for name, which in chosen.items()
            if which in {"mine", "theirs"}
        }
        theirs = {
            name: self._in_words(name, self.settled[name])
            for name, which in chosen.items()
            if which == "theirs"
        }
        if theirs:
            self.data = {**self.data.dict(), **theirs}  # type: ignore[attr-defined]

    def repeat_last_week(self) -> None:
        """Nothing new: as sure as last time, and the means go on. A number is never copied: an
        empty one is honest."""
        repeated = {f"move-{question.pk}": "" for question in self.sheet.initiatives}
        for asked in self.sheet.key_results:
            name, before = f"confidence-{asked.pk}", asked.key_result.confidence_before
            if before is not None and not self.data.get(name):
                repeated[name] = str(before)
        self.data = {**self.data.dict(), **repeated}  # type: ignore[attr-defined]

    def clean_seen(self) -> None:
        try:
            seen = json.loads(self.cleaned_data["seen"] or "{}")
        except (ValueError, RecursionError) as not_ours:
            raise ValidationError(OUT_OF_ORDER) from not_ours
        if not (isinstance(seen, dict) and all(isinstance(text, str) for text in seen.values())):
            raise ValidationError(OUT_OF_ORDER)
        self.last_seen = {name: seen[name] for name in self.about if name in seen} | self.settled

    @property
    def typed(self) -> Typed:
        """Of a form that was cleaned, whether or not it could be sent."""
        return Typed({name: self._plain(name) for name in self.about}, self.last_seen)

    @property
    def seen_now(self) -> str:
        """For the page that goes on being typed in: what it holds is what it has seen."""
        return json.dumps(self.typed.fields)

    @property
    def draft(self) -> dict[str, Any]:
        """All that a draft can hold, readable or not. Raises ValidationError where it can't."""
        if {"seen", "version"} & self.errors.keys():
            raise ValidationError(OUT_OF_ORDER)
        for name, about in self.about.items():
            text = self.data.get(name, "")
            if "\x00" in text:
                sentence = _("“%(about)s” holds a character that can’t be stored.")
                raise ValidationError(sentence % {"about": about})
            if len(text) > LONGEST_IN_DRAFT:
                sentence = _("“%(about)s” is too long to be stored.")
                raise ValidationError(sentence % {"about": about})
        return {"version": self.cleaned_data["version"], "typed": self.typed}

    def show_stored(self, stored: Any) -> None:
        """What only others changed comes in; where both changed something, one is chosen."""
        self.stored = stored
        typed, fields = self.typed, stored.draft_fields or self.sheet.sent
        merged, clashes = merge(typed, fields, own=stored.written_by(self.by))
        self.add_error(None, self._who_was_here(stored, typed.fields))
        # A field in which one has still to be chosen is not yet seen.
        open_still = {clash.name: self.last_seen.get(clash.name, "") for clash in clashes}
        self.data = {
            **self.data,
            **{name: self._in_words(name, merged[name]) for name in self.about},
            "version": str(stored.version),
            "seen": json.dumps(fields | open_still),
        }
        for choice in self.choices(clashes, stored):
            self.fields[choice.field].choice = choice  # type: ignore[attr-defined]

    def _who_was_here(self, stored: Any, mine: Mapping[str, str]) -> str:
        if not stored.draft:
            return _(
                "%(name)s sent this check-in at %(time)s. What you typed is still here; "
                "look at both, then send it anew."
            ) % {"name": stored.submitted_by, "time": clock(stored.submitted_at)}
        theirs = stored.draft_fields
        names = {
            hand["name"]
            for name, hand in stored.draft["by"].items()
            if mine.get(name) != theirs[name] and hand["pk"] != self.by.pk
        }
        return _(
            "%(names)s changed this draft while you were writing. Both of your texts are here; "
            "look at them, then save or send."
        ) % {"names": ", ".join(sorted(names))}

    def choices(self, clashes: list[Clash], stored: CheckIn) -> list[Choice]:
        """Of each clash: what it is about, who else wrote it and when, and both texts."""
        found = []
        for clash in clashes:
            hand = stored.draft.get("by", {}).get(clash.name)
            at = datetime.fromisoformat(hand["at"]) if hand else stored.submitted_at
            found.append(
                Choice(
                    field=clash.name,
                    about=self.about[clash.name],
                    name=hand["name"] if hand else str(stored.submitted_by),
                    time=clock(at),  # type: ignore[arg-type]
                    mine=self._shown(clash.name, clash.mine),
                    theirs=self._shown(clash.name, clash.theirs),
                    stored=clash.theirs,
                    kept=self.data.get(f"keep-{clash.name}", ""),
                )
            )
        return found

    def written_since(self, since: datetime) -> dict[str, list[Written]]:
        """By item: what others wrote into the draft since then."""
        draft = self.sheet.check_in.draft
        found: dict[str, list[Written]] = {}
        for name, hand in draft.get("by", {}).items():
            at = datetime.fromisoformat(hand["at"])
            if name in self.about and hand["pk"] != self.by.pk and at > since:
                told = Written(
                    str(self.fields[name].label),
                    self._shown(name, draft["fields"][name]),
                    hand["name"],
                    clock(at),
                )
                found.setdefault(self.beside[name], []).append(told)
        return found

    def _shown(self, name: str, text: str) -> str:
        """To be read, not to be typed: a choice by its words, and nothing as a dash."""
        words = {
            str(value): str(label) for value, label in getattr(self.fields[name], "choices", ())
        }
        return words.get(text) or self._in_words(name, text) or "–"

    # -- answers -------------------------------------------------------------------------------

    def _say_what_was_read(self) -> None:
        """“56,4” read as 56.4%: below the field, before the last number."""
        for name, question in self.numbers.items():
            if read := self._read_as(name):
                self.fields[name].widget.below = f"{read} {question.last}"
                self.read.append(f"{question.key_result.title}: {read}")

    def _read_as(self, name: str) -> str:
        """What a number was read as, where that is not what was typed."""
        language = str(get_language())
        text = self.data.get(name, "").strip()
        try:
            value = read_number(text, language)
        except NumberError:
            return ""
        if text == write_number(value, MOST_DECIMALS, language):
            return ""
        return _("“%(text)s” read as %(value)s.") % {
            "text": text, "value": self.numbers[name].write(value),
        }  # fmt: skip

    def _ask_why(self) -> None:
        """Where the team became more or less sure, or a number changed the pace, and it says
        nothing of it yet: ask, don't force."""
        for question, value, confidence, sentence in self.key_results:
            if sentence.value():
                continue
            asked = self._why_confidence(question, confidence.value())
            asked = asked or self._why_pace(question, value)
            if asked:
                sentence.label = asked
                self.why.append(f"{question.key_result.title}: {asked}")

    def _why_confidence(self, question: KeyResultQuestion, confidence: Any) -> str:
        before = question.key_result.confidence_before
        if before is None or str(confidence) not in FROM_0_TO_10:
            return ""
        went = {"before": level(before), "now": level(int(confidence))}
        if went["before"] == went["now"]:
            return ""
        return _("Confidence went from %(before)s to %(now)s. What happened?") % went

    def _why_pace(self, question: KeyResultQuestion, value: BoundField) -> str:
        try:
            number = read_number(str(value.value() or ""), str(get_language()))
        except NumberError:
            return ""
        went = question.went(number) if question.is_possible(number) else None
        if went is None:
            return ""
        return _("It went from “%(before)s” to “%(now)s”. What happened?") % {
            "before": went[0], "now": went[1],
        }  # fmt: skip

    @property
    def unconfirmed(self) -> list[moves.Ending]:
        """Of a form that can be sent: the ends that whoever sends it has not been shown yet."""
        confirmed = set(self.confirmed)
        return [ending for ending in self.endings if ending.token not in confirmed]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """All that was typed, for the page that asks for a confirmation."""
        typed = [(name, self.data[name]) for name in self.about if name in self.data]
        return [("version", self.data["version"]), ("seen", json.dumps(self.last_seen)), *typed]

    def clean(self) -> dict[str, Any]:
        for name, question in self.numbers.items():
            value = self.cleaned_data.get(name)
            if value is not None and not question.is_possible(value):
                self.add_error(name, must_be_number(question))
        for question in self.sheet.key_results:
            if self.data.get(f"value-{question.pk}", "").strip():
                self._need(
                    f"confidence-{question.pk}",
                    _("Say from 0 to 10 how sure you are about “%(title)s”.")
                    % {"title": question.key_result.title},
                )
        read = [
            moves.MoveRead(self, question, today=self.sheet.today)
            for question in self.sheet.initiatives
        ]
        answered = []
        for one in read:
            one.check()
            answered += stops.read_answers(self, one.question, ends=one.verb in ENDS)
        answers = {
            "version": self.cleaned_data.get("version"),
            "typed": self.typed,
            "key_results": {row.key_result: self._said(row) for row in self.sheet.key_results},
            "initiatives": {row.initiative: self._word(row) for row in self.sheet.initiatives},
            "moves": {one.question.initiative: one.move for one in read if one.move},
            "answers": answered,
            "in_the_way": self.cleaned_data.get("in_the_way", ""),
            "help": self._help(),
        }
        self._give_back()
        if not (self.errors or any(self.data.get(name, "").strip() for name in self.about)):
            self.add_error(
                None,
                _("Nothing is filled in yet. Give a number, or say in a word how the week went."),
            )
        if not self.errors:
            self.endings = [one.ending for one in read if one.ending]
            self.moved = [one.done for one in read if one.move]
        return answers

    def _give_back(self) -> None:
        """Somebody moved or answered it meanwhile, or it was never this team's: what was typed
        about it is in no field any more, so it stands in the refusal."""
        unasked = [
            text
            for name, text in self.data.items()
            if name not in self.about and WRITTEN.fullmatch(name) and text.strip()
        ]
        if unasked:
            self.add_error(
                None,
                _("Not asked for here, or no longer, so it would not be sent: %(texts)s")
                % {"texts": " · ".join(f"“{text}”" for text in unasked)},
            )

    def _need(self, name: str, sentence: str) -> None:
        if self.cleaned_data.get(name) in (None, "") and name not in self.errors:
            self.add_error(name, sentence)

    def _said(self, question: KeyResultQuestion) -> Said:
        given = self.cleaned_data
        return Said(
            given.get(f"value-{question.pk}"),
            given.get(f"confidence-{question.pk}"),
            given.get(f"sentence-{question.pk}", ""),
        )

    def _word(self, question: InitiativeQuestion) -> Word:
        given = self.cleaned_data
        return Word(given.get(f"moved-{question.pk}", ""), given.get(f"next-{question.pk}", ""))

    def _help(self) -> Wish | None:
        """The person and the day are needed once something is asked for, and only then."""
        text, asked, by_when = map(self.cleaned_data.get, ("help", "asked", "by_when"))
        if text:
            self._need("asked", _("Choose who can give it."))
            self._need("by_when", _("Say by when you need it."))
        elif by_when and "help" in self.fields:
            self._need("help", _("Say what you need, or clear the day."))
        if not (text and asked and by_when):
            return None
        return Wish(text, User.objects.get(pk=asked), by_when)


class CorrectForm(CheckInForm):
    """A check-in whose week is over, said anew: what it says, and why. Nothing is moved by it, and
    no help asked for."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you correct it?"),
        max_length=LONGEST_SENTENCE,
        widget=Words(rows=2),
        error_messages={"required": gettext_lazy("Say in one sentence why you correct it.")},
    )

    def _ask_about_help(self, leaders: list[Leader]) -> None:
        self._ask("in_the_way", words(_("What is in the way?"), LONGEST_TEXT))

    def clean(self) -> dict[str, Any]:
        reason = self.cleaned_data.get("reason", "")
        said = super().clean()
        for name in ("typed", "moves", "answers", "help"):
            del said[name]
        return said | {"reason": reason}
