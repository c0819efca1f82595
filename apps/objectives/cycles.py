"""The cycles, asked once a request by whichever parts of a page want them."""

from apps.objectives.models import Cycle
from apps.organisation.http import Request


def cycles_around(request: Request) -> list[Cycle]:
    """Those that are no mere plan, the nearest to today first."""
    if "cycles" not in vars(request):
        request.cycles = Cycle.objects.nearest_first(request.today)  # type: ignore[attr-defined]
    return request.cycles  # type: ignore[attr-defined]
