"""Verbs by which a line is told apart, English and German: what makes, what moves, what reaches.

Kinds of verbs in their base form, folded as line.py folds (lower case, ß as ss); the other
forms are made here.
"""

from apps.objectives.wording.word_list import words

# -- English verbs ---------------------------------------------------------------------------

# Surely true once the work is done.
MAKE = words(
    """
    add adopt agree align analyse analyze announce appoint apply arrange assemble assess assign
    audit author automate benchmark brainstorm bring build buy capture carry categorise categorize
    centralise centralize choose clarify clean coach code collaborate collect communicate compare
    compile complete conduct configure connect consolidate contact coordinate craft create decide
    decommission define deliver demo deploy deprecate describe design determine develop digitise
    digitize discuss distribute document draft embed enable equip establish evaluate execute
    explore extend extract facilitate feature file finalise finalize find finish fix form formalise
    formalize formulate gather go-live hire hold host identify implement inform initiate install
    institute integrate interview introduce investigate invite issue kick launch list localise
    localize make map meet merge migrate modernise modernize move name negotiate offer onboard open
    ops order organise organize outline overhaul pack perform pick pilot plan plant port post
    prepare present prioritise prioritize produce promote propose prototype provide publish
    purchase put re-design re-launch rebrand rebuild record recruit redesign refactor refit refresh
    refurbish
    relaunch release relocate remove renovate replace reply research restructure retire review
    revise rewrite roll run schedule scope select send set setup share ship shoot simplify
    socialise socialize source specify sponsor standardise standardize start streamline structure
    study submit support survey switch take talk tell test track train transition translate trial
    unify update upgrade use validate verify visit wrap write accredit archive award catalog
    catalogue clear consult dig donate drill fence inspect involve lay lease license paint patent
    pave photograph repair repaint restore resurface rewire upskill vaccinate weld
    address answer brief draw redraw certify chart circulate clone compose consider convene
    curate debug delegate detect digitalise discover dismantle educate engage engrave equip
    escalate estimate experiment expose file fund fence furnish guide handle harmonise harmonize
    host illustrate import incorporate inventory inspect interlink issue license log mark mentor
    model monitor motivate mount nominate notify observe open-source operationalise operationalize
    outsource phase plug print probe procure program publicise pursue rebuild reconcile rectify
    refine register rehearse rename reorganise reorganize report resolve respond retrofit retrain
    route sandbox scan scout script seed segment shadow sketch solve specify split spin stage
    staff stand stub summarise supply teach tender trace transcribe transfer tune
    troubleshoot unblock unlock wire work write-up
    """
)
# How a figure moves. Down needs to be known, for the direction of a target.
UP = words(
    """
    accelerate boost broaden deepen double elevate enhance enlarge expand grow improve increase
    lift maximise maximize multiply optimise optimize quadruple raise scale speed strengthen
    triple uplift
    """
)
DOWN = words(
    """
    cut decline decrease diminish drop fall halve lessen limit lower minimise minimize reduce
    shorten shrink slash trim
    """
)
# Says by how much in itself.
FOLD = words(
    """
    double doubles doubled triple triples tripled quadruple quadrupled halve halves halved
    verdoppeln verdoppelt verdreifachen verdreifacht halbieren halbiert
    """
)
# Has a figure as its object, or people outside: to reach one is no piece of work.
REACH = words(
    """
    achieve acquire attain attract average bring close contribute convert convince drive earn
    exceed gain generate get hit hold keep land maintain obtain outperform preserve prevent
    protect qualify raise reach realise realize receive retain save score secure see sell sign
    stay surpass sustain win
    """
)
IRREGULAR = {
    "bring": "brought", "build": "built", "buy": "bought", "choose": "chosen", "cut": "cut",
    "dig": "dug", "draw": "drawn", "redraw": "redrawn", "fall": "fallen", "find": "found",
    "get": "got", "grow": "grown", "hit": "hit",
    "hold": "held", "keep": "kept", "lay": "laid",
    "make": "made", "meet": "met", "put": "put", "rebuild": "rebuilt", "rewrite": "rewritten",
    "run": "run", "send": "sent", "sell": "sold", "set": "set", "shoot": "shot", "take": "taken",
    "tell": "told", "win": "won", "write": "written",
}  # fmt: skip
DOUBLING = words(
    """
    ship plan map drop pack cut trim set run put get hit win wrap scrap slip step
    """
)


def _participle(verb: str) -> str:
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb in DOUBLING:
        return f"{verb}{verb[-1]}ed"
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2] not in "aeou":
        return f"{verb[:-1]}ied"
    return f"{verb}ed"


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "o")) else f"{verb}s"


def _ing(verb: str) -> str:
    if verb in DOUBLING:
        return f"{verb}{verb[-1]}ing"
    return f"{verb[:-1]}ing" if verb.endswith("e") else f"{verb}ing"


def _forms(verbs: frozenset[str]) -> frozenset[str]:
    return verbs | {form(verb) for verb in verbs for form in (_participle, _third, _ing)}


# A verb that no list knows, by its ending; and words that end so and are none.
VERB_ENDINGS = ("ise", "ize", "ify", "ate")
NO_VERBS = words(
    """
    rate private corporate climate candidate certificate estimate template date late update
    ultimate appropriate accurate adequate separate immediate precise enterprise expertise
    exercise otherwise noise premise franchise size prize intermediate associate graduate
    affiliate state debate real-estate aggregate
    """
)

MADE = frozenset(map(_participle, MAKE)) | words(
    "finished settled signed closed approved resolved certified obtained passed gone"
)
# Done only after "is".
DONE = words("live done ready available operational online complete in-place")
MAKING, MAKES = frozenset(map(_ing, MAKE)), frozenset(map(_third, MAKE))
UP_FORMS, DOWN_FORMS, REACH_FORMS = _forms(UP), _forms(DOWN), _forms(REACH)

# -- German verbs ----------------------------------------------------------------------------

# "ein|führen" comes apart; irregular participles stand after a colon.
MACHEN = words(
    """
    ab|bilden ab|lösen ab|schaffen ab|schliessen:abgeschlossen ab|stimmen an|bieten:angeboten
    an|binden:angebunden an|legen an|passen an|schaffen an|stellen an|werben analysieren
    auf|arbeiten auf|bauen auf|bereiten auf|nehmen:aufgenommen auf|räumen auf|setzen auf|stellen
    aus|arbeiten aus|bilden aus|rollen aus|schreiben:ausgeschrieben aus|statten aus|wählen
    aus|werten automatisieren an|kaufen ein|bauen ein|weihen pflanzen bauen beantragen bearbeiten
    beauftragen befragen beginnen:begonnen benennen:benannt bereinigen bereit|stellen beschaffen
    beschliessen:beschlossen beschreiben:beschrieben besetzen besuchen bestimmen
    betreiben:betrieben definieren dokumentieren durch|führen ein|binden:eingebunden ein|führen
    ein|holen ein|kaufen ein|laden:eingeladen ein|reichen ein|richten ein|setzen ein|stellen
    einigen entscheiden:entschieden entwerfen:entworfen entwickeln erarbeiten erfassen ergänzen
    erheben:erhoben ermitteln ernennen:ernannt eröffnen ersetzen erstellen erweitern etablieren
    evaluieren fertig|stellen fest|legen finalisieren frei|schalten formulieren gestalten gründen
    identifizieren implementieren informieren installieren integrieren klären kommunizieren
    konzipieren koordinieren kündigen lancieren launchen liefern machen messen:gemessen migrieren
    modernisieren nutzen ordnen organisieren pilotieren planen präsentieren priorisieren
    produzieren prüfen publizieren realisieren recherchieren relaunchen releasen renovieren sammeln
    sanieren schaffen:geschaffen schalten schreiben:geschrieben schulen sichten skizzieren
    spezifizieren standardisieren starten strukturieren testen treffen:getroffen um|bauen um|setzen
    um|stellen um|ziehen:umgezogen unterschreiben:unterschrieben unterzeichnen validieren
    veranstalten verabschieden verankern vereinbaren verfassen vereinheitlichen veröffentlichen
    verschicken versenden vor|bereiten vor|legen vor|stellen wählen weiter|entwickeln
    zentralisieren zusammen|führen zusammen|stellen über|arbeiten überarbeiten überführen
    übergeben:übergeben überprüfen übersetzen untersuchen ab|halten:abgehalten ab|reissen:abgerissen
    ab|sichern auf|forsten aus|bessern begutachten besichtigen bestellen bohren erneuern
    finden:gefunden heben:gehoben mieten pflastern reinigen reparieren sortieren sperren stellen
    streichen:gestrichen aus|tauschen tauschen verpachten vergeben:vergeben
    verhandeln verlegen vermessen:vermessen verteilen ab|legen ab|melden an|fertigen an|melden
    aus|handeln aus|stellen begleiten beheben:behoben bei|legen bekannt|machen beraten:beraten
    beseitigen bestücken betreuen coachen drehen drucken ein|pflegen ein|tragen:eingetragen
    errichten führen hinterlegen hoch|laden:hochgeladen lösen löschen unterstützen
    verbinden:verbunden verknüpfen vermitteln vernetzen zu|ordnen
    warten zeichnen öffnen
    """
)
HOCH = words(
    """
    an|heben:angehoben aus|bauen aus|weiten beschleunigen erhöhen maximieren optimieren
    steigen:gestiegen steigern stärken verbessern verdoppeln verdreifachen vergrössern
    vervielfachen wachsen:gewachsen zu|nehmen:zugenommen
    """
)
RUNTER = words(
    """
    ab|bauen ab|nehmen:abgenommen ein|sparen halbieren kürzen mindern minimieren reduzieren senken
    sinken:gesunken verkleinern verkürzen vermindern verringern
    """
)
ERREICHEN = words(
    """
    akquirieren behalten:behalten beibehalten:beibehalten bestehen:bestanden bleiben:geblieben
    decken ein|halten:eingehalten erhalten:erhalten erreichen erwirtschaften erzielen generieren
    gewinnen:gewonnen halten:gehalten liegen:gelegen profitieren sichern treffen verdienen
    verkaufen verlieren:verloren vermeiden:vermieden übertreffen:übertroffen überschreiten
    unterschreiten
    """
)


class Verbs:
    """German verbs in the forms in which lists use them."""

    def __init__(self, listed: frozenset[str]) -> None:
        self.infinitives: set[str] = set()
        self.participles: set[str] = set()
        self.finite: set[str] = set()
        # "führen" → {"ein", "durch"}: it is the verb only where its particle follows.
        self.apart: dict[str, set[str]] = {}
        for entry in listed:
            infinitive, _colon, irregular = entry.partition(":")
            particle, bar, verb = infinitive.rpartition("|")
            stem = verb.removesuffix("en") if verb.endswith("en") else verb.removesuffix("n")
            ending = "et" if stem.endswith(("t", "d")) else "t"
            inflected = {verb, f"{stem}{ending}", f"{stem}te", f"{stem}ten"}
            has_ge = not verb.endswith("ieren") and not verb.startswith(UNSTRESSED)
            regular = f"{particle}{'ge' if has_ge else ''}{stem}{ending}"
            self.infinitives |= {f"{particle}{verb}", f"{particle}zu{verb}"}
            self.participles.add(irregular or regular)
            if bar:
                for form in inflected:
                    self.apart.setdefault(form, set()).add(particle)
            else:
                self.finite |= inflected


UNSTRESSED = ("be", "emp", "ent", "er", "ge", "ver", "zer", "über", "unter", "miss", "wider")
MACHT, STEIGT, SINKT, ERREICHT = map(Verbs, (MACHEN, HOCH, RUNTER, ERREICHEN))
STEIGT.finite |= {"wächst", "wuchs", "stieg"}
SINKT.finite |= {"sank"}
# Known by its ending: "implementieren", and "-iert" as its participle.
GERMAN_ENDING, GERMAN_PARTICIPLE = "ieren", "iert"
# Done only after "ist".
FERTIG = words("fertig live online bereit verfügbar vorhanden produktiv")
# What ends like a participle and says what something does, or how people are.
DOES = words(
    """
    funktioniert passiert existiert profitiert resultiert dominiert reagiert akzeptiert floriert
    harmoniert kooperiert stagniert performt interagiert agiert motiviert interessiert informiert
    engagiert garantiert qualifiziert zufrieden
    """
)
