"""What a mail server may say to a mail, and what becomes of those behind it."""

from datetime import timedelta

import pytest

from apps.notices.sending import Outcome, send_all
from apps.organisation.models import OutboxMessage
from tests.checkins.making import make_asked
from tests.factories import NOW
from tests.notices.mail_server import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server


@pytest.fixture
def two_mails(team, member, leader):
    return [make_asked(team, member, leader, text=text) for text in ("One.", "Two.")]


@pytest.mark.parametrize(
    ("says", "outcome", "dropped"),
    [
        ({}, Outcome(2, 0, 0), 0),
        ({"TAKE": "552 too large"}, Outcome(0, 2, 0), 2),
        ({"TAKE": "451 later"}, Outcome(0, 0, 2), 0),
        # Neither has anything to do with the one mail, so the other is not even tried.
        ({"MAIL": "530 sign in first"}, Outcome(0, 0, 1), 0),
        ({"MAIL": "421 going down"}, Outcome(0, 0, 1), 0),
    ],
)
def test_each_answer_has_its_consequence(server, two_mails, says, outcome, dropped):
    server.says = says
    assert send_all(lambda: NOW) == outcome
    rows = OutboxMessage.objects.all()
    assert rows.filter(dropped_because="refused").count() == dropped
    server.says = {}
    send_all(lambda: NOW + timedelta(hours=7))
    assert server.accepted.total() == 2 - dropped


def test_an_address_that_is_refused_holds_up_no_other(server, two_mails, leader):
    server.refuses = {leader.email}
    assert send_all(lambda: NOW) == Outcome(0, 2, 0)


def test_a_server_that_is_not_there_loses_nothing(server, settings, two_mails):
    settings.EMAIL_PORT = 1
    assert send_all(lambda: NOW) == Outcome(0, 0, 1)
    settings.EMAIL_PORT = server.server_address[1]
    assert send_all(lambda: NOW + timedelta(hours=7)) == Outcome(2, 0, 0)


def test_a_server_that_hangs_is_left_after_a_while(server, settings, two_mails):
    settings.EMAIL_TIMEOUT = 1
    server.seconds_a_mail = 6
    assert send_all(lambda: NOW) == Outcome(0, 0, 1)
