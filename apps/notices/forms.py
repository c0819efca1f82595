from django import forms
from django.utils.translation import gettext_lazy as _

from apps.notices.models import Topic
from apps.organisation.widgets import Ticks
from apps.organisation.writes import VersionedForm


class ChooseMailsForm(VersionedForm):
    topics = forms.MultipleChoiceField(
        label=_("Which mails do you want?"),
        help_text=_("A new password and an invitation always arrive: somebody asked for them."),
        choices=Topic,
        required=False,
        widget=Ticks,
    )
    needed_sometimes = ("topics",)
