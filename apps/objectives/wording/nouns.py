"""Nouns by which a line is told apart, in the singular: what is handed over, what is measured."""

from apps.objectives.wording.word_list import words

# What one hands over. A count of one's own pieces is an output, though it has a number.
PIECES = words(
    """
    abstract action activity adapter adr advert advertisement agenda agreement alert ama
    analysis analyst announcement api app application architecture archive article assessment
    asset audit automation backlog badge banner beta billboard blog blogpost blueprint board
    book booth brief briefing brochure budget bug-fix bulletin business-case business-plan cache
    caching calendar call campaign canvas case catalog catalogue certificate certification
    chapter chart charter chatbot cheat-sheet checklist class classification code codebase
    column committee community-event comparison completion-report component concept conf
    conference configuration connector consultant container content contest contract
    contribution control cookbook copy core-flow course creation curriculum dashboard
    dashboard-tile data-set database dataset debrief decision deck declaration definition
    deliverable demo deployment description design designer developer-position diagram digest
    directive directory doc document documentary documentation draft drill e-book
    e-mail-template ebook edition email-template endpoint engineer environment epic episode
    estimate evaluation event exercise exhibit exhibition experiment export exposition extension
    fact-sheet factsheet faq feature festival fix flag flow folder form format forum framework
    framework-agreement function functionality gallery game gateway gathering guide guidebook
    guideline guild hackathon handbook helpdesk hire hiring histogram hub icon illustration
    implementation improvement infographic infrastructure initiative inspection installation
    instruction integration interface interview intranet introduction inventory item job-ad
    job-description journal keynote kick-off kickoff kiosk kit knowledge-base kpi lab
    landing-page language launch layout leaflet lecture lesson library list mailing manager
    manifesto manual map material matrix meeting meetup memo merge-request method methodology
    metric microservice microsite migration milestone mock-up mockup model module mural mvp
    newsletter-issue newsroom notebook notification offering onboarding one-pager opening option
    org-chart outline package packaging page pamphlet panel paper parser partnership patch
    pathway pattern persona phase photo photoshoot piece pilot pipeline-stage plan platform
    playbook playlist plug-in plugin poc podcast policy portal position post post-mortem poster
    postmortem pr prd preparation presentation press-kit press-release principle procedure
    process procurement product profile program programme project prompt proposal prototype
    publication pull-request questionnaire quickstart quiz rack recipe recommendation recruiter
    recruitment redesign refactor refactoring register registry regulation rehearsal release
    release-note renovation replacement repo report repository requirement research resource
    restructuring retrospective review rfc roadmap roadshow role roll-out rollout rota routine
    rulebook runbook sandbox scenario schema scheme scholarship scorecard screen screencast
    script sdk section seminar sensor series server service service-catalogue set-up setup sheet
    showcase site slide slide-deck software sop spec specification speech spreadsheet sprint
    stand standard statement storefront story storyboard strategy structure stub study
    submission-pack suite summary summit survey syllabus symposium sync system talk task
    taskforce taxonomy team-event teaser tech-talk template terminal test test-case testimonial
    text theme tier till timeline tool toolkit topic tour trailer training transcript tutorial
    unit-test update upgrade use-case version video vision visual voucher walkthrough webinar
    webpage website white-paper whitepaper widget wiki wireframe wizard workflow worksheet
    workshop write-up
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
    abandonment absence absenteeism accident accuracy acv admission adoption aov appointment
    approval arpa arpu arr arrears arrival attendance attrition audience aum availability
    average awareness backorder balance bandwidth basket booking borrowing bounce
    brand-awareness breach breakdown burn cac cadence callback cancellation capacity capex
    carbon cart cash cashflow chargeback checkout churn circulation citation click click-through
    clv co2 collision complaint completeness compliance concentration confidence consent
    consumption conversion correctness cost cpa cpc cpl crash crime csat ctr cycle-time
    cycletime damage dau deadline-adherence deal death debt decrease defect deficit deflection
    delay delinquency deliveries demand density departure deposit deviation discount dispute
    dissatisfaction diversity donation dormant download downtime drop-off dropout dso duration
    earning earnings ebit ebitda efficiency effort emission energy engagement enps enquiries
    enquiry enrollment enrolment error escalation expense failure fatality favorability
    favourability fcr fill-rate findability follower footfall forecast-accuracy fps fraction
    fraud frequency freshness fulfilment funding gain gap giving gmv greenhouse growth grr
    hospitalisation hour iacv idle impact impression inbound incident income increase index
    infection inflation injury inquiry install interaction inventory inventory-days jitter
    kpi-value landfill latency lead lead-time leads leakage leaver lifespan lifetime like
    likelihood liquidity literacy load-time login loss lost-time loyalty ltv margin market-share
    mau median membership mention mileage minute month morale mortality mql mrr mtbf mttd mttp
    mttr ndr no-show noise nps nrr obesity occupancy oee open-rate opex opportunity order otif
    outage output overdue overhead overrun overtime p50 p90 p95 p99 pageview participation
    passenger patronage payback payroll penetration percentile performance pipeline pledge
    pollution popularity poverty precision premium prevalence price probability productivity
    profit profitability promoter proportion pue punctuality purchase quality-score quota
    ranking rate rating ratio readership readmission recall recommendation-rate reconversion
    recovery recurrence recycling redemption reduction referral refund registration rejection
    reliability reply-time repurchase reputation reservation response response-time retention
    return revenue rework ridership roas roce roe roi rpo rto run-rate runway salary sale sales
    sao satisfaction saving score scrap second sell-through sentiment session severity share
    shipment shortage shrinkage sickness sign-in sign-up signup sla slo smau sov spam speed
    spend spillage spoilage sql ssat stability star stickiness stock stock-out stockout streak
    subscriber subscription success surplus survival suspension take-up takeup takings tco
    temperature tenure theft throughput ticket time time-to-hire time-to-value tonnage tpv
    traffic transaction trial trust turnaround turnout turnover tweet unsubscribe uptake uptime
    usage utilisation utilization vacancy valuation value variance velocity-index view
    viewership viewing visibility visit visitor volume wage wait waiting warranty wastage waste
    watch-time wau weight wellbeing win-rate workload yield
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
    reichweite reklamation rendite retoure rückmeldequote rückläufer score sichtbarkeit stern
    sterne storno stornierung störung stunden tage traffic umsatz unfall unfälle verbrauch
    verfügbarkeit verlust verrechenbarkeit verspätung verweildauer volumen wachstum warenkorb
    wartezeit weiterempfehlung wert zahl zeit zufriedenheit zugriff öffnungsrate
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
    abonnent account adopter advisor advocate alumni alumnus ambassador anwender anwenderin
    applicant attendee author azubi backer besucher besucherin blogger borrower business buyer
    bürger bürgerin cardholder caregiver carer charity citizen claimant client clinic co-host
    community commuter companies company consumer contributor creator customer dealer dieter
    distributor doktorand doktorandin donor ehrenamtliche eltern enterprise executive families
    family fan farm farmer firm firma firmen follower founder franchisee freelancer funder
    fundraiser gamer gast graduate guest gäste haushalt hospital hotel household influencer
    inhabitant integrator interessent investor journalist jugendliche jugendlichen kinder kunde
    kundin käufer landlord learner lender lernende leser listener logo maintainer member mentee
    merchant mieter mitglied municipality neukunde nutzer nutzerin officer organisation
    organiser organization organizer owner parent participant partner passenger patient
    patientin pensioner people person personen pharmacy player policyholder presenter prospect
    publisher pupil reader regular reisende researcher reseller resident respondent restaurant
    retailer rider school schüler schülerin shop shopper speaker sponsor start-up startup store
    student studierende sub subscriber supplier teilnehmende teilnehmer teilnehmerin tenant
    trainee traveler traveller university unternehmen user vendor verein versicherte
    versicherten veteran viewer village visitor volunteer voter winner zuhörer
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
STAFF = words(
    """
    employee staff colleague team-member teammate manager engineer nurse leader kollege kollegin
    mitarbeitende mitarbeitenden mitarbeiter mitarbeiterin mitarbeiterinnen führungskräfte
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
