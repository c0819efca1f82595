"""What the writing aid asks about an initiative while its title is typed. It never blocks."""

from typing import Any

from django.forms import BaseForm

from apps.objectives.reasons import reason
from apps.objectives.wording import Label, classify
from apps.organisation.http import Request


def wording(request: Request, form: BaseForm) -> dict[str, Any]:
    """wording: why its title reads like a key result, or which outcome hides in it; None where
    there is nothing to ask. Of what is being typed (htmx sends it), or of what stands there."""
    title = request.GET.get("title", str(form["title"].value() or ""))
    judgement = classify(title)
    if judgement.label == Label.OUTCOME:
        return {"wording": {"reason": reason(judgement)}}
    if judgement.hidden_outcome:
        return {"wording": {"hidden": judgement.hidden_outcome}}
    return {"wording": None}
