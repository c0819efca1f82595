"""Nouns by which a line is told apart, in the singular: what is handed over, what is measured."""

from apps.objectives.wording.word_list import words

# What one hands over. A count of one's own pieces is an output, though it has a number.
PIECES = words(
    """
    action activity agenda agreement ama analysis api app application architecture article asset
    assessment audit automation backlog blog blogpost board book booth brochure budget bug-fix
    business-case calendar call campaign canvas case chapter chatbot checklist class codebase
    community-event comparison component concept conf conference contract contribution copy course
    creation dashboard database deck definition deliverable demo deployment description design
    diagram directory document documentation doc draft ebook edition environment episode event
    evaluation experiment extension faq feature fix flow forum framework function functionality
    game gathering guide guideline hackathon handbook hire implementation improvement initiative
    inspection integration interview introduction inventory item kit knowledge-base kpi lab launch
    layout library list mailing manual manifesto map material meeting meetup method microsite
    migration milestone mockup model module mvp newsletter-issue offering onboarding outline
    package page panel paper partnership patch persona phase piece pilot plan platform playbook
    playlist podcast poc policy portal position post poster presentation press-release principle
    procedure process product profile program programme project prompt proposal prototype
    pull-request pr questionnaire recommendation redesign release report repo repository
    requirement research resource retrospective review roadmap role rollout roll-out routine
    schema script section seminar series service-catalogue setup showcase site sop spec
    specification sprint standard story storyboard strategy structure study suite summary summit
    survey system talk task taskforce team-event template test theme tool toolkit topic till kiosk
    tour training tutorial update upgrade use-case version video vision walkthrough webinar webpage
    website white-paper whitepaper wiki wireframe workflow workshop engineer manager designer
    developer-position recruiter analyst consultant hiring recruitment restructuring installation
    completion-report publication preparation set-up opening
    """
)
STUECKE = words(
    """
    analyse anbindung angebot anleitung anstellung anwendung artikel aufbau aufnahme
    auslegeordnung ausschreibung auswertung auswahl audit beitrag bericht beschaffung beschreibung
    broschüre befragung dashboard definition design dokument dokumentation durchführung einführung
    einrichtung einstellung entwicklung entwurf erarbeitung erfassung erhebung erstellung event
    experiment fachverfahren feature flyer folge formular funktion führung gespräch guideline
    handbuch idee leitbild zielbild implementierung inhalt installation integration interview
    kalender kampagne
    katalog konzept konzeption kurs lab landingpage launch layout lebensleistung leistung leitbild
    leitfaden leitlinie liste lösung massnahme meeting messestand migration modell modul mvp
    newsletter onboarding organisation pilot pilotprojekt plan planung plattform podcast portal
    post projekt prototyp prozess publikation realisierung rekrutierung relaunch release report
    review richtlinie roadmap rollout schnittstelle schulung seite seminar sitzung spezifikation
    sprint standard stelle strategie studie system team-event test tool training treffen umbau
    umfrage umsetzung umstellung veranstaltung vereinbarung veröffentlichung version vertrag video
    vorbereitung vorlage vorschlag vorstellung vortrag webinar webseite website werkzeug workshop
    whitepaper show-case zertifizierung zertifikat überarbeitung überblick übersicht
    """
)
# What is measured, and what people outside do.
METRICS = words(
    """
    abandonment absence absenteeism arrears citation ridership
    accident accuracy acv adoption aov arpa arpu arr attrition
    availability average awareness balance basket booking bounce brand-awareness burn cac
    cancellation capacity cart cash cashflow churn click click-through clv co2 complaint
    confidence consumption conversion cost cpa cpc cpl crash csat ctr dau deal deadline-adherence
    defect delay deliveries demand deviation dispute donation dormant downtime download dso
    dropout drop-off duration earning ebit ebitda efficiency effort emission energy engagement
    enps enrolment enrollment error escalation expense failure favorability follower footfall
    fraction frequency gmv greenhouse growth grr hour iacv impact impression income incident index
    injury inquiry install interaction inventory-days kpi-value latency lead lead-time leads
    lifetime like load-time loss loyalty ltv margin market-share mau median membership mention
    minute month mql mrr mtbf mttp mttr mttd ndr nps nrr occupancy open-rate opportunity order
    outage output overtime pageview participation passenger payback penetration percentile
    performance pipeline precision price probability productivity profit profitability purchase
    quality-score quota ranking rate rating ratio recall recommendation-rate recovery redemption
    referral refund registration reply-time reputation response response-time retention return
    revenue roas roi run-rate runway sale sales sao satisfaction saving score second sentiment
    session share shrinkage sickness sign-up signup sla slo smau sov spam spend sql ssat star
    stickiness stock streak subscription subscriber success suspension tco ticket time
    time-to-hire time-to-value throughput traffic transaction trial turnaround turnover
    unsubscribe uptime usage utilisation utilization valuation value variance velocity-index view
    visibility visit visitor volume wait waiting waste wau yield
    """
)
METRIKEN = words(
    """
    abbruch abbrüche alter abonnent abschlussquote abwesenheit anfrage anmeldung anruf anteil
    antwortzeit aufruf auftragseingang auftrag aufwand ausfall auslastung ausgaben ausschuss
    aussteller barrierefreiheit beschwerde bestellung besuch besucher betriebsaufwand betrag
    bewerbung bewertung bindung cashflow conversion dauer deckungsbeitrag downloads durchlaufzeit
    durchschnitt ebit effizienz einnahme emission engagement ergebnis ertrag fehler fluktuation
    follower frequenz gewinn häufigkeit impressions index interaktion klick kennzahl klickrate
    kosten krankenstand krankheitstage kündigung lead leads liquidität liegezeit marge marktanteil
    menge mitarbeiterumsatz note nutzung preis produktivität punkte punktzahl quote rang rate
    reichweite reklamation rendite retoure rückmeldequote rückläufer score sichtbarkeit storno
    stornierung störung stunden tage traffic umsatz unfall unfälle verbrauch verfügbarkeit verlust
    verrechenbarkeit verspätung verweildauer volumen wachstum warenkorb wartezeit weiterempfehlung
    wert zahl zeit zufriedenheit zugriff öffnungsrate
    """
)
# A share of what we ourselves were to do, or a size of our own work.
OWN_METRICS = words(
    """
    coverage testabdeckung abdeckung completion velocity story-points headcount documentation
    milestones tasks fertigstellung umsetzungsgrad fertigstellungsgrad certification adherence
    hiring mr
    """
)
PEOPLE = words(
    """
    account adopter advocate ambassador applicant attendee author backer contributor creator
    fan franchisee freelancer funder investor maintainer mentee organiser organizer regular speaker
    sponsor trainee vendor buyer citizen client community company companies
    consumer customer donor enterprise executive families family guest household learner
    listener logo
    member merchant owner parent participant partner passenger patient people prospect pupil reader
    resident respondent studierende lernende teilnehmende reisende retailer school shop shopper
    store student subscriber supplier tenant user viewer visitor volunteer winner abonnent anwender
    anwenderin besucher besucherin bürger bürgerin firma firmen follower gast gäste haushalt
    interessent käufer kunde kundin leser mieter
    doktorand doktorandin ehrenamtliche mitglied neukunde nutzer nutzerin person personen
    schüler schülerin jugendliche jugendlichen kinder eltern azubi patient patientin versicherte
    versicherten teilnehmer teilnehmende teilnehmerin unternehmen verein zuhörer
    """
)
# What comes from outside, so that a share of it says what others do.
COMING = words(
    """
    appeal applicant application app bill booking call case check-in claim contact device email
    episode file household invoice job loan meal message package parcel payment permit policy
    product query question repair request reservation return sale shift ship ticket trip antrag
    anträge anfragen beleg bescheid buchung essen fahrt fall fälle frage gericht gerät meldung
    paket police produkt reparatur schaden schadensfall schulessen schäden sendung termin vertrag
    verträge vorgang vorgänge zahlung
    """
)
# Our own people: what a share of them has done or uses says that we saw to it.
INSIDERS = words(
    """
    colleague department developer division employee engineer leader manager nurse squad staff
    team workforce abteilung bereich entwickler entwicklerin führungskraft führungskräfte kollege
    kollegin mitarbeitende mitarbeitenden mitarbeiter mitarbeiterin team
    """
)
# What they say of themselves is theirs.
OPINE = words(
    """
    say says rate rates recommend recommends agree agrees feel feels stay stays leave leaves
    empfehlen empfiehlt sagen bewerten fühlen bleiben stimmen
    """
)
SAY = words(
    """
    say says rate rates recommend recommends agree agrees feel feels report reports renew renews
    return returns choose chooses buy buys use uses empfehlen empfiehlt sagen bewerten stimmen
    """
)
