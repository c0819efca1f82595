"""That nobody can be joined to an answer. What was tried, attack by attack:

1. every row of every table, in the open and in the closed round: who gave which of the answers
   makes no difference to any of them, and neither does who answered first;
2. PostgreSQL's own marks on rows (xmin, xmax, ctid): the last answer of a team is not to be told;
3. what is left of older versions of rows in the files of the tables, once a round is closed;
4. what the application logs, at the most talkative level;
5. jobs, messages, one-time keys and sessions: among the tables of 1, and named once more here;
6. the answer of a page, for the one who asks again: nothing of it is shown.

What remains is said in docs/security.md.
"""

import logging

import pytest
from django.db import connection, transaction
from django.urls import reverse

from apps.alignment import pulse_links
from apps.alignment.models import PulseAsked, PulseTally
from apps.organisation.models import OneTimeKey
from tests.alignment.making import close, make_members, make_open

pytestmark = pytest.mark.django_db

YES = {f"question_{n}": "6" for n in range(4)}
NO = {f"question_{n}": "1" for n in range(4)}


class Back(Exception):
    """Ends a savepoint, so that the same can be done again otherwise."""


def dump() -> dict[str, list[str]]:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in tables:
            # The numbers that rows of results get go on counting whatever is undone.
            row = "to_jsonb(t) - 'id'" if table == "alignment_pulseresult" else "t"
            cursor.execute(f'SELECT ({row})::text FROM "{table}" t ORDER BY 1')  # noqa: S608
            found[table] = [row for (row,) in cursor.fetchall()]
    return found


@pytest.fixture
def people(team):
    return make_members(team, 4)


@pytest.fixture
def pulse_round(administrator, people):
    return make_open(administrator)


@pytest.fixture
def url(team):
    return reverse("alignment:answer_pulse", args=[team.slug])


def after(visitors, order, said, url, *, then=None) -> dict[str, list[str]]:
    """The whole database after these people have said this, in this order; undone again."""
    try:
        with transaction.atomic():
            for place in order:
                visitors[place].post(url, said[place])
            if then:
                then()
            found = dump()
            raise Back
    except Back:
        return found


@pytest.mark.parametrize("closed", [False, True])
def test_who_said_what_and_who_came_first_leaves_no_trace(
    visit, administrator, people, pulse_round, url, closed
):
    visitors = [visit(person) for person in people]
    for visitor in visitors:
        visitor.get(url)
    then = (lambda: close(pulse_round, administrator)) if closed else None
    one = after(visitors, [0, 1, 2, 3], [YES, YES, NO, YES], url, then=then)
    other = after(visitors, [2, 0, 3, 1], [NO, YES, YES, YES], url, then=then)
    assert one == other
    assert one != after(visitors, [0, 1, 2], [YES, YES, NO, YES], url, then=then)


def test_by_the_link_in_a_mail_it_is_the_same(visit, people, pulse_round):
    links = [pulse_links.link(asked) for asked in PulseAsked.objects.order_by("pk")]
    visitors = [visit(None) for _link in links]

    def said(answers) -> dict[str, list[str]]:
        try:
            with transaction.atomic():
                for visitor, link, typed in zip(visitors, links, answers, strict=True):
                    visitor.post(link, typed)
                found = dump()
                raise Back
        except Back:
            return found

    assert said([YES, NO, NO, NO]) == said([NO, NO, NO, YES])


def marks() -> tuple[set[int], list[str]]:
    """The transactions that stand on the rows of the open round, and where the rows lie."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text::bigint FROM alignment_pulseasked")
        asked = {row for (row,) in cursor.fetchall()}
        cursor.execute("SELECT id FROM alignment_pulseasked ORDER BY ctid")
        return asked, [row for (row,) in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 1, 0, 2]])
def test_the_marks_of_the_database_do_not_tell_whose_answer_was_the_last(
    visit, people, pulse_round, url, order
):
    visitors = [visit(person) for person in people]
    _before, lie = marks()
    for place in order:
        visitors[place].post(url, YES)
        asked, now = marks()
        assert len(asked) == 1, "all rows carry the mark of the last answer"
        assert now == lie, "the rows lie in the order in which people were asked"


@pytest.mark.django_db(transaction=True)
def test_of_a_closed_round_no_older_version_of_a_row_is_left(
    visit, administrator, people, pulse_round, url
):
    for person in people:
        visit(person).post(url, YES)
    close(pulse_round, administrator)
    with connection.cursor() as cursor:
        for model in (PulseAsked, PulseTally):
            cursor.execute("SELECT pg_relation_size(%s)", [model._meta.db_table])
            assert cursor.fetchone() == (0,)


def test_no_log_line_tells_of_an_answer(visit, people, pulse_round, url, caplog):
    caplog.set_level(logging.DEBUG)
    said = {f"question_{n}": text for n, text in enumerate(["6", "1", "", "5"])}
    visit(people[0]).post(url, said)
    visit(people[0]).post(url, YES)
    own = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert not any("question_" in record.getMessage() for record in own)


def test_no_key_no_job_and_no_message_is_kept_for_an_answer(visit, people, pulse_round, url):
    before = dump()
    visit(people[0]).post(url, YES)
    changed = {table for table, rows in dump().items() if rows != before[table]}
    assert changed <= {
        "alignment_pulseasked", "alignment_pulsetally", "django_session",
        "organisation_user",
    }  # fmt: skip
    assert not OneTimeKey.objects.exists()


def test_nobody_can_look_the_answer_up_again(visit, people, pulse_round, url):
    visit(people[0]).post(url, NO)
    page = visit(people[0]).get(url).content.decode()
    assert "checked" not in page
    assert "question_" not in page
