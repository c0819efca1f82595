"""Who works at Lindenmarkt, and what they want. Plain data; weeks count from 1."""

from typing import NamedTuple

PASSWORD = "lindenmarkt"  # noqa: S105 — printed by `make demo`, only ever in a demo database
DOMAIN = "lindenmarkt.example"

# The four whose accounts are printed, by role.
ACCOUNTS = {
    "organisation leader": "Mara Petersen",
    "team leader": "Ines Kaya",
    "member": "Tom Richter",
    "administrator": "Hanna Weiss",
}

# team: (parent, leader, members, what it decides alone, limit of active initiatives)
TEAMS: dict[str, tuple[str, str, tuple[str, ...], str, int | None]] = {
    "Shop": ("Lindenmarkt", "Leyla Demir", (), "", None),
    "Fulfilment": ("Lindenmarkt", "Jonas Albrecht", (), "", None),
    "Checkout": (
        "Shop",
        "Ines Kaya",
        (
            "Tom Richter",
            "Aylin Sommer",
            "Ben Okafor",
            "Hanne Sievers",
            "Malik Farouk",
            "Greta Lund",
        ),
        "Anything inside the checkout, and up to €20,000 a quarter.",
        3,
    ),
    "Payments": (
        "Shop",
        "Felix Brandt",
        ("Ida Lorenz", "Emre Yilmaz", "Oskar Beck", "Yuki Mori", "Clara Hoff"),
        "",
        4,
    ),
    "Search": (
        "Shop",
        "Mei Tanaka",
        ("Paul Winter", "Anton Wolf", "Lina Berg", "Sami Aalto", "Vera Pohl"),
        "",
        None,
    ),
    "Loyalty": (
        "Shop",
        "Nuria Vogel",
        ("Jan Kowalski", "Nils Arndt", "Farah Aziz", "Olga Petrov", "Luca Romano"),
        "",
        None,
    ),
    "Delivery": (
        "Fulfilment",
        "Karim Haddad",
        ("Lena Vogt", "Stefan Groß", "Pavel Horak", "Rosa Lemke", "Timo Keller", "Ewa Zielinska"),
        "Routes, tours and shifts. Contracts with carriers need Jonas.",
        4,
    ),
    "Service": ("Fulfilment", "Sofie Lindqvist", ("Marta Nowak", "Leo Fischer"), "", None),
}
OBSERVERS = {"Checkout": ("Otto Reimann",)}
INVITED = ("Checkout", "Lotte Brandt")  # on Monday of this week, and not here yet


class Outcome(NamedTuple):
    """A key result, and what was reported of it: a value and a confidence a week."""

    title: str
    team: str
    kind: str
    unit: str
    baseline: str | None
    target: str | None
    values: tuple[str | None, ...]
    confidence: tuple[int | None, ...]
    metric: str
    measured_by: str
    decimals: int = 1
    low: str | None = None
    high: str | None = None
    bounds: tuple[str | None, str | None] = ("0", None)
    ambition: str = "committed"
    effect_from: int | None = None  # day of the cycle
    sentences: dict[int, str] = {}
    amended: tuple[int, str, str] | None = None  # day of the cycle, new target, reason


class Goal(NamedTuple):
    title: str
    team: str
    owner: str
    why: str
    not_doing: str
    outcomes: tuple[Outcome, ...]
    # who said it, what they would change or what stands in the way, the answer and its sentence
    inputs: tuple[tuple[str, str, str, str, str], ...]
    constraints: tuple[tuple[str, str], ...] = ()


GOALS = (
    Goal(
        title="Create a world-class checkout experience",
        team="Lindenmarkt",
        owner="Mara Petersen",
        why=(
            "Shoppers who reached the basket have decided. Every one who gives up after that is "
            "our doing. By New Year, paying should be the easiest part of the visit."
        ),
        not_doing="An app. More payment brands for their own sake. A second redesign.",
        outcomes=(
            Outcome(
                "Checkout conversion rate",
                "Checkout",
                "increase",
                "%",
                "52",
                "65",
                ("52.4", "53.2", "54.3", "55.1", None, "55.9", None),
                (8, 8, 8, 8, None, 7, None),
                "Orders paid, of all visits that reach the basket, over seven days",
                "Shop statistics, Fridays, by Checkout",
                bounds=("0", "100"),
                sentences={
                    2: "One-page checkout went live for everyone.",
                    4: "Phones gain, desktop stands still.",
                    6: "The guest prompt shows no effect, growth flattens.",
                },
            ),
            Outcome(
                "Average customer satisfaction",
                "Checkout",
                "increase",
                "of 10",
                "6.9",
                "8",
                ("6.9", "7.0", "7.0", "7.2", None, "7.4", None),
                (7, 7, 7, 8, None, 8, None),
                "Mean answer to “How was paying?”, asked of one order in ten",
                "Survey after the order, by Service",
                bounds=("0", "10"),
                sentences={6: "People like that they see the delivery day before they pay."},
            ),
        ),
        inputs=(
            (
                "Aylin Sommer",
                "change",
                "65% is right for phones. Desktop is at 61 already; say both.",
                "adopted",
                "The reason names phones now; the number stays one, so that nobody can "
                "trade one for the other.",
            ),
            (
                "Felix Brandt",
                "way",
                "We can’t hold payment failures down with the old card contract.",
                "partly",
                "The goal stays. The contract is renewed in week 3 instead of week 9.",
            ),
            (
                "Nuria Vogel",
                "change",
                "Count a sign-up in the checkout as success, too.",
                "not-adopted",
                "A sign-up is our wish, not the shopper’s. It belongs to “Become the "
                "shop people come back to”.",
            ),
        ),
        constraints=(
            (
                "No customer data leaves the European Union",
                "Our promise since 2014, and a term of the works agreement.",
            ),
            (
                "No dark patterns: leaving is as easy as staying",
                "We want people to come back. That is the next goal.",
            ),
        ),
    ),
    Goal(
        title="Every card that should work, works",
        team="Shop",
        owner="Leyla Demir",
        why="A failed payment is our failure, whoever’s fault it is.",
        not_doing="New payment brands.",
        outcomes=(
            Outcome(
                "Payments that fail",
                "Payments",
                "decrease",
                "%",
                "4.2",
                "1.8",
                ("4.1", "3.6", "3.0", "2.7", "2.5", "2.4", "2.3"),
                (7, 7, 8, 8, 9, 9, 9),
                "Payments refused although the card is good, of all payments tried",
                "Acquirer’s report, daily, by Payments",
                bounds=("0", "100"),
                amended=(
                    11,
                    "1.5",
                    "The new contract came six weeks early; 1.8% would be no stretch.",
                ),
                sentences={7: "Retries bring back one payment in three."},
            ),
        ),
        inputs=(
            (
                "Ines Kaya",
                "unclear",
                "Does a shopper who gives up count as a failed payment?",
                "adopted",
                "No. Only a payment that was tried and refused.",
            ),
        ),
    ),
    Goal(
        title="Deliver when we said we would",
        team="Fulfilment",
        owner="Jonas Albrecht",
        why="A parcel on the promised day is the one thing people tell their friends about.",
        not_doing="Faster delivery. Same-day. Our own vans.",
        outcomes=(
            Outcome(
                "Orders delivered on the promised day",
                "Delivery",
                "increase",
                "%",
                "81",
                "97",
                ("81.5", "82.8", "84.1", "84.6", "84.0", "82.9", "82.3"),
                (6, 6, 7, 7, 6, 6, 3),
                "Orders handed over on the day first promised, of all orders due that week",
                "Parcel report, Fridays, by Delivery",
                bounds=("0", "100"),
                effect_from=14,
                amended=(
                    25,
                    "95",
                    "97 needs both docks in the north; the second is gone until spring.",
                ),
                sentences={
                    2: "The depot in Halle opens; first gain comes before the day we counted on.",
                    4: "Storm week in the north.",
                    6: "The only carrier in the north stops Saturday tours.",
                    7: "With one carrier we can do nothing about Saturdays. Nine of ten late "
                    "parcels are in the north.",
                },
            ),
            Outcome(
                "Deliveries within a two-hour window",
                "Delivery",
                "increase",
                "%",
                "22",
                "45",
                ("21.8", "22.4", "22.1", "22.6", "22.3", "22.5", "22.4"),
                (6, 6, 6, 6, 6, 6, 6),
                "Parcels handed over within the window announced that morning",
                "Parcel report, Fridays, by Delivery",
                bounds=("0", "100"),
                ambition="aspirational",
                effect_from=56,
            ),
            Outcome(
                "Parcels that arrive damaged",
                "Delivery",
                "at-most",
                "%",
                None,
                None,
                ("1.1", "1.2", "1.6", "1.3", "1.2", "1.1", "1.2"),
                (7, 7, 6, 7, 7, 7, 7),
                "Parcels reported damaged within a week",
                "Service tickets, by Delivery",
                high="1.5",
                bounds=("0", "100"),
            ),
        ),
        inputs=(
            (
                "Karim Haddad",
                "way",
                "Saturdays hang on a single carrier in the north.",
                "partly",
                "Seen. A second carrier is looked for; the target stays.",
            ),
            (
                "Sofie Lindqvist",
                "change",
                "Count what the shopper was told first, not the last date.",
                "adopted",
                "The metric says so now: the day first promised.",
            ),
        ),
        constraints=(
            ("No night shifts in the depots", "Agreed with the works council in spring."),
        ),
    ),
    Goal(
        title="Become the shop people come back to",
        team="Shop",
        owner="Leyla Demir",
        why="A first order costs us €19 to win. The second one pays for it.",
        not_doing="Discounts for regulars.",
        outcomes=(
            Outcome(
                "Second purchase within 90 days",
                "Loyalty",
                "increase",
                "%",
                "24",
                "32",
                ("24.0", "24.6", "25.3", "25.9", None, None, None),
                (6, 6, 6, 6, 5, None, None),
                "First-time buyers of a week who buy again within 90 days",
                "Shop statistics, by Loyalty",
                bounds=("0", "100"),
                sentences={5: "The new consent banner cut our tracking. Legal has the ticket."},
            ),
            Outcome(
                "Searches that end in a basket",
                "Search",
                "increase",
                "%",
                "13",
                "18",
                ("13.2", "13.5", "14.1", "14.6", "15.0", "15.4", "15.7"),
                (6, 6, 6, 6, 6, 6, 6),
                "Searches after which something is put into the basket within ten minutes",
                "Search log, daily, by Search",
                bounds=("0", "100"),
            ),
        ),
        inputs=(
            (
                "Mei Tanaka",
                "unclear",
                "Do searches from outside engines count?",
                "adopted",
                "No, only those in our own search box.",
            ),
        ),
    ),
    Goal(
        title="Answer before anyone has to ask",
        team="Fulfilment",
        owner="Jonas Albrecht",
        why="Each “Where is my order?” is a promise that we let someone worry about.",
        not_doing="A chat robot.",
        outcomes=(
            Outcome(
                "“Where is my order?” contacts per 100 orders",
                "Service",
                "decrease",
                "",
                "9",
                "4",
                ("8.8", "8.5", "8.1", "7.4", "7.1", "6.9", "6.4"),
                (6, 6, 6, 6, 6, 6, 6),
                "Tickets and calls that ask where an order is, per 100 orders sent",
                "Ticket system, Fridays, by Service",
            ),
            Outcome(
                "First replies within four hours",
                "Service",
                "increase",
                "%",
                "61",
                "85",
                ("62", "64.5", "66", "68.5", "70", "72.5", "73"),
                (7, 7, 7, 7, 7, 7, 7),
                "First answers by a person within four hours of opening, of all tickets",
                "Ticket system, Fridays, by Service",
                bounds=("0", "100"),
            ),
        ),
        inputs=(
            (
                "Lena Vogt",
                "change",
                "Say it per 100 orders, or a good week looks bad.",
                "adopted",
                "Yes. It is counted per 100 orders now.",
            ),
        ),
    ),
)
# The week in which a team missed its check-in, or was late with it.
MISSED = {"Checkout": {5}, "Loyalty": {6}}
# Away for a week, and said so beforehand.
OFF = {"Service": {4}}
# Search checks in every two weeks, since the second one.
EVERY_TWO_WEEKS = {"Search": 2}
LATE = {"Delivery": {3, 6}, "Search": {2}, "Loyalty": {5}}
# They have not checked in for this week yet: someone who tries Bearing can do it.
OPEN_THIS_WEEK = {"Checkout", "Loyalty"}
