# ruff: noqa: S608 — statements of our own
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.objectives.scoring import RollUp
from okrsite import integrity
from okrsite.benchmark.organisation import build
from okrsite.benchmark.size import SIZES
from okrsite.example.build import build as build_example
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def check(capsys):
    """What the command says, and how it ends."""
    code = 0
    try:
        call_command("check_integrity")
    except SystemExit as end:
        code = end.code
    return code, capsys.readouterr().out


@pytest.fixture
def sound(db):
    """An organisation in which everything holds, and where nothing guards it any longer."""
    build(SIZES["small"], now=NOW, tell=lambda *told: None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c'"
            " AND connamespace = 'public'::regnamespace"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute("DROP INDEX team_tree_has_one_root, briefing_has_one_issued_revision")
        cursor.execute(
            "ALTER TABLE alignment_briefing DROP CONSTRAINT team_has_one_main_effort_in_a_cycle"
        )


def test_it_is_content_with_the_organisation_of_the_benchmark(sound, capsys):
    code, said = check(capsys)
    assert said.startswith("Everything holds:")
    assert code == 0


def test_it_is_content_with_the_example(db, capsys):
    build_example(NOW)
    assert check(capsys)[0] == 0


def test_without_an_organisation_there_is_nothing_to_check(db):
    with pytest.raises(CommandError, match="There is no organisation yet"):
        call_command("check_integrity")


def test_a_team_may_move_away_from_the_leader_it_asked(sound, capsys):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisation_team SET parent_id = 2, ancestor_ids = '{1,2}'"
                       " WHERE id = 4")  # fmt: skip
    assert check(capsys)[0] == 0


# What is done to the database, and what must be said of it.
OBJECTION = """
    INSERT INTO initiatives_objection
           (id, initiative_id, constraint_id, reason, state, raised_by_id, raised_at, version)
    VALUES (1, 1, 1, 'Why', '%s', 1, now(), 1)"""
OBJECTION_MOVE = """
    INSERT INTO initiatives_objectionmove
           (id, objection_id, verb, from_state, to_state, text, by_id, at)
    VALUES (1, 1, '%s', '%s', '%s', '', 1, now())"""
A_ROUND = """
    INSERT INTO alignment_pulseround (id, state, opened_at, opened_on, until, closed_on)
    VALUES (1, 'closed', now(), '2026-11-20', '2026-11-20', '2026-11-20');"""
A_RESULT = f"""{A_ROUND}
    INSERT INTO alignment_pulseresult (id, round_id, team_id, of_leaders, asked, answered, counts)
    VALUES (1, 1, 4, false, %s, %s, array_fill(%s, ARRAY[24]));"""
BRIEFING = """
    INSERT INTO alignment_briefing
           (id, objective_id, number, state, context, one_up, two_up, intent, tasks, main_effort,
            freedoms, drafted_by_id, drafted_at, issued_by_id, issued_at, version,
            main_effort_of_id, main_effort_in_id)
    SELECT %s, id, %s, '%s', '', '', '', 'Why', '{Pay}', 1, '', 5, now(), 5, now(), 1, %s, cycle_id
      FROM objectives_objective WHERE id = %s;"""
ISSUED = BRIEFING % (1, 1, "issued", "NULL", 1)
BACKBRIEF = """
    INSERT INTO alignment_backbrief
           (id, objective_id, team_id, briefing_id, state, understood, needs, gives_up, questions,
            version)
    VALUES (1, %s, 4, 1, '%s', 'We', '', '', '', 1);"""
CONTRIBUTION = """
    INSERT INTO alignment_contribution
           (id, objective_id, towards_id, key_result_id, how, by_id, at, end_reason, version)
    VALUES (%s, %s, %s, %s, 'It helps', 5, now(), '', 1);"""

BREAKS = {
    "nobody who administers": (
        "UPDATE organisation_user SET is_administrator = FALSE",
        "organisation_organisation 1 has nobody left who administers it",
    ),
    "an administrator who has gone": (
        "UPDATE organisation_user SET is_administrator = TRUE, is_active = FALSE WHERE id = 5",
        "organisation_user 5 administers though deactivated",
    ),
    "somebody erased who is in a team": (
        "UPDATE organisation_user SET erased_at = now(), is_active = FALSE WHERE id = 5",
        "organisation_user 5 was erased, and can still be reached: by a team",
    ),
    "an invitation to oneself": (
        "INSERT INTO organisation_invitation (id, email, role, invited_by_id, invited_at,"
        " expires_at, accepted_by_id, accepted_at)"
        " VALUES (1, 'a@b.example', '', 5, now(), now(), 5, now())",
        "organisation_invitation 1 was accepted by whoever gave it",
    ),
    "a closed round that tells who was asked": (
        f"""{A_ROUND} INSERT INTO alignment_pulsetally
            (round_id, team_id, ancestor_ids, of_leaders, answered, counts)
            VALUES (1, 4, '{{}}', false, 0, array_fill(0, ARRAY[24]))""",
        "alignment_pulseround 1 is closed, and still tells who was asked",
    ),
    "a figure of three people": (
        A_RESULT % (3, 3, 0),
        "alignment_pulseresult 1 shows fewer than four answers, or less than half, 3",
    ),
    "a figure that does not add up": (
        A_RESULT % (6, 6, 2),
        "alignment_pulseresult 1 has counts that don’t add up to its answers, 6",
    ),
    "two revisions in force": (
        ISSUED + BRIEFING % (2, 2, "issued", "NULL", 1),
        "alignment_briefing 1 is issued beside another revision of it",
    ),
    "the main effort of another team": (
        BRIEFING % (1, 1, "issued", "(SELECT max(id) FROM organisation_team)", 1),
        "alignment_briefing 1 holds a main effort of another team or cycle",
    ),
    "two main efforts": (
        "".join(BRIEFING % (n, 1, "issued", "team_id", n) for n in (1, 2)),
        "alignment_briefing 1 names a second main effort of its team in its cycle",
    ),
    "an answer to another goal": (
        ISSUED + BACKBRIEF % (2, "draft"),
        "alignment_backbrief 1 answers a briefing of another objective",
    ),
    "an answer that is out of date": (
        BRIEFING % (1, 1, "superseded", "NULL", 1) + BACKBRIEF % (1, "accepted"),
        "alignment_backbrief 1 is given or accepted on a revision that is not in force",
    ),
    "an answer that moved by itself": (
        ISSUED
        + BACKBRIEF % (1, "accepted")
        + """
        INSERT INTO alignment_backbriefmove
               (backbrief_id, briefing_id, from_state, to_state, understood, will_do, needs,
                gives_up, questions, comment, by_id, at)
        VALUES (1, 1, 'draft', 'given', 'We', '{}', '', '', '', '', 5, now())""",
        "alignment_backbrief 1 is not in the state that its last move led to, given",
    ),
    "goals that support each other": (
        "".join(
            CONTRIBUTION % row for row in [(1, 1, 2, "NULL"), (2, 2, 3, "NULL"), (3, 3, 1, "NULL")]
        ),
        "alignment_contribution 1 leads back to its own objective, by way of others",
    ),
    "the key result of another goal": (
        CONTRIBUTION
        % (1, 1, 2, "(SELECT min(id) FROM objectives_keyresult WHERE objective_id = 3)"),
        "alignment_contribution 1 supports a key result of another objective",
    ),
    "help by the means of others": (
        """INSERT INTO alignment_contributionrequest
                  (id, team_id, asked_team_id, towards_id, what, why, by_when, state, asked_by_id,
                   asked_at, initiative_id, answer, answered_by_id, answered_at, version)
           SELECT 1, team_id, parent_id, 1, 'This', 'Why', now(), 'accepted', 5, now(),
                  initiative.id, '', 5, now(), 1
             FROM initiatives_initiative initiative
             JOIN organisation_team team ON team.id = team_id
            WHERE parent_id IS NOT NULL
            LIMIT 1""",
        "alignment_contributionrequest 1 was accepted as something of another team",
    ),
    "a second root": (
        "UPDATE organisation_team SET parent_id = NULL, ancestor_ids = '{}' WHERE id = 4",
        "organisation_team 4 is a root beside another one",
    ),
    "a circle": (
        "UPDATE organisation_team SET parent_id = 4 WHERE id = 3",
        "organisation_team 3 has parents that lead in a circle",
    ),
    "false ancestors": (
        "UPDATE organisation_team SET ancestor_ids = '{1,3}' WHERE id = 4",
        "organisation_team 4 has ancestors that are not those of its parents, {1,2,3}",
    ),
    "a grant to oneself": (
        "UPDATE organisation_teamgrant SET granted_by_id = user_id WHERE id = 5",
        "organisation_teamgrant 5 was given by its holder",
    ),
    "an objective without history": (
        "DELETE FROM objectives_objectivemove WHERE objective_id = 1",
        "objectives_objective 1 has no history",
    ),
    "an objective that moved by itself": (
        "UPDATE objectives_objective SET state = 'closed' WHERE id = 1",
        "objectives_objective 1 is not in the state that its last move led to, committed",
    ),
    "a close without a word": (
        "UPDATE objectives_objective SET state = 'closed' WHERE id = 1",
        "objectives_objective 1 is closed with neither a whole review nor the mark of none",
    ),
    "an open goal in a closed cycle": (
        "UPDATE objectives_cycle SET state = 'closed'",
        "objectives_objective 1 is still open in a cycle that is closed, committed",
    ),
    "a goal that goes on from itself": (
        "UPDATE objectives_objective SET carried_from_id = id WHERE id = 1",
        "objectives_objective 1 goes on from one of the same or a later cycle",
    ),
    "a start that is only proposed": (
        "UPDATE objectives_keyresult SET baseline_is_proposed = TRUE WHERE id = 7",
        "objectives_keyresult 7 has a start that is only proposed, after the commitment",
    ),
    "a sentence in another review": (
        "INSERT INTO objectives_review (id, objective_id, learnt, what_next, by_id, at, version)"
        " VALUES (1, 2, 'We learned.', 'done', 1, now(), 1);"
        "INSERT INTO objectives_remark (id, review_id, key_result_id, text) VALUES (1, 1, 1, 'x')",
        "objectives_remark 1 stands in the review of another objective",
    ),
    "a step that is missing": (
        "DELETE FROM objectives_objectivemove WHERE objective_id = 1 AND to_state = 'input'",
        "objectives_objectivemove 5 does not begin where the move before it ended, draft",
    ),
    "a step that is not legal": (
        "UPDATE objectives_objectivemove SET to_state = 'committed'"
        " WHERE objective_id = 1 AND to_state = 'input'",
        "objectives_objectivemove 4 is no legal step: draft to committed",
    ),
    "an input that stands unanswered": (
        "UPDATE objectives_input SET answer = '' WHERE id = 2",
        "objectives_input 2 stands unanswered",
    ),
    "a commitment to nothing": (
        "DELETE FROM objectives_keyresult WHERE objective_id = 3",
        "objectives_objective 3 was committed to without a key result",
    ),
    "a commitment to half a key result": (
        "UPDATE objectives_keyresult SET target = NULL WHERE id = 7",
        "objectives_keyresult 7 was committed to incomplete",
    ),
    "a target that nobody amended": (
        "UPDATE objectives_keyresult SET target = 70 WHERE id = 1",
        "objectives_keyresult 1 is not at the target that its last amendment set, 65",
    ),
    "an amendment of another's key result": (
        "UPDATE objectives_amendment SET objective_id = 2 WHERE id = 1",
        "objectives_amendment 1 amends a key result of another objective",
    ),
    "a correction of another day": (
        "UPDATE objectives_measurement SET supersedes_id = 1, reason = 'so' WHERE id = 2",
        "objectives_measurement 2 supersedes what is not an older value of its day",
    ),
    "a value of tomorrow": (
        "UPDATE objectives_measurement SET day = '2026-11-21' WHERE id = 13",
        "objectives_measurement 13 is of a day that is still to come, 2026-11-21",
    ),
    "half a milestone": (
        "UPDATE objectives_keyresult SET kind = 'milestone', due = '2026-12-01' WHERE id = 2",
        "objectives_measurement 14 is no value that its key result can have",
    ),
    "an initiative without history": (
        "DELETE FROM initiatives_initiativemove WHERE initiative_id = 3",
        "initiatives_initiative 3 has no history",
    ),
    "an initiative that moved by itself": (
        "UPDATE initiatives_initiative SET status = 'paused' WHERE id = 3",
        "initiatives_initiative 3 is not in the state that its last move led to, proposed",
    ),
    "an initiative that skipped a step": (
        "UPDATE initiatives_initiativemove SET from_status = 'paused'"
        " WHERE initiative_id = 1 AND verb = 'swap'",
        "initiatives_initiativemove 3 does not begin where the move before it ended, active",
    ),
    "an initiative that rose again": (
        "UPDATE initiatives_initiativemove SET verb = 'resume', from_status = 'killed'"
        " WHERE initiative_id = 1 AND verb = 'swap'",
        "initiatives_initiativemove 3 is no legal step: resume, killed to swapped",
    ),
    "an objection without history": (
        OBJECTION % "open",
        "initiatives_objection 1 has no history",
    ),
    "an objection that was met by nobody": (
        f"{OBJECTION % 'met'}; {OBJECTION_MOVE % ('raise', '', 'open')}",
        "initiatives_objection 1 is not in the state that its last move led to, open",
    ),
    "an objection that skipped a step": (
        f"{OBJECTION % 'met'}; {OBJECTION_MOVE % ('meet', 'open', 'met')}",
        "initiatives_objectionmove 1 does not begin where the move before it ended, nowhere",
    ),
    "an objection that lapsed in the store": (
        f"{OBJECTION % 'lapsed'}; {OBJECTION_MOVE % ('lapse', '', 'lapsed')}",
        "initiatives_objectionmove 1 is no legal step: lapse,  to lapsed",
    ),
    "a bet on nothing": (
        "DELETE FROM initiatives_initiativelink WHERE initiative_id = 2",
        "initiatives_initiative 2 has started without a key result of a committed objective",
    ),
    "a bet without a belief": (
        "UPDATE initiatives_initiative SET believe = '' WHERE id = 2",
        "initiatives_initiative 2 has started without a whole hypothesis",
    ),
    "a bet that never stops": (
        "DELETE FROM initiatives_killcriterion WHERE initiative_id = 2",
        "initiatives_initiative 2 has started without kill criteria",
    ),
    "a swap for nothing": (
        "UPDATE initiatives_initiative SET successor_id = NULL WHERE id = 1",
        "initiatives_initiative 1 was swapped for nothing",
    ),
    "a successor of the living": (
        "UPDATE initiatives_initiative SET successor_id = 4 WHERE id = 3",
        "initiatives_initiative 3 has a successor and was not swapped",
    ),
    "a swap between teams": (
        "UPDATE initiatives_initiative SET team_id = 5 WHERE id = 2",
        "initiatives_initiative 1 was swapped for one of another team",
    ),
    "a circle of swaps": (
        "UPDATE initiatives_initiative SET successor_id = 1 WHERE id = 2",
        "initiatives_initiative 1 succeeds itself",
    ),
    "a second life of the living": (
        "UPDATE initiatives_initiative SET continues_id = 2 WHERE id = 3",
        "initiatives_initiative 3 continues one that has not ended",
    ),
    "a verdict before the start": (
        """INSERT INTO initiatives_verdict (id, link_id, kind, evidence, by_id, at)
           SELECT 7, min(link.id), 'less', 'Seen.', 1, now()
             FROM initiatives_initiativelink link
             JOIN initiatives_initiative bet ON bet.id = link.initiative_id
            WHERE bet.started_at IS NULL""",
        "initiatives_verdict 7 is on what was never started",
    ),
    "an end that taught nothing": (
        "UPDATE initiatives_initiative SET learning = '' WHERE id = 1",
        "initiatives_initiative 1 was killed or swapped without a reason or a learning",
    ),
    "a week from Tuesday": (
        "UPDATE checkins_checkin SET week = week + 1 WHERE id = 1",
        "checkins_checkin 1 is of a week that begins on another day than Monday, 2026-08-18",
    ),
    "a check-in that nobody sent": (
        "UPDATE checkins_checkin SET submitted_by_id = NULL WHERE id = 1",
        "checkins_checkin 1 was sent by nobody",
    ),
    "a report ahead of its check-in": (
        "UPDATE checkins_keyresultreport SET revision = 2 WHERE id = 9",
        "checkins_keyresultreport 9 is of a revision that its check-in never had, 2",
    ),
    "a word ahead of its check-in": (
        "UPDATE checkins_initiativereport SET revision = 2 WHERE id = 2",
        "checkins_initiativereport 2 is of a revision that its check-in never had, 2",
    ),
    "a report of another's value": (
        "UPDATE checkins_keyresultreport SET measurement_id = 40 WHERE id = 9",
        "checkins_keyresultreport 9 gives the value of another key result",
    ),
    "help from nobody": (
        "UPDATE checkins_helprequest SET state = 'answered' WHERE id = 1",
        "checkins_helprequest 1 is answered by nobody or with no word",
    ),
    "a check-in that another one sent": (
        "UPDATE checkins_checkin SET submitted_by_id = submitted_by_id + 1 WHERE id = 1",
        "checkins_checkin 1 says of no sending who sent it as it stands, 1",
    ),
    "a week off from Tuesday on": (
        "INSERT INTO checkins_weekoff (id, team_id, week, marked_by_id, marked_at)"
        " VALUES (1, 4, '2026-11-17', 1, now())",
        "checkins_weekoff 1 is a week off that begins on another day than Monday, 2026-11-17",
    ),
    "a rhythm that nobody chose": (
        "UPDATE organisation_team SET rhythm = 'monthly' WHERE id = 4",
        "organisation_team 4 checks in in another rhythm than the last it chose, monthly",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_it_names_the_row_that_breaks(sound, capsys, name):
    done, said = BREAKS[name]
    with connection.cursor() as cursor:
        cursor.execute(done)
        assert cursor.rowcount
    code, told = check(capsys)
    assert code == 1
    assert said in told


def test_every_rule_has_been_broken():
    sentences = {f"{rule.table} {rule.sentence.split('%s')[0]}" for rule in integrity.RULES}
    told = [" ".join([said.split()[0], *said.split()[2:]]) for _done, said in BREAKS.values()]
    missed = {s for s in sentences if not any(s.startswith(t) or t.startswith(s) for t in told)}
    assert not missed


def test_progress_that_counts_initiatives_is_found(sound, capsys, monkeypatch):
    """Nothing in the data can bring it about, so the sum itself is falsified."""

    def blended(readings):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM initiatives_initiative WHERE status = 'done'")
            return RollUp(cursor.fetchone()[0], None, 0, 0)

    monkeypatch.setattr(integrity, "roll_up_of", blended)
    code, said = check(capsys)
    assert code == 1
    assert "objectives_objective 1 has another progress with its initiatives than without" in said
