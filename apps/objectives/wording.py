"""Tells from its words whether a key result reads like something to tick off.

A first, small version of the rule: pure, English and German. It asks, and never blocks.
"""

import re

MAKING = (
    "build|launch|introduce|implement|create|develop|migrate|write|publish|release|ship|"
    "deliver|complete|finish|roll out|set up|design|deploy|hire|train|organi[sz]e|integrate"
)
BAUEN = (
    "bauen|einführen|umsetzen|erstellen|entwickeln|migrieren|schreiben|veröffentlichen|"
    "ausrollen|abschließen|aufbauen|aufsetzen|einrichten|gestalten|durchführen|einstellen|"
    "integrieren|anbinden|liefern"
)
MADE = "released|launched|built|introduced|implemented|completed|finished|published|migrated|live"
GEBAUT = (
    "eingeführt|umgesetzt|erstellt|entwickelt|migriert|veröffentlicht|ausgerollt|"
    "abgeschlossen|aufgebaut|eingerichtet|durchgeführt|fertig|angebunden"
)

DONE_STATE = re.compile(
    rf"\b(?:is|are|has been|have been) (?:{MADE})\b|\b(?:ist|sind|wird|werden|wurde|wurden) "
    rf"(?:\w+ )*(?:{GEBAUT})\b",
    re.IGNORECASE,
)
MAKING_FIRST = re.compile(rf"(?:{MAKING})\b", re.IGNORECASE)
MAKING_LAST = re.compile(rf".*\b(?:{BAUEN})\W*", re.IGNORECASE | re.DOTALL)
FIGURE = re.compile(r"[0-9]")


def reads_like_output(title: str) -> bool:
    """Is it surely true once the work is done? Then it is a means, not a result."""
    title = title.strip()
    if DONE_STATE.search(title):
        return True
    making = MAKING_FIRST.match(title) or MAKING_LAST.fullmatch(title)
    return making is not None and FIGURE.search(title) is None
