"""Two people, one draft: what comes of it, field by field."""

import pytest

from apps.checkins.drafts import Clash, Typed, holds_newer, merge


@pytest.mark.parametrize(
    ("seen", "mine", "theirs", "merged", "clash"),
    [
        ("", "", "", "", False),
        ("", "56", "", "56", False),  # only mine
        ("", "", "57", "57", False),  # only theirs
        ("", "56", "57", "56", True),  # both, differently
        ("", "56", "56", "56", False),  # both, alike
        ("55", "", "55", "", False),  # I cleared it
        ("55", "55", "", "", False),  # they cleared it
        ("55", "", "57", "", True),  # I cleared what they changed
    ],
)
def test_a_field_is_whose_changed_it(seen, mine, theirs, merged, clash):
    typed = Typed({"a": mine}, {"a": seen})
    found, clashes = merge(typed, {"a": theirs})
    assert found == {"a": merged}
    assert clashes == ([Clash("a", mine, theirs)] if clash else [])
    assert holds_newer(typed, {"a": theirs}) is (clash or merged != mine)


def test_fields_that_a_page_does_not_show_are_kept():
    assert merge(Typed({"a": "1"}, {}), {"b": "2"}) == ({"a": "1", "b": "2"}, [])
    assert not holds_newer(Typed({"a": "1"}, {}), {"b": "2"})
