"""What the teams of Lindenmarkt try, and what became of it. Plain data; days of the cycle."""

from typing import NamedTuple


class Bet(NamedTuple):
    title: str
    team: str
    by: str
    moves: str  # the key result's title
    effect: str | None  # in its own unit
    by_when: int
    believe: str
    will: str
    know_when: str
    stop: tuple[str, str, str, int] | None  # observable, comparator, limit, day
    proposed: int
    started: int | None = None
    because: str = ""  # why it has no kill criterion
    cost: str = ""
    suggested_by: str = ""  # from outside the team
    paused: tuple[int, str, int] | None = None  # day, why, look again on
    finished: tuple[int, str, str] | None = None  # day, delivered, learning
    killed: tuple[int, str, str] | None = None  # day, reason, learning
    swapped: tuple[int, str, str, str] | None = None  # day, reason, learning, successor's title
    words: dict[int, tuple[str, str]] = {}
    # day, by whom from above, the constraint's sentence, in what way it goes against it
    objected: tuple[int, str, str, str] | None = None
    met: tuple[int, str] | None = None  # day, what was changed
    verdict: tuple[int, str, str] | None = None  # day, kind, evidence
    opened_by: tuple[str, ...] = ()  # teams that read what it taught
    stop_on_value: tuple[str, str, int] | None = None  # comparator, limit of the key result, day
    went_on: tuple[int, str] | None = None  # day, because: its stop mark had not come true
    evidence: tuple[tuple[int, str], ...] = ()  # day, what was seen
    taken_over: int | None = None  # the day on which the team took what was suggested
    continues: str = ""  # the title of one that has ended


BETS = (
    Bet(
        "One-page checkout", "Checkout", "Ines Kaya", "Checkout conversion rate", "2", 30,
        "shoppers who see address, delivery and payment on one page",
        "leave less often between the steps",
        "conversion is two points higher three weeks after the last step is gone",
        ("Shoppers who finish the new page", "below", "50%", 12),
        proposed=-5, started=1,
        finished=(10, "One page for everyone, on phones and desktop.",
                  "Fewer steps help on phones, nothing changes on desktop."),
        verdict=(31, "as-expected", "Phones went from 49% to 53%, desktop stood still."),
        opened_by=("Payments", "Search"),
        words={1: ("Half of the visitors see the new page.", "Everyone, if nothing breaks.")},
    ),
    Bet(
        "Guest prompt", "Checkout", "Tom Richter", "Checkout conversion rate", "2", 60,
        "guests who are told that they need no account", "pay instead of leaving",
        "one in ten guests who see the prompt goes on",
        ("Guests who go on after the prompt", "below", "5%", 40),
        proposed=9, started=16,
        swapped=(42, "no-effect", "Guests leave at the password, not at the address. Next time "
                 "we watch five people first.", "Amazon sign-in"),
        words={
            4: ("The prompt is live for half of the guests.", "Watch where they leave."),
            6: ("4% go on. Growth flattens.", "Talk about something better."),
        },
    ),
    Bet(
        "Amazon sign-in", "Checkout", "Ines Kaya", "Checkout conversion rate", "2", 60,
        "people who have an address and a card at Amazon",
        "pay with them instead of making an account",
        "8% of visitors choose it, and conversion is two points higher",
        ("Visitors who choose it", "below", "8%", 53),
        proposed=24, cost="Four weeks of two people",
        objected=(43, "Mara Petersen", "No customer data leaves the European Union",
                  "The sign-in sends the basket to a server in Virginia. Keep the idea, change "
                  "the way it is built."),
        evidence=((43, "Watched five people pay. Three did not notice the button below the fold."),),
    ),
    Bet(
        "Shopping-cart reminder", "Checkout", "Tom Richter", "Checkout conversion rate", "1", 67,
        "one mail four hours after a basket was left", "bring back people who were interrupted",
        "one in twenty mails leads to an order",
        ("Orders per hundred mails", "below", "3", 60), stop_on_value=("below", "57.5", 60),
        proposed=17, started=23,
        evidence=((32, "Mails sent in the evening bring twice the orders of those at noon."),
                  (39, "One shopper in 200 stops the mails.")),
        words={
            4: ("First mails sent to one shopper in ten.", "Shorten the text."),
            6: ("4 orders per 100 mails, and rising.", "Everyone before Black Friday."),
        },
    ),
    Bet(
        "Size of the basket icon", "Checkout", "Tom Richter", "Checkout conversion rate", "0.5", 80,
        "a larger basket icon", "remind people of what they left in it",
        "visits that open the basket rise by a tenth",
        ("Visits that open the basket", "below", "11%", 70),
        proposed=26, started=29,
        paused=(38, "Too few visitors to measure before Black Friday.", 56),
    ),
    Bet(
        "Show the delivery day in the basket", "Checkout", "Ines Kaya", "Checkout conversion rate",
        "1", 80, "shoppers who don’t know when it arrives", "stop in the basket to think", "",
        None, proposed=36, suggested_by="Lena Vogt",
    ),
    Bet(
        "Pay later with invoice", "Checkout", "Aylin Sommer", "Checkout conversion rate", "3", 85,
        "half of our German shoppers, who know it from other shops",
        "finish an order that they would have left",
        "one order in ten is paid by invoice",
        None, proposed=39,
    ),
    Bet(
        "Ask after paying, not instead of it", "Checkout", "Aylin Sommer",
        "Average customer satisfaction", "0.4", 40,
        "people who are asked once the order is safe", "answer kindly and honestly",
        "two in ten answer, and the mean rises",
        ("Share of orders that answer", "below", "10%", 63), proposed=6, started=12,
        finished=(27, "The question stands on the thank-you page.",
                  "Three times as many answers; the mean rose by 0.2 at once and stayed."),
        verdict=(41, "less", "Half of what we hoped for, and all of it in the first week."),
    ),
    Bet(
        "Retry a failed card once", "Payments", "Felix Brandt", "Payments that fail", "-0.6", 60,
        "a second try four seconds later", "get a third of the refused payments through",
        "the acquirer’s report shows one in three brought back",
        ("Payments brought back by the retry", "below", "15%", 38),
        proposed=3, started=10,
        went_on=(39, "It brings back 31%, twice what we asked of it."),
        words={6: ("One in three comes back.", "Retry once more for debit cards.")},
    ),
    Bet(
        "Say what to do when a payment fails", "Payments", "Ida Lorenz", "Payments that fail",
        "-0.3", 75, "shoppers who are told which card to try", "try a second one instead of leaving",
        "half of the refused try again",
        None, proposed=20, started=31, because="it is a text, and takes an afternoon to take back",
    ),
    Bet(
        "Direct debit for regulars", "Payments", "Emre Yilmaz", "Payments that fail", "-0.2", 85,
        "regulars who pay by direct debit", "have no card that can fail", "", None, proposed=33,
        suggested_by="Ines Kaya", taken_over=41,
    ),
    Bet(
        "Promise a day, not a span", "Delivery", "Lena Vogt",
        "Orders delivered on the promised day", "2", 30,
        "a single promised day", "make depots plan for it", "depots ask for the list of the day",
        ("Depots that plan by the list", "below", "5 of 9", 14),
        proposed=-6, started=1,
        finished=(17, "Every order names one day.", "A promise that can be broken is planned for."),
        verdict=(32, "less", "The depots plan by the list; in the north it changed nothing."),
    ),
    Bet(
        "Pick by route, not by order", "Delivery", "Karim Haddad",
        "Orders delivered on the promised day", "5", 67,
        "parcels picked in the order of the tour", "leave the depot an hour earlier",
        "vans leave before seven in all nine depots",
        ("Depots whose vans leave before seven", "below", "6 of 9", 56),
        proposed=5, started=8,
        words={6: ("Seven depots pick by route.", "The two in the north wait for the second dock.")},
    ),
    Bet(
        "Second evening tour", "Delivery", "Stefan Groß", "Orders delivered on the promised day",
        "3", 74, "people who are out all day", "are at home for a tour after six",
        "second attempts fall by a third",
        ("Second attempts a day", "above", "400", 60), proposed=14, started=22,
        objected=(23, "Jonas Albrecht", "No night shifts in the depots",
                  "A tour after six comes back to the northern depots after eleven."),
        met=(26, "The last stop is at half past eight, and vans stay with their drivers."),
    ),
    Bet(
        "Promise by postcode", "Delivery", "Lena Vogt", "Orders delivered on the promised day",
        "3", 60, "a promise made from what this postcode really takes", "be kept more often",
        "promises are kept in the north as in the south",
        ("Kept promises in the north", "below", "80%", 58), proposed=25, started=32,
        continues="Promise a day, not a span",
    ),
    Bet(
        "Announce the window by text message", "Delivery", "Lena Vogt",
        "Deliveries within a two-hour window", "10", 85,
        "people who know the window in the morning", "are at home for it",
        "failed attempts fall by half", None,
        proposed=37, started=40, because="without it nobody knows of the window at all",
    ),
    Bet(
        "Parcel lockers in Rostock", "Delivery", "Stefan Groß",
        "Orders delivered on the promised day", "1", 85,
        "lockers in two car parks", "take the parcels of people who are out",
        "40 parcels a day go there", ("Parcels a day in lockers", "below", "25", 70),
        proposed=20, started=25, paused=(38, "The second car park is not ready.", 60),
    ),
    Bet(
        "Voice search", "Search", "Paul Winter", "Searches that end in a basket", "1", 60,
        "people who cook or carry something", "search by talking",
        "one search in twenty is spoken",
        ("Searches that are spoken", "below", "2%", 42), proposed=10, started=15,
        killed=(43, "no-effect", "Built in 6 days, used by 0.4%. Nobody talks to a shop aloud."),
        opened_by=("Loyalty",),
    ),
    Bet(
        "Forgive spelling", "Search", "Mei Tanaka", "Searches that end in a basket", "2", 70,
        "searches with a slip in them", "find what was meant",
        "searches without a result fall by half",
        ("Searches without a result", "above", "9%", 60), proposed=1, started=6,
        words={7: ("Searches without a result fell from 12% to 7%.", "Compound words.")},
    ),
    Bet(
        "Delivery day in the results", "Search", "Paul Winter", "Searches that end in a basket",
        "1", 80, "shoppers who see the day in the list", "choose sooner",
        "time to the first basket falls by a fifth",
        ("Time to the first basket", "above", "95 seconds", 70), proposed=28, started=35,
    ),
    Bet(
        "A note in the parcel", "Loyalty", "Jan Kowalski", "Second purchase within 90 days", "1", 85,
        "a card with a name on it", "make people remember who packed it",
        "one in thirty cards brings its code back",
        ("Codes that come back, per hundred cards", "below", "1.5", 70), proposed=8, started=18,
    ),
    Bet(
        "Refill reminder", "Loyalty", "Nuria Vogel", "Second purchase within 90 days", "3", 85,
        "a mail when coffee or soap runs out", "come at the moment of need",
        "one in eight reminded orders again",
        ("Reminded who order", "below", "6%", 70), proposed=13, started=24,
    ),
    Bet(
        "A mail before anyone asks", "Service", "Marta Nowak",
        "“Where is my order?” contacts per 100 orders", "-2", 60,
        "people who hear of a delay from us first", "have no reason to write",
        "contacts fall in the week after a delay",
        ("Contacts per 100 delayed orders", "above", "20", 50), proposed=0, started=9,
        words={7: ("Delays are told within two hours.", "The same for parcels held at customs.")},
    ),
    Bet(
        "Order status without signing in", "Service", "Leo Fischer",
        "“Where is my order?” contacts per 100 orders", "-1", 85,
        "guests who can look by parcel number", "look instead of asking", "", None, proposed=44,
    ),
    Bet(
        "Late shift on Mondays", "Service", "Sofie Lindqvist", "First replies within four hours",
        "8", 70, "two people from four to eight on Mondays", "clear the weekend’s tickets",
        "Tuesday starts with fewer than 50 open tickets",
        ("Open tickets on Tuesday morning", "above", "80", 50), proposed=-2, started=5,
        stop_on_value=("below", "75", 38),
    ),
    Bet(
        "Sort by what can wait", "Service", "Marta Nowak", "First replies within four hours", "6",
        75, "tickets sorted by how soon they hurt", "let the urgent ones go first",
        "urgent ones are answered within the hour",
        ("Urgent tickets older than four hours", "above", "10 a day", 63), proposed=19, started=27,
    ),
)  # fmt: skip
