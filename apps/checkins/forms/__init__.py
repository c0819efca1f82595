"""What people type into a check-in and around it. Forms clean; actions save."""

from apps.checkins.forms.check_in import CheckInForm, CorrectForm
from apps.checkins.forms.help import AnswerHelpForm, AskForHelpForm, WithdrawHelpForm
from apps.checkins.forms.meetings import (
    DecisionForm,
    EditDecisionForm,
    EndReviewForm,
    FinishDecisionForm,
    RemoveDecisionForm,
)
from apps.checkins.forms.weeks_off import WeeksOffForm

__all__ = [
    "AnswerHelpForm",
    "AskForHelpForm",
    "CheckInForm",
    "CorrectForm",
    "DecisionForm",
    "EditDecisionForm",
    "EndReviewForm",
    "FinishDecisionForm",
    "RemoveDecisionForm",
    "WeeksOffForm",
    "WithdrawHelpForm",
]
