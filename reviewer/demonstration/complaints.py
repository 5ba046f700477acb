"""The invented complaints."""

from datetime import date, timedelta

from cases.domain.details import (
    AdmissibilityCheck,
    Consultation,
    ConsultationKind,
    ConsultationWay,
    Met,
    NormAssessment,
    NormVerdict,
    Recommendation,
    ServiceAnswer,
)
from cases.domain.facts import (
    AUTHORITY_OTHER,
    AUTHORITY_UNKNOWN,
    ComplainantIdentity,
    ComplaintFacts,
    ContactedFirst,
    ContactWay,
)
from cases.domain.flows import Action
from reviewer.demonstration.stories import (
    Acts,
    Answers,
    Notes,
    Releases,
    Shares,
    Story,
    Takes,
    Writes,
)

_METER, _METERS = bytes(15) + b"1", bytes(15) + b"2"
_ADMISSIBLE = AdmissibilityCheck(competent=Met.MET, contacted=Met.MET, recent=Met.MET)


def complaints(today: date) -> tuple[Story, ...]:
    """The complaints as they stand today."""
    return (
        _new_dutch(today),
        _late_french(today),
        _examined_english(today),
        _waiting_german(today),
        _closed_dutch(today),
    )


def _new_dutch(today: date) -> Story:
    return Story(
        days_ago=1,
        facts=ComplaintFacts(
            authority=AUTHORITY_OTHER,
            authority_other="Dienst Denkbeeldige Belastingen",
            problem=(
                "Ik betaal al drie jaar belasting voor een woning die ik verkocht heb.\n\n"
                "Ik stuurde twee keer het bewijs van de notaris."
            ),
            language="nl",
            contacted_first=ContactedFirst.YES_NO_ANSWER,
            facts_on=today - timedelta(days=60),
            hopes="Dat ik terugkrijg wat ik te veel betaalde.",
            service_reference="DB/2026/0417",
            identity=ComplainantIdentity(
                "Wout Verzonnen", "wout@voorbeeld.invalid", "", "Fictiestraat 1", ContactWay.EMAIL
            ),
        ),
    )


def _late_french(today: date) -> Story:
    return Story(
        days_ago=24,
        facts=ComplaintFacts(
            authority=AUTHORITY_OTHER,
            authority_other="Service fictif du logement",
            problem="Mon dossier de logement social a disparu pendant un déménagement du service.",
            language="fr",
            contacted_first=ContactedFirst.YES_UNSATISFIED,
            service_answer="On m'a dit de recommencer toute la procédure.",
            facts_on=today - timedelta(days=90),
            hopes="Garder mon ancienneté sur la liste d'attente.",
            identity=ComplainantIdentity(
                "Inès Imaginaire", "", "+32 2 000 00 01", "", ContactWay.PHONE
            ),
        ),
        events=(
            Acts(
                20,
                "noor",
                Action.ACKNOWLEDGE,
                "Nous avons reçu votre plainte et nous l'avons enregistrée. Dans les 14 jours, "
                "nous vous disons si nous pouvons la traiter.",
            ),
            Writes(3, "Avez-vous des nouvelles ? Le service m'a encore demandé de recommencer."),
        ),
    )


def _examined_english(today: date) -> Story:
    return Story(
        days_ago=40,
        facts=ComplaintFacts(
            authority=AUTHORITY_OTHER,
            authority_other="Make-Believe Transport",
            problem=(
                "I was fined on a tram although my season ticket was valid. The machine at the "
                "stop could not read it, and the inspector did not want to look at the receipt."
            ),
            language="en",
            contacted_first=ContactedFirst.YES_UNSATISFIED,
            service_answer="They say that the machine's record counts.",
            facts_on=today - timedelta(days=55),
            hopes="That the fine is cancelled.",
            identity=ComplainantIdentity(
                "Alex Invented", "alex@example.invalid", "", "", ContactWay.EMAIL
            ),
        ),
        events=(
            Acts(
                36, "noor", Action.ACKNOWLEDGE, "We have received your complaint and registered it."
            ),
            Shares(35, "noor", "adam"),
            Takes(35, "adam"),
            Acts(31, "adam", Action.CHECK_ADMISSIBILITY, details=_ADMISSIBLE),
            Acts(
                30,
                "adam",
                Action.ACCEPT,
                "We can examine your complaint. We now ask the service for its side of the matter.",
            ),
            Notes(29, "adam", "Asked for the reader's log of that day. Reply expected in 3 weeks."),
            Answers(4, "adam", "The service has sent us the machine's record. We are checking it."),
        ),
    )


def _waiting_german(today: date) -> Story:
    return Story(
        days_ago=18,
        facts=ComplaintFacts(
            authority=AUTHORITY_UNKNOWN,
            problem="Vor meinem Haus wird seit Wochen kein Müll mehr abgeholt.",
            language="de",
            contacted_first=ContactedFirst.NO,
            facts_on=today - timedelta(days=30),
            hopes="Dass der Müll wieder abgeholt wird.",
            identity=ComplainantIdentity(
                "Frieda Erfunden", "", "+32 2 000 00 00", "", ContactWay.PHONE
            ),
        ),
        events=(
            Acts(
                16,
                "noor",
                Action.ACKNOWLEDGE,
                "Wir haben Ihre Beschwerde erhalten und eingetragen.",
            ),
            Acts(
                15,
                "noor",
                Action.CHECK_ADMISSIBILITY,
                details=AdmissibilityCheck(
                    competent=Met.MET,
                    contacted=Met.NOT_MET,
                    recent=Met.MET,
                    grounds=("no_first_contact",),
                ),
            ),
            Acts(
                14,
                "noor",
                Action.ASK_SERVICE_FIRST,
                "Bitte wenden Sie sich zuerst an die Müllabfuhr. Bekommen Sie keine Antwort oder "
                "hilft sie nicht, schreiben Sie uns hier.",
            ),
        ),
    )


def _closed_dutch(today: date) -> Story:
    return Story(
        days_ago=70,
        facts=ComplaintFacts(
            authority=AUTHORITY_OTHER,
            authority_other="Verzonnen Waterbedrijf",
            problem="De waterrekening is vijf keer hoger dan anders, door een lek aan de meter.",
            language="nl",
            contacted_first=ContactedFirst.YES_UNSATISFIED,
            service_answer="De meter zou in orde zijn.",
            facts_on=today - timedelta(days=95),
            hopes="Een juiste rekening.",
            identity=ComplainantIdentity(
                "Mia Fantasie", "mia@voorbeeld.invalid", "", "", ContactWay.EMAIL
            ),
        ),
        events=(
            Acts(67, "noor", Action.ACKNOWLEDGE, "We hebben uw klacht ontvangen en geregistreerd."),
            Acts(61, "lena", Action.CHECK_ADMISSIBILITY, details=_ADMISSIBLE),
            Acts(60, "lena", Action.ACCEPT, "We kunnen uw klacht behandelen."),
            Acts(58, "lena", Action.START_EXAMINATION),
            Acts(
                57,
                "lena",
                Action.PREPARE_CONSULTATION,
                details=Consultation(
                    id=_METER,
                    kind=ConsultationKind.HEARING,
                    service=AUTHORITY_OTHER,
                    service_other="Verzonnen Waterbedrijf",
                    question="Wanneer werd de meter het laatst nagekeken, en door wie?",
                    due_on=today - timedelta(days=27),
                    way=ConsultationWay.LETTER,
                ),
            ),
            Releases(56, "lena", _METER),
            Acts(
                36,
                "lena",
                Action.RECORD_SERVICE_ANSWER,
                details=ServiceAnswer(
                    id=_METER,
                    received_on=today - timedelta(days=36),
                    way=ConsultationWay.LETTER,
                    text="De meter werd niet nagekeken. Er blijkt een lek te zijn.",
                ),
            ),
            Acts(
                33,
                "lena",
                Action.ASSESS_NORM,
                details=NormAssessment(
                    "diligence",
                    NormVerdict.BREACHED,
                    "Een klacht over een te hoge rekening vraagt een controle van de meter.",
                ),
            ),
            Acts(
                32,
                "lena",
                Action.RECOMMEND,
                notice="Wij bevelen aan om elke betwiste meter binnen de maand te controleren.",
                details=Recommendation(
                    id=_METERS,
                    addressee="Verzonnen Waterbedrijf",
                    text="Controleer elke betwiste meter binnen de maand.",
                    due_on=today + timedelta(days=20),
                ),
            ),
            Acts(
                31,
                "lena",
                Action.CONCLUDE_FOUNDED,
                "Uw klacht is gegrond. De meter lekte. Het bedrijf betaalt het verschil terug en "
                "we bevelen aan om meters sneller te laten nakijken.",
                notice="De klacht is gegrond: de meter lekte en werd niet nagekeken.",
            ),
            Acts(20, "lena", Action.CLOSE),
        ),
    )
