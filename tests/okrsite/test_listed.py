"""`make demo DATA=…`: another organisation's list, with four people who can sign in."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from apps.objectives.models import KeyResult
from apps.organisation.models import Organisation, Team, User
from okrsite.example import listed
from okrsite.example.story import PASSWORD
from tests.okrsite.test_settings import start

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.django_db
def test_the_four_roles_are_there(settings, capsys):
    settings.DATA = "gitlab"
    call_command("load_example")
    assert str(Organisation.objects.get()) == "GitLab"
    assert KeyResult.objects.count() == 553
    told = capsys.readouterr().out
    people = {person.email.split("@")[0]: person for person in User.objects.all()}
    assert set(people) == {"mara", "ines", "tom", "hanna"}
    for person in people.values():
        assert person.check_password(PASSWORD)
        assert f"{person.email} / {PASSWORD}" in told
    assert people["hanna"].is_administrator
    assert people["mara"].standing.leads == {Team.objects.get(parent=None).pk}
    largest = Team.objects.get(name="CS").pk
    assert people["ines"].standing.leads == {largest}
    assert people["tom"].standing.belongs_to == {largest}

    call_command("load_example")  # the second start
    assert KeyResult.objects.count() == 553


@pytest.mark.django_db
def test_what_lies_beside_the_list_comes_along(tmp_path: Path):
    (tmp_path / "ours.csv").write_text(
        "team,cycle,objective,key_result\nSales,2026-Q3,Sell,Visits\n"
    )
    (tmp_path / "ours_measurements.csv").write_text(
        "team,cycle,key_result,date,value\nSales,2026-Q3,Visits,2026-08-03,17\n"
    )
    (tmp_path / "ours_tree.csv").write_text("team,parent_team\nSales,Market\nMarket,\n")
    listed.build(tmp_path / "ours.csv", NOW)
    assert str(Organisation.objects.get()) == "ours"
    assert KeyResult.objects.get().measurements.get().value == 17
    assert Team.objects.get(name="Sales").parent.name == "Market"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "sentence"), [("nowhere", "There is no list"), ("no/such.csv", "There is no list")]
)
def test_a_list_that_is_not_there_is_told(settings, said, sentence):
    settings.DATA = said
    with pytest.raises(CommandError, match=sentence):
        call_command("load_example")
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_a_list_with_errors_leaves_nothing_behind(settings, tmp_path):
    (tmp_path / "bad.csv").write_text("team,cycle,objective\nSales,Someday,Sell\n")
    settings.DATA = str(tmp_path / "bad.csv")
    with pytest.raises(CommandError, match="The first: bad\\.csv, row 2, cycle: “Someday”"):
        call_command("load_example")
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("said", "name"), [("", "bearing"), ("gitlab", "bearing_gitlab"),
                       ("../My List (2).csv", "bearing_my_list_2_")]
)  # fmt: skip
def test_each_list_has_a_database_of_its_own(said, name):
    show = "from django.conf import settings; print(settings.DATABASES['default']['NAME'])"
    environment = {"DEMO": "on", "ALLOWED_HOSTS": "", "DATABASE_URL": "", "DATA": said}
    done = start("-c", f"import django; {show}", DJANGO_SETTINGS_MODULE="okrsite.settings",
                 **environment)  # fmt: skip
    assert done.stdout.strip() == name, done.stderr
