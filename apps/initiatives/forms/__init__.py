"""What people type about initiatives. Forms clean input; actions save."""

from apps.initiatives.forms.bets import EditForm, ProposeForm, SuggestForm
from apps.initiatives.forms.blend import BlendForm
from apps.initiatives.forms.fields import goals_for
from apps.initiatives.forms.moves import (
    DeclineForm,
    FinishForm,
    KillForm,
    MoveForm,
    PauseForm,
    ResumeForm,
    StartForm,
    SwapForm,
    TakeOverForm,
)

__all__ = [
    "BlendForm",
    "DeclineForm",
    "EditForm",
    "FinishForm",
    "KillForm",
    "MoveForm",
    "PauseForm",
    "ProposeForm",
    "ResumeForm",
    "StartForm",
    "SuggestForm",
    "SwapForm",
    "TakeOverForm",
    "goals_for",
]
