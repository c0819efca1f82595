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
# What stands before a noun: a word before it that may be a verb, is one.
DETERMINERS = ARTICLES | words(
    """
    all another any each every how its more our that their these this those what whether which
    your
    """
)
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
    ensure we we've we'll let's will to shall should must please also successfully fully finally
    jointly together then wir sollen wollen werden möchten können müssen auch
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
# What may stand before the rest with a comma: "For each depot, draw up a plan".
OFTEN = words("once twice daily weekly monthly quarterly")
FRONTED = words("across after among at before by during for from in of on to within with")
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
    arbeitstage business-days d day days h hour hours hr hrs jahr jahre jahren jahres min mins
    minute minuten minutes mo monat monate monaten monats month months mos ms ns s sec second
    seconds secs sekunde sekunden std stunde stunden tag tage tagen tages us week weeks werktage
    werktagen wk wks woche wochen year years yr yrs µs
    """
)
OF_WORK = words("business working calendar")
UNITS = TIMES | words(
    """
    $ % aud b billion bit bits bn bp bps brl byte bytes cad chf cm cny co2e crore czk db dkk
    dollar dollars eur euro fps franken ft gb gbp ghz gib gw gwh ha hz inr jpy k kb kcal kchf
    kes keur kg khz kib km kw kwh k€ l lakh liter litre litres m m2 mb mhz mi mib milliarden
    million millionen millions mio ml mm mph mrd mw mwh mxn m² m€ ngn nok nzd per-cent percent
    percentage pln points pp ppm ppt prozent prozentpunkte prozentpunkten pts punkte qps rpm rps
    sek sgd stück t tb tco2 thb thousand ton tonne tonnes tons tps tsd ugx usd wh x zar £ ¥ × €
    ₹
    """
)
MONEY = frozenset("€$£¥₹")
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
    # act article category class day din en epic figure grade iso iteration kalenderwoche
    kapitel kw level monat month no node nr part phase priority priorität python quartal quarter
    release rfc schritt series soc sprint step stufe tier top type v version wave week §
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
# A quality that nobody could tick off.
VAGUE = words("clear strong great good more fewer less high-quality positive consistent full")
# A quality in comparison, which says neither how much nor from what.
COMPARED = words(
    """
    faster quicker easier better simpler smoother safer cheaper clearer stronger earlier
    schneller einfacher besser leichter sicherer günstiger klarer stärker früher
    """
)
