from apps.objectives.models import Constraint, Cycle, Input, KeyResult, Objective, ReportRequest
from apps.objectives.models.cycle import MOVES as CYCLE_MOVES
from apps.objectives.models.objective import MOVES as OBJECTIVE_MOVES
from apps.objectives.models.report_request import REPORT_REQUEST_MOVES
from apps.organisation.machines import NOWHERE, Machine

MACHINES = [
    Machine(
        "cycle", Cycle, "state", {"create": ((NOWHERE,), "planned"), **CYCLE_MOVES},
        {
            "create": "a name and days; an administrator",
            "open_input": "an administrator",
            "start_cycle": "its first day; an administrator",
            "begin_review": "an administrator",
            "close_cycle": "its last day; what nobody reviewed ends without a review",
        },
    ),
    Machine(
        "objective", Objective, "state",
        {
            "draft": ((NOWHERE,), "draft"),
            "import": ((NOWHERE,), "committed"),
            **OBJECTIVE_MOVES,
        },
        {
            "draft": "a title and why it matters",
            "import": "a list, and an administrator; each gap is marked",
            "open_for_input": "a key result, or the word that they are wanted; until when",
            "back_to_draft": "a leader of the team or above",
            "withdraw": "a reason",
            "commit": "a whole key result, every input answered; early or without input: a reason",
            "close": "a review",
            "abandon": "a reason; each team with a live initiative on it is asked",
        },
    ),
    Machine(
        "key result", KeyResult, "",
        {"define": ((NOWHERE,), "counted"), "drop": (("counted",), "dropped")},
        {
            "define": "an objective in draft or open for input",
            "drop": "a committed objective and a reason",
        },
    ),
    Machine(
        "request to report", ReportRequest, "state",
        {"ask_to_report": ((NOWHERE,), "open"), **REPORT_REQUEST_MOVES},
        {
            "ask_to_report": "a word; a leader of the objective's team or above",
            "accept_report": "one of the team asked; nobody was asked since",
            "decline_report": "a word; one of the team asked",
        },
    ),
    Machine(
        "input", Input, "",
        {
            "give": ((NOWHERE,), "standing"),
            "answer": (("standing",), "answered"),
            "withdraw": (("standing",), "withdrawn"),
        },
        {
            "give": "an answer to one of three prompts, while the objective is open for input",
            "answer": "adopted, partly or not adopted, and a sentence",
            "withdraw": "whoever gave it",
        },
    ),
    Machine(
        "constraint", Constraint, "",
        {"set": ((NOWHERE,), "in force"), "lift": (("in force",), "lifted")},
        {
            "set": "one sentence and a reason; a leader of the team or above",
            "lift": "a leader of the team or above",
        },
    ),
]  # fmt: skip
