"""What people type about goals. Forms clean it; actions save."""

from apps.objectives.forms.amendment import (
    AbandonForm,
    AmendForm,
    AmendKeyResultForm,
    AmendTargetForm,
    DropKeyResultForm,
    StateBaselineForm,
)
from apps.objectives.forms.constraint import ConstraintForm, LiftForm
from apps.objectives.forms.input import AnswerForm, InputForm, WithdrawInputForm
from apps.objectives.forms.key_result import (
    DefineKeyResultForm,
    EditKeyResultForm,
    FillInKeyResultForm,
    RemoveForm,
)
from apps.objectives.forms.measurement import CorrectForm, MeasureForm
from apps.objectives.forms.objective import (
    AskForm,
    BackToDraftForm,
    CommitForm,
    DraftForm,
    EditForm,
    FillInForm,
    OpenForInputForm,
    WithdrawForm,
)
from apps.objectives.forms.report import AcceptReportForm, AskToReportForm, DeclineReportForm
from apps.objectives.forms.review import CarryOverForm, CloseForm, LookBackForm, ReviewForm

__all__ = [
    "AbandonForm",
    "AcceptReportForm",
    "AmendForm",
    "AmendKeyResultForm",
    "AmendTargetForm",
    "AnswerForm",
    "AskForm",
    "AskToReportForm",
    "BackToDraftForm",
    "CarryOverForm",
    "CloseForm",
    "CommitForm",
    "ConstraintForm",
    "CorrectForm",
    "DeclineReportForm",
    "DefineKeyResultForm",
    "DraftForm",
    "DropKeyResultForm",
    "EditForm",
    "EditKeyResultForm",
    "FillInForm",
    "FillInKeyResultForm",
    "InputForm",
    "LiftForm",
    "LookBackForm",
    "MeasureForm",
    "OpenForInputForm",
    "RemoveForm",
    "ReviewForm",
    "StateBaselineForm",
    "WithdrawForm",
    "WithdrawInputForm",
]
