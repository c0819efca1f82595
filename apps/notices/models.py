"""Which mails a person wants no more of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.organisation.models import User


class Topic(models.TextChoices):
    """What mails are about, as a person turns them off and on. Others cannot be turned off:
    a password or an invitation, which somebody has asked for."""

    REMINDER = "reminder", _("The day before a check-in is due")
    DIGEST = "digest", _("How things stand, on Mondays, to those who lead a team")
    DUE = "due", _("When a stop mark or a verdict of your initiatives comes due")
    ASKED = "asked", _("When somebody asks you for something: help, input, an answer")
    ANSWERED = "answered", _("When somebody answers what you asked or said")
    TOLD = "told", _("When something changes that you work on, or your place in a team")


class StoppedTopic(models.Model):
    """This person gets no more mails of this topic."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="stopped_topics")
    topic = models.CharField(max_length=10, choices=Topic)
    stopped_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="topic_is_stopped_once", fields=["person", "topic"])
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.topic}"
