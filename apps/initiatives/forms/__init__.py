"""What people type about initiatives. Forms clean input; actions save."""

from apps.initiatives.forms.bets import EditForm, ProposeForm, SuggestForm
from apps.initiatives.forms.blend import BlendForm
from apps.initiatives.forms.board import BoardForm
from apps.initiatives.forms.fields import goals_for
from apps.initiatives.forms.judging import EvidenceForm, GoOnForm, VerdictForm
from apps.initiatives.forms.learnings import LearningsForm
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
from apps.initiatives.forms.objections import (
    AnswerObjectionForm,
    MeetObjectionForm,
    ObjectForm,
    WithdrawObjectionForm,
)

__all__ = [
    "AnswerObjectionForm",
    "BlendForm",
    "BoardForm",
    "DeclineForm",
    "EditForm",
    "EvidenceForm",
    "FinishForm",
    "GoOnForm",
    "KillForm",
    "LearningsForm",
    "MeetObjectionForm",
    "MoveForm",
    "ObjectForm",
    "PauseForm",
    "ProposeForm",
    "ResumeForm",
    "StartForm",
    "SuggestForm",
    "SwapForm",
    "TakeOverForm",
    "VerdictForm",
    "WithdrawObjectionForm",
    "goals_for",
]
