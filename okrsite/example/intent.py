"""What leaders of Lindenmarkt mean by their goals, and what teams make of it. Plain data."""

from typing import NamedTuple


class Revision(NamedTuple):
    """A briefing as it was issued on a day of the cycle."""

    day: int
    context: str
    one_up: str
    two_up: str
    intent: str
    tasks: tuple[str, ...]
    main_effort: int | None
    freedoms: str


class Said(NamedTuple):
    """A backbrief, and what became of it: the day, the verb and the leader's word."""

    day: int
    team: str
    by: str
    understood: str
    will_do: tuple[str, ...] = ()  # titles of initiatives
    needs: str = ""
    gives_up: str = ""
    questions: str = ""
    answer: tuple[int, str, str] | None = None


CHECKOUT = "Create a world-class checkout experience"
ON_TIME = "Deliver when we said we would"

# By the objective's title.
BRIEFINGS: dict[str, tuple[Revision, ...]] = {
    CHECKOUT: (
        Revision(
            -2,
            "Two in three shoppers who fill a basket leave before they pay. The shops we lose them "
            "to ask for less.",
            "",
            "Stay independent of any single payment company.",
            "Make paying the easiest part of the visit, in order that people who have decided to "
            "buy can do so.",
            ("Members find their gift cards in the checkout.",
             "A payment that fails says what to do next."),
            None,
            "Every means inside the checkout, up to €10,000 a quarter.",
        ),
        Revision(
            2,
            "Two in three shoppers who fill a basket leave before they pay. The shops we lose them "
            "to ask for less. After Black Friday, habits are set until spring.",
            "Grow on shoppers we already have, not on bought traffic.",
            "Stay independent of any single payment company.",
            "Make paying the easiest part of the visit, in order that people who have decided to "
            "buy can do so in a minute.",
            ("Members find their gift cards in the checkout.",
             "A payment that fails says what to do next.",
             "Satisfaction is asked for after paying, not instead of it."),
            2,
            "Every means inside the checkout, up to €10,000 a quarter. Order and number of steps, "
            "texts, payment partners on trial.",
        ),
        Revision(
            44,
            "Two in three shoppers who fill a basket leave before they pay. On phones it is three "
            "in four. The shops we lose them to ask for less. After Black Friday, habits are set "
            "until spring.",
            "Grow on shoppers we already have, not on bought traffic.",
            "Stay independent of any single payment company.",
            "Make paying the easiest part of the visit, in order that people who have decided to "
            "buy can do so in a minute.",
            ("Guests pay as easily as members.",
             "A payment that fails says what to do next.",
             "Satisfaction is asked for after paying, not instead of it."),
            1,
            "Every means inside the checkout, up to €20,000 a quarter. Order and number of steps, "
            "texts, payment partners on trial.",
        ),
    ),
    ON_TIME: (
        Revision(
            3,
            "In the north one carrier drives for us, and not on every day.",
            "", "",
            "Promise only what we can keep, in order that nobody waits at home for nothing.",
            ("The date in the basket is the date at the door.",),
            1,
            "Routes, tours and shifts. Which carriers to talk to.",
        ),
    ),
}  # fmt: skip

# Whom a briefing asks besides those that report a key result or bet on it.
ASKED = {CHECKOUT: ("Payments", "Service"), ON_TIME: ()}

BACKBRIEFS: dict[str, tuple[Said, ...]] = {
    CHECKOUT: (
        Said(
            4, "Checkout", "Ines Kaya",
            "Make paying possible without remembering anything. Guests first.",
            ("One-page checkout",), "", "The new gift-card page, until January.", "",
            (5, "accept", "Yes, that is what I meant. Guests before gift cards."),
        ),
        Said(
            45, "Payments", "Felix Brandt",
            "A failed payment is our failure, whoever’s fault it is.",
            (), "The acquirer’s raw decline codes, from Legal, by next Friday.",
            "The second acquirer waits until January.", "",
            (45, "accept", "Yes, that is what I meant. I’ll ask Legal today."),
        ),
        Said(
            45, "Service", "Sofie Lindqvist",
            "Answer payment questions faster.",
            (), "", "", "Which questions count?",
            (46, "return",
             "I meant fewer questions, not faster answers. What would have to be true so that "
             "nobody needs to ask?"),
        ),
    ),
    ON_TIME: (
        Said(
            5, "Delivery", "Karim Haddad",
            "A later date that holds beats an early one that does not.",
            (), "A second carrier for the north.", "Evening tours outside the cities.",
        ),
    ),
}  # fmt: skip

# The objective that supports, the goal that is supported (an objective or a key result), and how.
CONTRIBUTIONS = (
    ("Every card that should work, works", "Checkout conversion rate",
     "A card that is refused although it is good ends one visit in forty."),
    ("Answer before anyone has to ask", CHECKOUT,
     "Who need not ask where the order is trusts the next one."),
)  # fmt: skip


class Asked(NamedTuple):
    """What a team asked of another: when, for which goal, and the reason if it was declined."""

    day: int
    team: str
    by: str
    of: str
    goal: str
    what: str
    why: str
    by_when: int
    declined: tuple[int, str, str] | None = None  # day, by, reason
    taken: tuple[int, str, str] | None = None  # day, by, title of a new initiative


REQUESTS = (
    Asked(43, "Checkout", "Ines Kaya", "Delivery", "Checkout conversion rate",
          "The delivery day, as early as the basket.",
          "One in three leaves the checkout to look for it.", 58),
    Asked(30, "Checkout", "Ines Kaya", "Search", "Checkout conversion rate",
          "A way from the list of results straight into the basket.",
          "Each page in between loses one in ten.", 60,
          taken=(32, "Mei Tanaka", "Basket from the results list")),
    Asked(20, "Loyalty", "Nuria Vogel", "Checkout", "Second purchase within 90 days",
          "Ask for the newsletter while people pay.",
          "Whom we may write to comes back.", 40,
          declined=(22, "Ines Kaya", "Every field in the checkout costs orders. Ask after it.")),
)  # fmt: skip
