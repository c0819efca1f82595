"""What must hold in any database: each rule a statement that finds the rows that break it.

Much of it the database forbids itself; it is asked again all the same, because a dump can be
restored without its constraints, and a row be changed with triggers switched off.
"""

# ruff: noqa: S608 - what is put into statements are names and lists of our own

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from apps.initiatives.models import MOVES, OBJECTION_MOVES
from apps.objectives.models import KeyResult, Objective
from apps.objectives.models.objective import MOVES as OBJECTIVE_MOVES
from apps.objectives.readings import Reading, read, roll_up_of
from apps.objectives.scoring import STAGES, RollUp
from apps.organisation.models import Organisation
from apps.organisation.tree import TREE


class Rule(NamedTuple):
    """Found: (id) or (id, word); the word goes where the sentence has a %s."""

    table: str
    sentence: str
    sql: str


class Broken(NamedTuple):
    table: str
    id: int
    what: str


OBJECTIVE_STEPS = {("", "draft")} | {
    (str(origin), str(to)) for origins, to in OBJECTIVE_MOVES.values() for origin in origins
}
# By verb, because an edit moves nothing and a birth comes from nowhere.
INITIATIVE_STEPS = {
    ("propose", "", "proposed"),
    ("suggest", "", "proposed"),
    ("import", "", "proposed"),
    ("continue", "", "proposed"),
}
INITIATIVE_STEPS |= {
    (verb, str(origin), str(to)) for verb, (origins, to) in MOVES.items() for origin in origins
}
OBJECTION_STEPS = {("raise", "", "open")}
OBJECTION_STEPS |= {(verb, "open", to) for verb, to in OBJECTION_MOVES.items()}


def _values(rows: set[Any]) -> str:
    """Our own words, as a list for IN."""
    return ", ".join(str(row) for row in sorted(rows))


def _history(table: str, moves: str, owner: str, field: str) -> list[Rule]:
    """Of rows that keep their state and every step by which they came to it."""
    steps = f"""
        SELECT id, {owner}_id AS owner, from_{field} AS origin, to_{field} AS arrival,
               lag(to_{field}, 1, '') OVER (PARTITION BY {owner}_id ORDER BY at, id) AS before
          FROM {moves}"""
    return [
        Rule(table, "has no history", f"""
            SELECT id FROM {table} row
             WHERE NOT EXISTS (SELECT FROM {moves} WHERE {owner}_id = row.id)"""),
        Rule(table, "is not in the state that its last move led to, %s", f"""
            SELECT row.id, last.arrival
              FROM {table} row
              JOIN (SELECT DISTINCT ON ({owner}_id) {owner}_id AS owner, to_{field} AS arrival
                      FROM {moves} ORDER BY {owner}_id, at DESC, id DESC) last
                ON last.owner = row.id
             WHERE last.arrival <> row.{field}"""),
        Rule(moves, "does not begin where the move before it ended, %s", f"""
            SELECT id, CASE before WHEN '' THEN 'nowhere' ELSE before END
              FROM ({steps}) step WHERE origin <> before"""),
    ]  # fmt: skip


# Kinds of which each lacks what a commitment needs; the same as objectives.commitment.missing().
INCOMPLETE = """
    CASE kind
    WHEN 'increase' THEN target IS NULL OR (baseline IS NULL AND baseline_by IS NULL)
    WHEN 'decrease' THEN target IS NULL OR (baseline IS NULL AND baseline_by IS NULL)
    WHEN 'milestone' THEN due IS NULL
    WHEN 'stages' THEN '' IN (stage_commit, stage_target, stage_stretch)
    WHEN 'at-least' THEN low IS NULL
    WHEN 'at-most' THEN high IS NULL
    WHEN 'within' THEN low IS NULL OR high IS NULL
    ELSE TRUE END"""

RULES = [
    # -- organisation
    Rule("organisation_team", "is a root beside another one", """
        SELECT id FROM organisation_team WHERE parent_id IS NULL
           AND (SELECT count(*) FROM organisation_team WHERE parent_id IS NULL) > 1"""),
    Rule("organisation_team", "has parents that lead in a circle, not to the root", f"""
        {TREE} SELECT id FROM organisation_team WHERE id NOT IN (SELECT id FROM tree)"""),
    Rule("organisation_team", "has ancestors that are not those of its parents, %s", f"""
        {TREE} SELECT team.id, tree.path::text
                 FROM organisation_team team JOIN tree USING (id)
                WHERE team.ancestor_ids <> tree.path"""),
    Rule("organisation_teamgrant", "was given by its holder to himself or herself", """
        SELECT id FROM organisation_teamgrant WHERE granted_by_id = user_id"""),
    Rule("organisation_organisation", "has nobody left who administers it", """
        SELECT id FROM organisation_organisation WHERE NOT EXISTS (
            SELECT FROM organisation_user WHERE is_active AND is_administrator)"""),
    Rule("organisation_user", "administers though deactivated", """
        SELECT id FROM organisation_user WHERE is_administrator AND NOT is_active"""),
    Rule("organisation_user", "was erased, and can still be reached: %s", """
        SELECT person.id, CASE WHEN grant_.id IS NOT NULL THEN 'by a team'
                               WHEN message.id IS NOT NULL THEN 'by a message'
                               WHEN key.key IS NOT NULL THEN 'by what a form said'
                               ELSE 'by an invitation' END
          FROM organisation_user person
          LEFT JOIN organisation_teamgrant grant_ ON grant_.user_id = person.id
          LEFT JOIN organisation_outboxmessage message ON message.person_id = person.id
          LEFT JOIN organisation_onetimekey key ON key.user_id = person.id
          LEFT JOIN organisation_invitation invited ON invited.accepted_by_id = person.id
         WHERE person.erased_at IS NOT NULL
           AND (grant_.id IS NOT NULL OR message.id IS NOT NULL OR key.key IS NOT NULL
                OR invited.id IS NOT NULL)"""),
    Rule("organisation_invitation", "was accepted by whoever gave it", """
        SELECT id FROM organisation_invitation WHERE accepted_by_id = invited_by_id"""),
    # -- objectives
    *_history("objectives_objective", "objectives_objectivemove", "objective", "state"),
    Rule("objectives_objectivemove", "is no legal step: %s", f"""
        SELECT move.id, from_state || ' to ' || to_state
          FROM objectives_objectivemove move
          JOIN objectives_objective goal ON goal.id = move.objective_id
         WHERE (from_state, to_state) NOT IN ({_values(OBJECTIVE_STEPS)})
           AND NOT (goal.is_imported AND (from_state, to_state) = ('', 'committed'))"""),
    Rule("objectives_input", "stands unanswered at an objective that was committed to", """
        SELECT given.id
          FROM objectives_input given
          JOIN objectives_objective goal ON goal.id = given.objective_id
         WHERE given.withdrawn_at IS NULL AND given.answer = ''
           AND goal.committed_at IS NOT NULL"""),
    Rule("objectives_objective", "was committed to without a key result", """
        SELECT id FROM objectives_objective goal
         WHERE committed_at IS NOT NULL AND NOT is_imported
           AND NOT EXISTS (SELECT FROM objectives_keyresult WHERE objective_id = goal.id)"""),
    Rule("objectives_keyresult", "was committed to incomplete", f"""
        SELECT key_result.id
          FROM objectives_keyresult key_result
          JOIN objectives_objective goal ON goal.id = key_result.objective_id
         WHERE goal.committed_at IS NOT NULL AND NOT goal.is_imported
           AND key_result.dropped_at IS NULL AND {INCOMPLETE}"""),
    Rule("objectives_keyresult", "is not at the target that its last amendment set, %s", """
        SELECT key_result.id, last.new
          FROM objectives_keyresult key_result
          JOIN (SELECT DISTINCT ON (key_result_id) key_result_id, new FROM objectives_amendment
                 WHERE field = 'target' AND new <> '' ORDER BY key_result_id, at DESC, id DESC
               ) last ON last.key_result_id = key_result.id
         WHERE key_result.target IS DISTINCT FROM last.new::numeric"""),
    Rule("objectives_objective", "is closed with neither a whole review nor the mark of none", """
        SELECT goal.id FROM objectives_objective goal
         WHERE state = 'closed' AND NOT without_review
           AND NOT EXISTS (SELECT FROM objectives_review review
                            WHERE review.objective_id = goal.id
                              AND learnt <> '' AND what_next <> '')"""),
    Rule("objectives_objective", "is still open in a cycle that is closed, %s", """
        SELECT goal.id, goal.state
          FROM objectives_objective goal
          JOIN objectives_cycle cycle ON cycle.id = goal.cycle_id
         WHERE cycle.state = 'closed' AND goal.state = 'committed'"""),
    Rule("objectives_objective", "goes on from one of the same or a later cycle", """
        SELECT goal.id
          FROM objectives_objective goal
          JOIN objectives_objective old ON old.id = goal.carried_from_id
          JOIN objectives_cycle cycle ON cycle.id = goal.cycle_id
          JOIN objectives_cycle before ON before.id = old.cycle_id
         WHERE cycle.ends <= before.ends"""),
    Rule("objectives_keyresult", "has a start that is only proposed, after the commitment", """
        SELECT key_result.id
          FROM objectives_keyresult key_result
          JOIN objectives_objective goal ON goal.id = key_result.objective_id
         WHERE goal.committed_at IS NOT NULL AND baseline_is_proposed"""),
    Rule("objectives_remark", "stands in the review of another objective", """
        SELECT remark.id
          FROM objectives_remark remark
          JOIN objectives_review review ON review.id = remark.review_id
          JOIN objectives_keyresult key_result ON key_result.id = remark.key_result_id
         WHERE key_result.objective_id <> review.objective_id"""),
    Rule("objectives_amendment", "amends a key result of another objective", """
        SELECT amendment.id
          FROM objectives_amendment amendment
          JOIN objectives_keyresult key_result ON key_result.id = amendment.key_result_id
         WHERE key_result.objective_id <> amendment.objective_id"""),
    Rule("objectives_measurement", "supersedes what is not an older value of its day", """
        SELECT new.id
          FROM objectives_measurement new
          JOIN objectives_measurement old ON old.id = new.supersedes_id
         WHERE (new.key_result_id, new.day) <> (old.key_result_id, old.day)
            OR new.id <= old.id"""),
    Rule("objectives_measurement", "is of a day that is still to come, %s", """
        SELECT id, day::text FROM objectives_measurement WHERE day > %(today)s"""),
    Rule("objectives_measurement", "is no value that its key result can have, %s", f"""
        SELECT measurement.id, value::float8::text
          FROM objectives_measurement measurement
          JOIN objectives_keyresult key_result ON key_result.id = measurement.key_result_id
         WHERE (kind = 'milestone' AND value NOT IN (0, 1))
            OR (kind = 'stages' AND value NOT IN ({_values(set(STAGES.values()))}))"""),
    # -- initiatives
    *_history("initiatives_initiative", "initiatives_initiativemove", "initiative", "status"),
    Rule("initiatives_initiativemove", "is no legal step: %s", f"""
        SELECT id, verb || ', ' || from_status || ' to ' || to_status
          FROM initiatives_initiativemove
         WHERE (verb, from_status, to_status) NOT IN ({_values(INITIATIVE_STEPS)})
           AND NOT (verb IN ('edit', 'hand_over') AND from_status = to_status)"""),
    Rule("initiatives_initiative", "has started without a key result of a committed objective", """
        SELECT id FROM initiatives_initiative bet
         WHERE status IN ('active', 'paused')
           AND NOT EXISTS (
               SELECT FROM initiatives_initiativelink link
                 JOIN objectives_keyresult key_result ON key_result.id = link.key_result_id
                 JOIN objectives_objective goal ON goal.id = key_result.objective_id
                WHERE link.initiative_id = bet.id AND goal.committed_at IS NOT NULL)"""),
    Rule("initiatives_initiative", "has started without a whole hypothesis", """
        SELECT id FROM initiatives_initiative
         WHERE status IN ('active', 'paused') AND '' IN (believe, will, know_when)"""),
    Rule("initiatives_initiative", "has started without kill criteria or a word on why", """
        SELECT id FROM initiatives_initiative bet
         WHERE status IN ('active', 'paused') AND no_criteria_because = ''
           AND NOT EXISTS (SELECT FROM initiatives_killcriterion WHERE initiative_id = bet.id)"""),
    Rule("initiatives_initiative", "was swapped for nothing", """
        SELECT id FROM initiatives_initiative WHERE status = 'swapped' AND successor_id IS NULL"""),
    Rule("initiatives_initiative", "has a successor and was not swapped", """
        SELECT id FROM initiatives_initiative
         WHERE status <> 'swapped' AND successor_id IS NOT NULL"""),
    Rule("initiatives_initiative", "was swapped for one of another team", """
        SELECT bet.id FROM initiatives_initiative bet
          JOIN initiatives_initiative successor ON successor.id = bet.successor_id
         WHERE successor.team_id <> bet.team_id"""),
    Rule("initiatives_initiative", "succeeds itself, by way of its own successors", """
        WITH RECURSIVE later AS (
            SELECT id AS first, successor_id AS next FROM initiatives_initiative
             WHERE successor_id IS NOT NULL
            UNION
            SELECT later.first, bet.successor_id
              FROM initiatives_initiative bet JOIN later ON bet.id = later.next
             WHERE bet.successor_id IS NOT NULL
        )
        SELECT first FROM later WHERE first = next"""),
    Rule("initiatives_initiative", "continues one that has not ended", """
        SELECT bet.id FROM initiatives_initiative bet
          JOIN initiatives_initiative former ON former.id = bet.continues_id
         WHERE former.ended_at IS NULL OR former.id = bet.id"""),
    Rule("initiatives_verdict", "is on what was never started", """
        SELECT verdict.id FROM initiatives_verdict verdict
          JOIN initiatives_initiativelink link ON link.id = verdict.link_id
          JOIN initiatives_initiative bet ON bet.id = link.initiative_id
         WHERE bet.started_at IS NULL"""),
    Rule("initiatives_initiative", "was killed or swapped without a reason or a learning", """
        SELECT id FROM initiatives_initiative
         WHERE status IN ('killed', 'swapped') AND '' IN (end_reason, learning)"""),
    *_history("initiatives_objection", "initiatives_objectionmove", "objection", "state"),
    Rule("initiatives_objectionmove", "is no legal step: %s", f"""
        SELECT id, verb || ', ' || from_state || ' to ' || to_state
          FROM initiatives_objectionmove
         WHERE (verb, from_state, to_state) NOT IN ({_values(OBJECTION_STEPS)})"""),
    # -- check-ins
    Rule("checkins_checkin", "is of a week that begins on another day than Monday, %s", """
        SELECT id, week::text FROM checkins_checkin WHERE extract(isodow FROM week) <> 1"""),
    Rule("checkins_checkin", "was sent by nobody or at no time", """
        SELECT id FROM checkins_checkin
         WHERE state = 'submitted' AND (submitted_by_id IS NULL OR submitted_at IS NULL)"""),
    Rule("checkins_checkin", "says of no sending who sent it as it stands, %s", """
        SELECT id, revision::text FROM checkins_checkin check_in
         WHERE state = 'submitted' AND NOT EXISTS (
               SELECT FROM checkins_sending sending
                WHERE sending.check_in_id = check_in.id AND sending.revision = check_in.revision
                  AND sending.by_id = check_in.submitted_by_id)"""),
    Rule("checkins_keyresultreport", "is of a revision that its check-in never had, %s", """
        SELECT report.id, report.revision::text
          FROM checkins_keyresultreport report
          JOIN checkins_checkin check_in ON check_in.id = report.check_in_id
         WHERE report.revision NOT BETWEEN 1 AND check_in.revision"""),
    Rule("checkins_initiativereport", "is of a revision that its check-in never had, %s", """
        SELECT report.id, report.revision::text
          FROM checkins_initiativereport report
          JOIN checkins_checkin check_in ON check_in.id = report.check_in_id
         WHERE report.revision NOT BETWEEN 1 AND check_in.revision"""),
    Rule("checkins_keyresultreport", "gives the value of another key result", """
        SELECT report.id
          FROM checkins_keyresultreport report
          JOIN objectives_measurement measurement ON measurement.id = report.measurement_id
         WHERE measurement.key_result_id <> report.key_result_id"""),
    Rule("checkins_helprequest", "is answered by nobody or with no word", """
        SELECT id FROM checkins_helprequest
         WHERE state = 'answered'
           AND (answered_by_id IS NULL OR answered_at IS NULL OR answer = '')"""),
    Rule("checkins_weekoff", "is a week off that begins on another day than Monday, %s", """
        SELECT id, week::text FROM checkins_weekoff WHERE extract(isodow FROM week) <> 1"""),
    # -- the pulse
    Rule("alignment_pulseround", "is closed, and still tells who was asked", """
        SELECT DISTINCT round.id FROM alignment_pulseround round
          JOIN alignment_pulsetally tally ON tally.round_id = round.id
         WHERE round.state = 'closed'"""),
    Rule("alignment_pulseresult", "shows fewer than four answers, or less than half, %s", """
        SELECT id, answered FROM alignment_pulseresult
         WHERE counts IS NOT NULL AND (answered < 4 OR 2 * answered < asked)"""),
    Rule("alignment_pulseresult", "has counts that don’t add up to its answers, %s", """
        SELECT id, answered FROM alignment_pulseresult
         WHERE counts IS NOT NULL
           AND (SELECT sum(n) FROM unnest(counts) n) <> 4 * answered"""),
    Rule("organisation_team", "checks in in another rhythm than the last it chose, %s", """
        SELECT id, rhythm FROM organisation_team
         WHERE rhythm <> coalesce(rhythms -> -1 ->> 0, 'weekly')"""),
    # -- alignment
    Rule("alignment_briefing", "is issued beside another revision of it", """
        SELECT id FROM alignment_briefing briefing
         WHERE state = 'issued'
           AND EXISTS (SELECT FROM alignment_briefing other
                        WHERE other.objective_id = briefing.objective_id
                          AND other.state = 'issued' AND other.id <> briefing.id)"""),
    Rule("alignment_briefing", "holds a main effort of another team or cycle", """
        SELECT briefing.id
          FROM alignment_briefing briefing
          JOIN objectives_objective goal ON goal.id = briefing.objective_id
         WHERE briefing.main_effort_of_id IS NOT NULL
           AND (briefing.main_effort_of_id, briefing.main_effort_in_id)
               IS DISTINCT FROM (goal.team_id, goal.cycle_id)"""),
    Rule("alignment_briefing", "names a second main effort of its team in its cycle", """
        SELECT briefing.id FROM alignment_briefing briefing
         WHERE main_effort_of_id IS NOT NULL
           AND EXISTS (SELECT FROM alignment_briefing other
                        WHERE other.main_effort_of_id = briefing.main_effort_of_id
                          AND other.main_effort_in_id = briefing.main_effort_in_id
                          AND other.id <> briefing.id)"""),
    Rule("alignment_backbrief", "answers a briefing of another objective", """
        SELECT backbrief.id
          FROM alignment_backbrief backbrief
          JOIN alignment_briefing briefing ON briefing.id = backbrief.briefing_id
         WHERE briefing.objective_id <> backbrief.objective_id"""),
    Rule("alignment_backbrief", "is given or accepted on a revision that is not in force", """
        SELECT backbrief.id
          FROM alignment_backbrief backbrief
          JOIN alignment_briefing briefing ON briefing.id = backbrief.briefing_id
         WHERE backbrief.state IN ('given', 'accepted') AND briefing.state <> 'issued'"""),
    Rule("alignment_backbrief", "is not in the state that its last move led to, %s", """
        SELECT backbrief.id, last.to_state
          FROM alignment_backbrief backbrief
          JOIN (SELECT DISTINCT ON (backbrief_id) backbrief_id, to_state
                  FROM alignment_backbriefmove ORDER BY backbrief_id, at DESC, id DESC) last
            ON last.backbrief_id = backbrief.id
         WHERE last.to_state <> backbrief.state"""),
    Rule("alignment_contribution", "leads back to its own objective, by way of others", """
        WITH RECURSIVE upward AS (
            SELECT id AS first, objective_id, towards_id FROM alignment_contribution
             WHERE ended_at IS NULL
            UNION
            SELECT upward.first, upward.objective_id, further.towards_id
              FROM upward
              JOIN alignment_contribution further ON further.objective_id = upward.towards_id
             WHERE further.ended_at IS NULL
        )
        SELECT DISTINCT first FROM upward WHERE towards_id = objective_id"""),
    Rule("alignment_contribution", "supports a key result of another objective", """
        SELECT contribution.id
          FROM alignment_contribution contribution
          JOIN objectives_keyresult key_result ON key_result.id = contribution.key_result_id
         WHERE key_result.objective_id <> contribution.towards_id"""),
    Rule("alignment_contributionrequest", "was accepted as something of another team", """
        SELECT request.id
          FROM alignment_contributionrequest request
          LEFT JOIN objectives_objective goal ON goal.id = request.objective_id
          LEFT JOIN initiatives_initiative bet ON bet.id = request.initiative_id
         WHERE COALESCE(goal.team_id, bet.team_id, request.asked_team_id)
               <> request.asked_team_id"""),
]  # fmt: skip


def broken(organisation: Organisation, *, now: datetime) -> list[Broken]:
    """Each row that breaks a rule, rule by rule."""
    today, found = organisation.today(now), []
    with connection.cursor() as cursor:
        for rule in RULES:
            cursor.execute(rule.sql, {"today": today})
            for pk, *words in cursor.fetchall():
                told = rule.sentence % tuple(words) if words else rule.sentence
                found.append(Broken(rule.table, pk, told))
    otherwise = "has another progress with its initiatives than without"
    table = Objective._meta.db_table
    return found + [Broken(table, pk, otherwise) for pk in _moved_by_means(today)]


def _moved_by_means(today: date) -> list[int]:
    """Objectives that are read otherwise where no initiative is to be seen."""
    with_means = _progress(today)
    with transaction.atomic(), connection.cursor() as cursor:
        # A temporary table of the same name is found first, and is empty.
        for table in connection.introspection.table_names(cursor):
            if table.startswith("initiatives_"):
                name = connection.ops.quote_name(table)
                cursor.execute(f"CREATE TEMPORARY TABLE {name} (LIKE {name})")
        without_means = _progress(today)
        transaction.set_rollback(True)
    return [pk for pk, found in with_means.items() if found != without_means[pk]]


def _progress(today: date) -> dict[int, RollUp]:
    """By objective, as its page reads it."""
    readings: dict[int, list[Reading]] = {}
    for key_result in KeyResult.objects.with_series().select_related("objective__cycle"):
        reading = read(key_result, today=today, language="en")
        readings.setdefault(key_result.objective_id, []).append(reading)
    return {pk: roll_up_of(found) for pk, found in readings.items()}
