"""Small words by which a line is told apart: comparators, units, states, where a phrase ends."""

from apps.objectives.wording.word_list import words

BE = words(
    """
    is are was were be been being has have had gets get ist sind war waren wird werden wurde
    wurden worden habe haben hat sei
    """
)
HAVE = words("has have had hat haben there gibt besteht bestehen existiert existieren")
ARTICLES = words("a an the ein eine einen einem einer der die das new neue neues neuer")
AND = words("and & plus und sowie")
# Comparators; the longer ones are told by their last word.
LEAST = words(
    """
    > >= ≥ => above over exceeds exceed exceeding exceeded more greater higher least minimum min
    mindestens über mehr grösser höher besser faster better
    """
)
MOST = words(
    """
    < <= ≤ =< below under less fewer lower most maximum max within höchstens unter weniger kleiner
    niedriger schneller maximal innerhalb
    """
)
THAN = words("> >= ≥ => < <= ≤ =<")
TO = words("to auf → -> bis =>")
FROM = words("from von ab")
BY = words("by um")
NOW = words(
    """
    currently current today now aktuell derzeit heute bisher baseline start startwert ist-wert
    """
)
FILLERS = words(
    """
    ensure we we'll let's will to shall should must please also successfully fully finally jointly
    together then wir sollen wollen werden möchten können müssen auch
    """
)
# Where the first noun phrase of a line ends.
STOPS = words(
    """
    about across after against among and & as at based before between by during each every for
    from how if in including into linked of off on onto or over per since that the their through
    throughout tied to toward towards under until up via when where which while who whom whose
    with within without is are was were be been has have had can could will would may do does
    aimed focused explaining an am auf aus bei beim bis dass dem den der des die durch ein eine
    einem einen einer eines für gegen im ins mit nach oder ohne pro seit sowie und unter vom von
    vor wegen wer wann zum zur zu zwischen über je ist sind wird werden hat haben kann können
    nimmt nehmen
    """
)
NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
    "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "zwölf": 12,
}  # fmt: skip
HALF = words("half hälfte")
# "Two thirds of", "um ein Viertel": a share only where the words around say so, for a quarter is
# a time, too.
FRACTIONS = words(
    """
    third thirds quarter quarters fifth fifths tenth tenths drittel viertel fünftel zehntel
    """
)
# "Every third order", "jede zweite Bestellung".
EVERY = words("every each jede jeder jedes jeden jedem")
ORDINALS = words(
    """
    second third fourth fifth tenth zweite zweiter zweites zweiten dritte dritter drittes dritten
    vierte vierter viertes vierten fünfte fünfter fünftes fünften zehnte zehnter zehntes zehnten
    """
)
# "Eight of ten", "one in four".
OUT_OF = words("of in von aus")
POSSESSIVE = words("our their the unseren unserer den der")
WITHIN = words("within innerhalb binnen")
ON_AVERAGE = words("average mean median schnitt mittel durchschnitt durchschnittlich mittlere")
INSTEAD = words("statt anstatt instead")
TIMES = words(
    """
    ms s sec secs second seconds min mins minute minutes h hr hrs hour hours day days week weeks
    month months year years business-days sekunde sekunden minuten stunde stunden tag tage tagen
    woche wochen monat monate monaten jahr jahre jahren tages monats
    jahres werktage werktagen arbeitstage std
    """
)
UNITS = TIMES | words(
    """
    % pp ppt percent percentage points pts x k m mio mrd bn b million millions billion thousand
    tsd millionen milliarden prozent prozentpunkte prozentpunkten punkte € $ £ ¥ eur euro usd chf
    franken gbp dollar dollars kchf k€ keur m€ t kg kwh mwh km tb gb mb per-cent
    """
)
MONEY = frozenset("€$£¥")
SHARES = words("% pp ppt percent prozent prozentpunkte prozentpunkten")
SCALES = {
    "k": 1_000, "kchf": 1_000, "k€": 1_000, "keur": 1_000, "tsd": 1_000, "thousand": 1_000,
    "m": 1_000_000, "m€": 1_000_000, "mio": 1_000_000, "million": 1_000_000,
    "millions": 1_000_000, "millionen": 1_000_000,
    "bn": 1_000_000_000, "b": 1_000_000_000, "mrd": 1_000_000_000, "billion": 1_000_000_000,
    "milliarden": 1_000_000_000,
}  # fmt: skip
MONTHS = words(
    """
    january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec januar februar märz mai juni juli oktober dezember
    okt dez eoq eoy end ende of mid mitte early late q fy year jahr im
    """
)
NUMBERED = words(
    """
    type tier phase version level rfc soc iso step release series act part sprint epic top week
    node python article § stufe kapitel schritt priorität priority category class din en v kw
    kalenderwoche quartal quarter wave grade figure no nr # iteration
    """
)
# A state one could want for years.
ASPIRING = words(
    """
    world-class best best-in-class first-class 1st-class top-class great amazing delightful
    leading excellent excellence outstanding seamless exceptional awesome remarkable trusted loved
    beloved delight inspire inspiring empower culture experience experiences thriving happy go-to
    unforgettable frictionless effortless unparalleled premier love wow become weltklasse
    erstklassig erstklassige erstklassiges erstklassigen führend führende führender führenden
    begeistern begeistert begeisternd begeisternde beste besten bester bestes exzellenz exzellente
    hervorragend hervorragende hervorragendes einzigartig einzigartige kultur erlebnis
    einkaufserlebnis kundenerlebnis wegweisend spitze vorreiter
    """
)
GERMAN = words(
    """
    der die das und ist sind wir von auf für mit im zu zur zum den dem ein eine einen einem eines
    wird werden bis bei pro über unter um damit nicht als auch aus am unser unsere unseren des hat
    haben jede jeden jedem jeder mindestens
    """
)
# A quality in comparison, which says neither how much nor from what.
COMPARED = words(
    """
    faster quicker easier better simpler smoother safer cheaper clearer stronger earlier
    schneller einfacher besser leichter sicherer günstiger klarer stärker früher
    """
)
