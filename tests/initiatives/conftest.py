import pytest

from tests.initiatives.making import make_active, make_paused, make_proposed


@pytest.fixture
def proposed(team, member, key_result):
    return make_proposed(team, member, key_result, title="Pay later")


@pytest.fixture
def active(team, member, key_result):
    return make_active(team, member, key_result, title="Cart reminder")


@pytest.fixture
def paused(team, member, key_result):
    return make_paused(team, member, key_result, title="Basket icon")
