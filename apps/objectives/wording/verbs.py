"""Verbs by which a line is told apart, English and German: what makes, what moves, what reaches.

Kinds of verbs in their base form, folded as line.py folds (lower case, ß as ss); the other
forms are made here.
"""

import re

from apps.objectives.wording.word_list import words

# -- English verbs ---------------------------------------------------------------------------

# Surely true once the work is done.
MAKE = words(
    """
    abolish absorb accept accredit acknowledge activate adapt add address adhere adjust
    administer adopt advertise advise advocate affirm agree align allocate amend analyse analyze
    annotate announce answer apply appoint appraise approve archive arrange articulate ask
    assemble assess assign assist attach attend attribute audit author authorise authorize
    automate award backfill begin benchmark bind bootstrap brainstorm brief bring broker build
    bundle buy calculate calibrate cancel capture carry cascade catalog catalogue categorise
    categorize celebrate centralise centralize certify chart check choose choreograph circulate
    cite clarify classify clean clone co-author co-create co-design co-host coach codify
    collaborate collate collect combine commence commission commit communicate compare
    compensate compile complement complete compose compress compute condense conduct configure
    confirm connect consider consolidate construct consult contact continue convene cooperate
    coordinate copy correct craft crawl create cross-train curate customise customize deactivate
    debrief debug decentralise decentralize decide declare decommission decompose decouple
    dedicate define delegate delete deliver demo demolish demonstrate deploy deprecate derive
    describe design detach detect determine develop devise diagnose dig digitalise digitise
    digitize direct disable disband disclose discontinue discover discuss dismantle dispose
    distil distill distribute diversify divide document donate double-check draft draw drill
    earmark edit educate elaborate elect elicit embark embed enable enact enforce engage
    engineer engrave enlist enrich enumerate equip escalate establish estimate evaluate
    evangelise evangelize examine execute expedite experiment explain explore export expose
    extend extract fabricate facilitate fast-track feature fence fetch file finalise finalize
    finance find fine-tune finish fix flag flatten forge form formalise formalize formulate
    forward fulfil fulfill fund furnish gather generalise generalize go-live grant greet guide
    handle harden harmonise harmonize hire hold host identify illustrate immunise immunize
    implant implement import impose inaugurate incentivise incentivize incorporate incubate
    induct inform initialise initialize initiate inject innovate inquire insert insource inspect
    install institute instruct instrument insulate integrate interlink internalise internalize
    internationalise internationalize interpret intervene interview introduce inventory
    investigate invite involve isolate issue itemise itemize iterate join justify kick kick-off
    kick-start launch lay layer learn lease liaise license liquidate list listen localise
    localize log make manufacture map mark materialise measure meet memorise mend mentor merge
    migrate mobilise mobilize mock model moderate modernise modernize modify monetise monetize
    monitor motivate mount move mow nail name navigate negotiate neutralise neutralize nominate
    normalise normalize notify nudge observe offboard offer offload onboard open open-source
    operationalise operationalize ops orchestrate order organise organize orient originate
    outline outsource overhaul oversee pack package paginate paint parse participate patent pave
    peer-review pen-test penetrate perform personalise personalize phase phase-out photograph
    pick pilot pin pioneer plan plant plead pledge plot plug populate port post practise
    prefabricate prepare prepay prescribe present pretest prime print prioritise prioritize
    probe procure produce program promote proofread propose prototype provide prune publicise
    publish pull purchase pursue push put quantify ramp re-architect re-design re-engineer
    re-establish re-evaluate re-introduce re-launch re-organise re-platform re-write reach-out
    readjust realign reallocate reassess reassign rebalance rebrand rebuild recalibrate recap
    recertify recheck reclaim recommend reconcile reconfigure reconsider reconstruct record
    recreate recruit rectify recycle redecorate redefine redeploy redesign redirect redistribute
    redraw reengineer refactor refine refit reflect reformulate refresh refuel refurbish
    register regulate rehabilitate rehearse rehome reimagine reinforce reinstate reinvent
    reinvest reissue relaunch release reload relocate remind remodel remove rename render
    renegotiate renew renovate reopen reorganise reorganize reorient repackage repaint repair
    repave rephrase replace replan replant replatform replicate reply report represent reprint
    reproduce repurpose requisition reroute research reshape resit reskill resolve respond
    restart restock restore restrict restructure restyle resurface resurvey rethink retire
    retool retrain retrieve retrofit reuse revamp review revise revisit revitalise revitalize
    revive rewire rewrite rezone rig roll rotate route run safeguard sandbox sanitise sanitize
    scaffold scan schedule scope scout scrap scrape screen script scrub seal seed seek segment
    seize select self-host send sequence serialise set set-up settle setup sew shadow share
    shelve ship shoot shortlist show showcase shut sift simplify simulate sketch slice socialise
    socialize soft-launch solicit solidify solve source sow spearhead specify spin split sponsor
    squash staff stage stand standardise standardize start stencil stitch strategise strategize
    streamline stress-test strip structure stub study subcontract subdivide submit subscribe
    substitute summarise summarize sunset superimpose supervise supplement supply support
    suppress survey suspend swap sweep switch symbolise synchronise synchronize synthesise
    synthesize systematise systematize tackle tag tailor take talk tap teach tell tender
    terminate test throttle tidy trace track train transcode transcribe transfer transition
    translate transplant triage trial troubleshoot tune tutor unblock uncover undergo understand
    undertake unfreeze unify uninstall unite unload unlock unpack unveil upcycle update upgrade
    uphold upskill use utilise utilize vacate vaccinate validate verify vet visit visualise
    visualize weigh weld whitelist wire withdraw woo work wrap wrap-up write write-up
    """
)
# As often a noun: a verb only where a noun follows with its article ("Change the default").
EITHER = words(
    """
    access balance batch block bridge budget catch challenge champion change charge claim clear
    cluster code contract cover display do dock download duplicate email exchange fill film
    filter focus forecast freeze function gate graph group harvest highlight honor honour index
    input label leverage link lock manage market match mine mix operate pair partner pitch play
    poll pool price process profile pump query quote read reference reform rent repeat request
    reserve reset resume retro reveal reverse reward rework sample search shift sort spend
    spread stop store stream stretch surface target template tool trade transport trigger try
    upload video view volunteer watch workshop
    """
)
# Verbs that are nouns, too: "Support is available", "Release notes are written".
NOUNS_TOO = EITHER | words(
    """
    answer audit board build design document draft file fix fund guide hire host issue lease
    license list log map model mount order patch pilot plan plant port post present prime
    program project record release repair report research review sandbox schedule script segment
    set setup shadow ship source split staff stage study supply support survey switch talk test
    trace train trial update upgrade visit work
    """
)
# What one finds out or watches is no figure reached: "Identify 3 efforts to assist".
THINK = words(
    """
    analyse analyze assess capture choose collect compare define describe determine document
    evaluate explore identify investigate list measure monitor observe outline plan prioritise
    prioritize record research select study track understand
    """
)
# How a figure moves. Down needs to be known, for the direction of a target.
UP = words(
    """
    accelerate boost broaden cultivate deepen double elevate encourage enhance enlarge expand
    foster grow improve increase lift maximise maximize multiply nurture optimise optimize
    quadruple raise scale speed strengthen triple uplift
    """
)
DOWN = words(
    """
    cut decline decrease diminish drop ease eliminate fall halve lessen limit lower minimise
    minimize mitigate reduce shorten shrink slash trim
    """
)
# Says by how much in itself.
FOLD = words(
    """
    double doubles doubled triple triples tripled quadruple quadrupled halve halves halved
    verdoppeln verdoppelt verdreifachen verdreifacht halbieren halbiert
    """
)
SPREAD = words("expand extend scale spread")
# Has a figure as its object, or people outside: to reach one is no piece of work.
REACH = words(
    """
    achieve acquire attain attract average bring close contribute convert convince drive earn
    enrol enroll exceed gain generate get hit hold keep land maintain obtain outperform preserve
    prevent protect qualify raise reach realise realize receive retain save score secure see
    sell sign stay surpass sustain win
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
    blog commit cut debug drag drop get hit jot log map pack pin plan plug prefer put refer rig
    run scan scrap set ship slip step stub submit swap tag tap transfer trim win wrap
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


def thirds(verbs: frozenset[str]) -> frozenset[str]:
    """ "follows", "passes", "carries"."""
    return frozenset(map(_third, verbs))


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
    """
    finished settled signed closed received reached met kept approved resolved certified obtained
    passed gone handed
    """
)
# Done only after "is".
DONE = frozenset(map(_participle, EITHER)) | words(
    "live done ready available operational online complete in-place up-to-date"
)
MAKING, MAKES = frozenset(map(_ing, MAKE)), thirds(MAKE)
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
    akquirieren betragen:betragen bringen:gebracht ein|bringen:eingebracht
    ein|werben:eingeworben erbringen:erbracht erlösen behalten:behalten beibehalten:beibehalten
    bestehen:bestanden bleiben:geblieben decken ein|halten:eingehalten erhalten:erhalten
    erreichen erwirtschaften erzielen generieren gewinnen:gewonnen halten:gehalten
    liegen:gelegen profitieren sichern treffen verdienen verkaufen verlieren:verloren
    vermeiden:vermieden übertreffen:übertroffen überschreiten unterschreiten
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
            ending = "et" if SPOKEN_WITH_E.search(stem) else "t"
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


# "arbeitet", "zeichnet": but "lernt", "nimmt".
SPOKEN_WITH_E = re.compile("(?:[td]|[^aeiouäöülrhnm][nm]|ichn|echn)$")
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
