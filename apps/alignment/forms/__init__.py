from apps.alignment.forms.pulse import AnswerPulseForm, ClosePulseForm, OpenPulseForm

__all__ = ["AnswerPulseForm", "ClosePulseForm", "OpenPulseForm"]
