from apps.initiatives.models import MOVES, Initiative, Objection
from apps.initiatives.models.objection import OBJECTION_MOVES
from apps.organisation.machines import NOWHERE, Machine

BEFORE_IT_IS_ACTIVE = (
    "a key result of a committed objective, a hypothesis, kill criteria or why there are none; "
    "at the limit, which one to pause"
)

MACHINES = [
    Machine(
        "initiative", Initiative, "status",
        {
            "propose": ((NOWHERE,), "proposed"),
            "suggest": ((NOWHERE,), "proposed"),
            "continue": ((NOWHERE,), "proposed"),
            "import": ((NOWHERE,), "proposed"),
            **MOVES,
        },
        {
            "propose": "a title; one of the team",
            "suggest": "a title; it is marked as suggested from outside",
            "continue": "a title and one that has ended; one of the team",
            "import": "a list, and an administrator",
            "take_over": "a suggestion from outside; one of the team, with a word or without",
            "start": BEFORE_IT_IS_ACTIVE,
            "pause": "a reason, and perhaps the day on which to look again",
            "resume": BEFORE_IT_IS_ACTIVE,
            "swap": "a reason, a learning and a successor",
            "kill": "a reason and a learning",
            "finish": "what was delivered",
            "decline": "a word",
        },
    ),
    Machine(
        "objection", Objection, "state",
        {"raise": ((NOWHERE,), "open")}
        | {verb: (("open",), to) for verb, to in OBJECTION_MOVES.items()},
        {
            "raise": "a constraint in force and a reason; a leader above",
            "answer": "a sentence; one of the team",
            "meet": "what was changed; one of the team",
            "withdraw": "whoever raised it",
        },
    ),
]  # fmt: skip
