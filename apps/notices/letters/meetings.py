"""What a review meeting decided, for those whom it names."""

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.checkins.models import Decision, ReviewMeeting
from apps.notices import days
from apps.notices.letters.letter import Desk, Letter, Part
from apps.organisation.models import OutboxMessage


def decided(message: OutboxMessage, desk: Desk) -> Letter | None:
    meeting = ReviewMeeting.objects.select_related("team").filter(pk=message.thing_pk).first()
    if meeting is None:
        return None
    return Letter(
        subject=_("Decided in the review meeting of %(team)s") % {"team": meeting.team.name},
        lines=[_("What was decided, who does it, and by when:")],
        parts=[_part(decision) for decision in meeting.decisions.for_rows()],
        url=reverse("dashboards:decisions", args=[meeting.pk]),
        verb=_("See the list"),
    )


def _part(decision: Decision) -> Part:
    who = _("%(name)s, by %(day)s") % {
        "name": decision.who.name, "day": days.in_full(decision.by_when),
    }  # fmt: skip
    about = decision.key_result
    return Part(
        title=decision.what,
        lines=[who, *([about.title] if about else [])],
        url=about.get_absolute_url() if about else "",
    )
