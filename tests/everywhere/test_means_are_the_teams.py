"""Nothing that a leader does, or anyone else outside the team, changes its initiatives: over
every address, with the body that the page of it sends, by page, under htmx and by every method.
"""

import pytest
from django.db import connection

from tests.everywhere.reading import Page
from tests.everywhere.table import ADDRESSES
from tests.everywhere.test_walk import visitors, world  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

# Of each initiative that stands: its row, what it should move, when it stops, what became of it.
MEANS = (
    "SELECT 'initiative', id, md5(i::text) FROM initiatives_initiative i WHERE id <= %(last)s",
    "SELECT 'link', id, md5(l::text) FROM initiatives_initiativelink l"
    " WHERE initiative_id <= %(last)s",
    "SELECT 'stop', id, md5(k::text) FROM initiatives_killcriterion k"
    " WHERE initiative_id <= %(last)s",
    "SELECT 'move', id, md5(m::text) FROM initiatives_initiativemove m"
    " WHERE initiative_id <= %(last)s",
)
OUTSIDE = ("leader_above", "neighbour", "observer", "administrator")


def last_initiative():
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM initiatives_initiative")
        return cursor.fetchone()[0]


def means(last):
    """To the last byte; a suggestion adds a row of its own, and is none of these."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(MEANS) + " ORDER BY 1, 2", {"last": last})
        return cursor.fetchall()


def bodies(address, world, visitor, owner):  # noqa: F811
    """What one's own page would send; what the team's own page would; what may be left of it."""
    url = address.url(world)
    typed = address.typed(world)
    for reader in (visitor, owner) if address.post and not address.no_key else ():
        page = Page(reader.get(url).content.decode())
        if page.has_form_for(url):
            yield page.form_for(url) | typed
    yield {"version": "1", **typed}
    yield {}


@pytest.mark.parametrize("who", OUTSIDE)
@pytest.mark.parametrize("address", [pytest.param(a, id=a.name) for a in ADDRESSES])
def test_nobody_outside_the_team_changes_its_means(world, visitors, address, who):  # noqa: F811
    visitor, last = visitors[who], last_initiative()
    before, url = means(last), address.url(world)
    for body in list(bodies(address, world, visitor, visitors["leader"])):
        for htmx in (False, True):
            visitor.send(url, {**body, "once": visitor.new_key(url)}, htmx=htmx)
    for method in ("get", "head", "options", "put", "patch", "delete"):
        getattr(visitor, method)(url)
    assert means(last) == before


def test_the_walk_can_see_a_change(world, visitors):  # noqa: F811
    """So that its silence means something: the team itself changes them."""
    last = last_initiative()
    before = means(last)
    [pause] = [address for address in ADDRESSES if address.name == "initiatives:pause"]
    url = pause.url(world)
    response = visitors["member"].send(url, {"version": world.active.version, "reason": "Now."})
    assert response.status_code == 302
    assert means(last) != before
