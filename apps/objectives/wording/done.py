"""What a line says is done, or is there: "is released", "liegt vor", "users can clone"."""

import re

from apps.objectives.wording import small_words as small
from apps.objectives.wording import verbs
from apps.objectives.wording.kinds import INSIDERS, PEOPLE, PIECES, names
from apps.objectives.wording.line import Line
from apps.objectives.wording.purpose import is_zu
from apps.objectives.wording.verbs import ERREICHT, MACHT, SINKT, STEIGT
from apps.objectives.wording.word_list import words as listed

NOT_MADE = STEIGT.participles | SINKT.participles | ERREICHT.participles | verbs.DOES
ONCE_DONE = verbs.MADE | verbs.DONE
MOVES = verbs.UP | verbs.DOWN | verbs.REACH
ENDS_DONE = listed(
    """
    done live exist exists complete active present ready online operational available erledigt
    existieren existiert fertig vorhanden bereit
    """
)
# A participle follows its "is" within so many words: German puts it last.
FAR, NEAR = 15, 4
WHO = listed("i we they it you wir sie er es ihr")
# "Tool rolled out in four depots", "login working on every phone".
AFTER_DONE = listed(
    "out up in into via at across for to with on by and around off over down through"
)
PARTICLES = listed("off out over up on down")
THERE = listed("running live available enabled visible working")
WHERE = listed("in on at as across for")
MONTHS = "|".join(sorted(small.MONTHS - {"q", "fy", "im", "of", "may"}))
DEADLINE = re.compile(
    rf"{MONTHS}|weeks?|kw|woche|sprint|months?|monate?n?|(?:eo)?q[1-4]?|fy[0-9]{{2}}"
    r"|20[1-4][0-9]|[0-9]{1,2}\.?"
)
BEFORE_DEADLINE = listed("by until till before in at of the bis im zum am dem des der")
# What is awarded, and is won once for all.
AWARDS = (
    listed(
        """
        accreditation audit certificate certification iso soc soc2 licence license prüfung
        zertifikat zertifizierung
        """
    ),
    ("audit", "prüfung", "zertifizierung"),
)
GOT = listed("achieved obtained earned awarded bestanden erreicht erhalten erlangt")
# German participles that no list knows, and what looks like one and says how somebody is.
PASSIVE = listed("ist sind wird werden wurde wurden")
LOOKS_MADE = re.compile(
    r"(?:ab|an|auf|aus|bei|durch|ein|fest|fertig|her|hin|hoch|los|mit|nach|um|vor|weg|weiter"
    r"|wieder|zu|zurück|zusammen)?ge[a-zäöü]{3,}(?:t|en)"
    r"|(?:be|ent|er|ver|zer|über|unter|miss)[a-zäöü]{3,}t"
)
FEELS = listed(
    """
    begeistert bekannt belastet beliebt bereit berührt beschäftigt bewusst entlastet entspannt
    erkrankt gefragt geeignet geehrt genau gerecht gesamt geschätzt gestresst gesund geübt
    überlastet überzeugt verbreitet verliebt vertraut verwirrt
    """
)
# Done by others, of their own will.
BY_OTHERS = listed(
    "featured mentioned cited quoted ranked recommended nominated shortlisted mentioned/linked"
)
CONTRACTS = (listed("contract deal agreement grant order logo vertrag auftrag"), ())
WON = listed("signed closed won landed secured unterschrieben abgeschlossen gewonnen")
GET = listed("get be is are")
OTHERS_DO = listed(
    """
    abgerufen angeklickt angesehen bestellt empfohlen erwähnt gebucht gehört gekauft gelesen
    heruntergeladen nominiert verlinkt weiterempfohlen zitiert cited downloaded recommended quoted
    """
)
# How far the subject of what a thing does may reach.
MOST_SUBJECT = 8
CAN = listed("can können kann")
FEELING = listed(
    """
    trust understand explain name tell describe decide find rely feel afford vertrauen verstehen
    erklären nennen benennen beschreiben sagen entscheiden finden fühlen einfach schnell leicht
    sicher gut
    """
)
BY_ITSELF = listed("automatically automatisch")
# What texts say, what things do, and what only our own pieces do.
SAY = listed("describe document define explain list contain cover")
SAYS = listed(
    "describes documents defines explains lists contains covers beschreibt enthält erklärt"
)
DOES = listed("supports loads contains includes returns renders handles carries")
WORKS = listed(
    """
    pass follow use include support run cover load appear contain open render return show store
    link connect handle resolve accept import export send receive meet match list work
    """
)
WORKS_ALONE = verbs.MAKES | verbs.thirds(WORKS)
A = listed("a an its ein eine einen")
# Of how good it is: no work makes sure of that.
QUALITIES = listed(
    """
    able adaptable affordable capable comfortable comparable dependable desirable discoverable
    enjoyable flexible knowledgeable maintainable manageable memorable predictable profitable
    reliable responsible scalable stable sustainable unable understandable usable valuable visible
    """
)
NOT_ONE = small.VAGUE | small.ASPIRING | small.COMPARED


def done(line: Line) -> str | None:
    """ "is released", "sind in den Divisions eingeführt", "… abzuschliessen", "audit completed"."""
    if not line.words:
        return None
    last = last_before_deadline(line)
    if "sich" in line.words or line.words[last] in OTHERS_DO:
        return None
    return _is_done(line, last) or _ends_done(line, last) or _done_somewhere(line, last)


def _is_done(line: Line, last: int) -> str | None:
    """ "Is released", "sind … eingeführt", "ist … abzuschliessen"."""
    words = line.words
    for place, word in enumerate(words):
        if word not in small.BE:
            continue
        for after in range(place + 1, min(place + 1 + FAR, len(words))):
            is_near = after <= place + NEAR and words[after] in ONCE_DONE
            if is_near or words[after] in verbs.FERTIG or _is_made(words[after]):
                return line.said(place, after)
            if word in {"ist", "sind"} and is_zu(line, after):
                return line.said(place, min(after + 1, last))
            if line.tokens[after].ends_clause:
                break
    return None


def _ends_done(line: Line, last: int) -> str | None:
    """ "Intranet live", "Beschluss liegt vor", "Audit bestanden"."""
    words = line.words
    for place in range(line.start + 1, last + 1):
        if words[place] in ENDS_DONE and (place == last or line.tokens[place].ends_phrase):
            return line.said(place)  # "Intranet live, the old one off"
    if not line.numbers and not PASSIVE.isdisjoint(words[:last]) and _looks_made(words[last]):
        return line.said(last)
    if gets_award(line, last) or (words[last] == "out" and words[last - 1] in small.BE):
        return line.said(last)
    if words[last - 1 : last + 1] in (["liegt", "vor"], ["liegen", "vor"]):
        return line.said(last - 1, last)
    return None


def _done_somewhere(line: Line, last: int) -> str | None:
    """ "Plan in place", "tool rolled out in four depots", "handbook published"."""
    words = line.words
    for place in range(line.start + 1, last):
        if words[place : place + 2] == ["in", "place"]:
            return line.said(place, place + 1)
        made = words[place].rpartition("-")[2]  # "load-tested"
        is_made = made in verbs.MADE or (made in verbs.DONE and not line.numbers)
        is_there = words[place] in THERE and words[place + 1] in WHERE
        then = words[place + 1]
        is_after = is_there or (is_made and (then in AFTER_DONE or then.endswith("ly")))
        if is_after and words[line.start] not in MOVES:
            return line.said(place)
    if words[last] in PARTICLES and line.at(last - 1) in verbs.MADE:  # "switched off"
        return line.said(last - 1, last)
    is_clause = line.at(last - 1) in WHO  # "quicker than those they replaced"
    if last > 0 and (words[last] in verbs.MADE or _is_made(words[last])) and not is_clause:
        return line.said(last)
    return None


def gets_award(line: Line, last: int) -> bool:
    """ "Audit bestanden", "certification achieved"."""
    return line.words[last] in GOT and any(names(word, AWARDS) for word in line.words[:last])


def _looks_made(word: str) -> bool:
    """A German participle that no list knows, by its form; not one that says how people feel."""
    return LOOKS_MADE.fullmatch(word) is not None and word not in NOT_MADE | FEELS


def _is_made(word: str) -> bool:
    return word in MACHT.participles or (
        word.endswith(verbs.GERMAN_PARTICIPLE) and word not in NOT_MADE
    )


def by_others(line: Line) -> str | None:
    """ "Get featured in 3 magazines", "wird 200-mal zitiert": who says or does so are others."""
    for place in (line.start, line.start + 1):
        before = line.at(place - 1) if place > line.start else "get"
        if line.at(place) in BY_OTHERS and before in GET:
            return line.said(line.start, place)
    last = len(line.words) - 1
    if line.numbers and line.words[last] in OTHERS_DO:
        return line.said(last)
    for place in line.numbers:  # "3 contracts signed"
        head = line.head(place + 1)
        if head is not None and names(line.words[head], CONTRACTS) and line.at(head + 1) in WON:
            return line.said(place, head + 1)
    return None


def last_before_deadline(line: Line) -> int:
    """Where the line ends, but for "by EOQ", "(Q3)", "bis Ende März"."""
    last = len(line.words) - 1
    if line.text.rstrip(" .")[-1:] == ")":
        aside = [p for p, token in enumerate(line.tokens) if line.text[token.start - 1] == "("]
        if aside and aside[-1] > line.start + 1:
            last = aside[-1] - 1
    while last > line.start + 1 and (
        DEADLINE.fullmatch(line.words[last]) or (line.words[last] in BEFORE_DEADLINE)
    ):
        last -= 1
    return last


def they_can(line: Line) -> str | None:
    """ "Users can clone projects": what they can do is there once it is built. How well, is not."""
    for place, word in enumerate(line.words[:MOST_SUBJECT]):
        if word not in CAN or line.numbers or place == 0:
            continue
        said = line.words[place + 1 :]
        is_quality = any(
            w.endswith("ly") or w in small.COMPARED | small.ASPIRING | FEELING for w in said
        )
        return None if is_quality or not said else line.said(place, len(line.words) - 1)
    return None


def says(line: Line) -> str | None:
    """ "The handbook describes each role", "Tests run automatically": what a thing does or has."""
    if line.numbers:
        return None
    for place in range(line.start + 1, min(line.start + MOST_SUBJECT, len(line.words))):
        word, before = line.words[place], line.words[place - 1]
        if word in BY_ITSELF:
            return line.said(place)
        if word in small.BE:
            if (made_so := _is_made_so(line, place)) is not None:
                return made_so
        elif _is_said_of(word, before) and place < len(line.words) - 1:
            return line.said(place - 1, place)
    return None


def _is_said_of(word: str, subject: str) -> bool:
    """ "Code follows", "tests pass", "handbook describes"; not "customers follow"."""
    are_many = subject.endswith("s")
    if _names_people(subject):
        return False
    if names(subject, PIECES) and (word in WORKS if are_many else word in WORKS_ALONE):
        return True
    return word in SAYS | DOES or (word in SAY and are_many)


def _is_made_so(line: Line, be: int) -> str | None:
    """ "The log is searchable", "Entries are data-driven", "Rust has a codec": a thing has it."""
    if any(map(_names_people, line.words[:be])):
        return None
    if line.words[be] in {"has", "have"} and line.at(be - 1) != "there":
        has_one = line.at(be + 1) in A and line.at(be + 2) not in NOT_ONE
        return line.said(be, be + 1) if has_one else None
    for place in (be + 1, be + 2):
        word = line.at(place)
        can_be = word.partition("/")[0].endswith(("able", "ible")) and word not in QUALITIES
        if can_be or word.endswith(("-based", "-driven", "-enabled")):
            return line.said(be, place)
    return None


def _names_people(word: str) -> bool:
    return names(word, PEOPLE) or names(word, INSIDERS)
