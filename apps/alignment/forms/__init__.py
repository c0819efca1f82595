"""What people type about alignment. Forms clean input; actions save."""

from apps.alignment.forms.backbrief import AcceptForm, BackbriefForm, ReturnForm
from apps.alignment.forms.briefing import BriefingForm
from apps.alignment.forms.contribution import (
    AcceptRequestForm,
    AskForm,
    ContributeForm,
    DeclineForm,
    EndForm,
)
from apps.alignment.forms.pulse import AnswerPulseForm, ClosePulseForm, OpenPulseForm

__all__ = [
    "AcceptForm",
    "AcceptRequestForm",
    "AnswerPulseForm",
    "AskForm",
    "BackbriefForm",
    "BriefingForm",
    "ClosePulseForm",
    "ContributeForm",
    "DeclineForm",
    "EndForm",
    "OpenPulseForm",
    "ReturnForm",
]
