"""German writes in one word what others need a line for: no page grows wider than its screen."""

import pytest

from apps.initiatives.models import Initiative
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.organisation.models import Team
from tests.initiatives.making import make_in_each_state

WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenträgerversammlungsprotokollführer"
LONG = f"{WORD} und alle anderen, die vor {WORD[:60]} bestellt haben"


@pytest.mark.parametrize("width", [1280, 390, 360])
def test_no_page_is_wider_than_its_screen(
    page, sign_in, team, member, administrator, neighbour, key_result, cycle, width
):
    make_in_each_state(team, member, neighbour, key_result)
    Objective.objects.update(title=LONG)
    KeyResult.objects.update(title=LONG)
    Initiative.objects.update(title=LONG)
    Team.objects.filter(pk=team.pk).update(name=WORD[:80])
    objective = key_result.objective
    urls = [
        "/",
        "/overview/",
        "/map/",
        "/learnings/",
        "/reviews/",
        "/teams/",
        f"/teams/{team.slug}/",
        f"/teams/{team.slug}/initiatives/",
        objective.get_absolute_url(),
        f"/objectives/{objective.pk}/blend/",
        f"/objectives/{objective.pk}/commitment/",
        f"/objectives/{objective.pk}/report/",
        key_result.get_absolute_url(),
        f"/cycles/{cycle.slug}/report/",
    ]
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, member)
    wide = [url for url in urls if _is_wider(page, url, width)]
    sign_in(page, administrator)
    Cycle.objects.filter(pk=cycle.pk).update(state="reviewing")
    wide += [url for url in [f"/cycles/{cycle.slug}/close/"] if _is_wider(page, url, width)]
    assert wide == []


def _is_wider(page, url: str, width: int) -> bool:
    assert page.goto(url).ok
    return page.evaluate("document.documentElement.scrollWidth") > width
