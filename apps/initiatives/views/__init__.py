"""Pages and components for initiatives: read them, put them in words, move them."""

from apps.initiatives.views.archive import archive_team
from apps.initiatives.views.bets import beside, edit, propose, suggest
from apps.initiatives.views.judging import add_evidence, give_verdict, go_on
from apps.initiatives.views.learnings import figures, learnings, team_figures, team_learnings
from apps.initiatives.views.moves import (
    decline,
    finish,
    kill,
    pause,
    resume,
    start,
    swap,
    take_over,
)
from apps.initiatives.views.objections import (
    answer_objection,
    meet_objection,
    object_to,
    withdraw_objection,
)
from apps.initiatives.views.pages import board, initiative

__all__ = [
    "add_evidence",
    "answer_objection",
    "archive_team",
    "beside",
    "board",
    "decline",
    "edit",
    "figures",
    "finish",
    "give_verdict",
    "go_on",
    "initiative",
    "kill",
    "learnings",
    "meet_objection",
    "object_to",
    "pause",
    "propose",
    "resume",
    "start",
    "suggest",
    "swap",
    "take_over",
    "team_figures",
    "team_learnings",
    "withdraw_objection",
]
