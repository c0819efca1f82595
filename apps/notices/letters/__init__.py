"""Every kind of mail: what it says, and under which topic a person can stop it.

To add one: a function that tells it, in the module of its subject; its name here, as actions
put it into the outbox; and a row in the table of tests/notices/test_letters.py, which compares
this table with what the actions put.
"""

from apps.notices import digests, reminders
from apps.notices import means as due_means
from apps.notices.letters import (
    alignment,
    digest,
    door,
    goals,
    helps,
    means,
    meetings,
    objections,
    pulse,
    reminder,
    teams,
)
from apps.notices.letters.letter import Desk, Kind, Letter, Part, absolute
from apps.notices.models import Topic

__all__ = ["KINDS", "Desk", "Kind", "Letter", "Part", "absolute"]

KINDS: dict[str, Kind] = {
    reminders.KIND: Kind(reminder.remind, Topic.REMINDER),
    digests.KIND: Kind(digest.digest, Topic.DIGEST),
    due_means.KIND: Kind(means.due, Topic.DUE),
    "invitation": Kind(door.invitation, None),
    "password.forgotten": Kind(door.set_password, None),
    "password.unknown": Kind(door.no_account, None),
    "help.asked": Kind(helps.asked, Topic.ASKED),
    "help.answered": Kind(helps.answered, Topic.ANSWERED),
    "review.decisions": Kind(meetings.decided, Topic.ASKED),
    "input.asked": Kind(goals.input_asked, Topic.ASKED),
    "input.answered": Kind(goals.input_answered, Topic.ANSWERED),
    "goal.amended": Kind(goals.amended, Topic.TOLD),
    "report.asked": Kind(goals.report_asked, Topic.ASKED),
    "report.answered": Kind(goals.report_answered, Topic.ANSWERED),
    "initiative.taken_over": Kind(means.taken_over, Topic.ANSWERED),
    "initiative.handed_over": Kind(means.handed_over, Topic.TOLD),
    "objective.handed_over": Kind(goals.handed_over, Topic.TOLD),
    "initiative.declined": Kind(means.declined, Topic.ANSWERED),
    "objection.raised": Kind(objections.raised, Topic.ASKED),
    "objection.answered": Kind(objections.answered, Topic.ANSWERED),
    "briefing.issued": Kind(alignment.issued, Topic.ASKED),
    "backbrief.given": Kind(alignment.given, Topic.ASKED),
    "backbrief.accepted": Kind(alignment.accepted, Topic.ANSWERED),
    "backbrief.returned": Kind(alignment.returned, Topic.ANSWERED),
    "contribution.asked": Kind(alignment.contribution_asked, Topic.ASKED),
    "contribution.answered": Kind(alignment.contribution_answered, Topic.ANSWERED),
    "pulse.asked": Kind(pulse.asked, Topic.ASKED),
    "member.added": Kind(teams.member_added, Topic.TOLD),
}
