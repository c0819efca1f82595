"""The weekly report of a team, what it needs from a leader, and the meetings that look at it."""

from apps.checkins.models.check_in import (
    CheckIn,
    InitiativeReport,
    KeyResultReport,
    Sending,
    WeekOff,
)
from apps.checkins.models.help import HelpRequest
from apps.checkins.models.meeting import Decision, ReviewedKeyResult, ReviewMeeting

__all__ = [
    "CheckIn",
    "Decision",
    "HelpRequest",
    "InitiativeReport",
    "KeyResultReport",
    "ReviewMeeting",
    "ReviewedKeyResult",
    "Sending",
    "WeekOff",
]
