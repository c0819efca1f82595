"""What PostgreSQL alone needs for the rows that a page shows: one statement, nothing drawn."""

from typing import Any, NamedTuple


class Floor(NamedTuple):
    sql: str
    params: dict[str, Any]


KEY_RESULTS = """
SELECT goal.id, goal.title, owner.name, key_result.*, team.name,
       ARRAY(SELECT (day, value)::text FROM objectives_measurement
              WHERE key_result_id = key_result.id ORDER BY day),
       ARRAY(SELECT (check_in.week, report.confidence, report.sentence)::text
               FROM checkins_keyresultreport report
               JOIN checkins_checkin check_in ON check_in.id = report.check_in_id
              WHERE report.key_result_id = key_result.id AND report.revision = check_in.revision
              ORDER BY check_in.week),
       ARRAY(SELECT initiative.status FROM initiatives_initiativelink link
               JOIN initiatives_initiative initiative ON initiative.id = link.initiative_id
              WHERE link.key_result_id = key_result.id),
       ARRAY(SELECT (move.verb, move.at)::text FROM initiatives_initiativelink link
               JOIN initiatives_initiativemove move ON move.initiative_id = link.initiative_id
              WHERE link.key_result_id = key_result.id ORDER BY move.at)
  FROM objectives_keyresult key_result
  JOIN objectives_objective goal ON goal.id = key_result.objective_id
  JOIN organisation_team team ON team.id = key_result.team_id
  LEFT JOIN organisation_user owner ON owner.id = goal.owner_id
 WHERE {where}
 ORDER BY goal.position, key_result.position
"""

TEAMS = "SELECT * FROM organisation_team WHERE cardinality(ancestor_ids) <= 2 ORDER BY name"

PEOPLE = """
SELECT team.name, person.name, person.email, permission.codename
  FROM organisation_teamgrant membership
  JOIN organisation_team team ON team.id = membership.content_object_id
  JOIN organisation_user person ON person.id = membership.user_id
  JOIN auth_permission permission ON permission.id = membership.permission_id
 WHERE team.id = %(team)s
"""

# A week further on each time, because a team's check-in of a week is one row.
CHECK_IN = """
WITH sent AS (
    INSERT INTO checkins_checkin
           (team_id, week, state, draft, in_the_way, revision, submitted_by_id, submitted_at,
            first_submitted_at, version)
    SELECT %(team)s, max(week) + 7, 'submitted', '{}', '', 1, %(team)s, now(), now(), 1
      FROM checkins_checkin WHERE team_id = %(team)s
 RETURNING id
), measured AS (
    INSERT INTO objectives_measurement
           (key_result_id, day, value, note, source, entered_by_id, entered_at, reason)
    SELECT id, '2000-01-03', 60, '', 'check-in', %(team)s, now(), ''
      FROM objectives_keyresult WHERE team_id = %(team)s
 RETURNING id, key_result_id
)
INSERT INTO checkins_keyresultreport
       (check_in_id, revision, key_result_id, measurement_id, confidence, sentence)
SELECT sent.id, 1, measured.key_result_id, measured.id, 7, 'It grew.' FROM sent, measured
"""


def key_results(where: str, **params: Any) -> Floor:
    return Floor(KEY_RESULTS.format(where=where), params)
