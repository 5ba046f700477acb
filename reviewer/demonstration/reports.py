"""The invented reports."""

from cases.domain.details import (
    InternalChannelCheck,
    Met,
    Priority,
    PriorityLevel,
    ScopeCheck,
)
from cases.domain.facts import (
    AUTHORITY_OTHER,
    HowKnown,
    Identity,
    InternalChannel,
    InternalReason,
    Relation,
    ReportFacts,
    Reprisals,
)
from cases.domain.flows import Action
from reviewer.demonstration.stories import Acts, Answers, Notes, Shares, Story, Takes, Writes

_IN_SCOPE = ScopeCheck(
    person=Met.MET, facts=Met.MET, service=Met.MET, general_interest=Met.MET, conflict_free=True
)

NEW_DUTCH = Story(
    days_ago=2,
    facts=ReportFacts(
        authority=AUTHORITY_OTHER,
        authority_other="Agentschap voor Verzonnen Werken",
        what=(
            "Elke maand wordt dezelfde factuur van een aannemer twee keer betaald.\n\n"
            "De tweede betaling gaat naar een andere rekening. Het diensthoofd tekent allebei."
        ),
        language="nl",
        when_where="Sinds de lente, op de boekhouding.",
        how_known=HowKnown.DOCUMENTS,
        how_known_detail="Ik zag beide betalingen in het systeem.",
        relation=Relation.STAFF,
        internal_channel=InternalChannel.NOT_USED,
        internal_reasons=(InternalReason.LEADERS_INVOLVED, InternalReason.REPRISALS_FEARED),
        internal_reason_detail="Het diensthoofd leest alles wat intern gemeld wordt.",
        reprisals=Reprisals.FEARED,
    ),
    files=("betalingen-maart.pdf", "double-payments.csv"),
)

ASSESSED_ENGLISH = Story(
    days_ago=12,
    shown=True,
    facts=ReportFacts(
        authority=AUTHORITY_OTHER,
        authority_other="Office for Imaginary Permits",
        what=(
            "Permits are handed out faster to people who hire one particular architect. "
            "He is the brother of the person who decides."
        ),
        language="en",
        when_where="At least eight times since January, at the counter on the second floor.",
        how_known=HowKnown.SEEN,
        relation=Relation.FORMER_STAFF,
        internal_channel=InternalChannel.USED,
        internal_when="In March",
        internal_to="The integrity officer",
        internal_result="She thanked me. Nothing changed, and nobody called me back.",
        reprisals=Reprisals.NONE,
    ),
    events=(
        Acts(
            10,
            "noor",
            Action.ACKNOWLEDGE,
            "We have received your report and registered it.\n\nWe now look at whether our office "
            "may handle it. Please look in this mailbox from time to time.",
        ),
        Notes(10, "noor", "Check with the land registry who owns the architect's company."),
        Answers(
            8,
            "noor",
            "Thank you for your report. Do you remember which permits were handed out faster? "
            "A month or a street is enough. Leave out whatever could show who you are.",
        ),
        Writes(
            5,
            "Two in April, both in the street behind the old gasworks. One more in June.",
            files=("IMG_0608.jpg",),
        ),
    ),
)

INVESTIGATED_FRENCH = Story(
    days_ago=84,
    facts=ReportFacts(
        authority=AUTHORITY_OTHER,
        authority_other="Centre imaginaire d'entraide",
        what=(
            "Des bons alimentaires destinés aux familles sont revendus par deux collègues.\n\n"
            "Les listes de distribution sont signées d'avance."
        ),
        language="fr",
        when_where="Chaque vendredi, au dépôt.",
        how_known=HowKnown.SEEN,
        relation=Relation.STAFF,
        internal_channel=InternalChannel.NOT_USED,
        internal_reasons=(InternalReason.NONE_EXISTS,),
        reprisals=Reprisals.HAPPENED,
        reprisals_detail="Depuis ma question en réunion, on m'a retiré mes horaires de jour.",
        anonymous=False,
    ),
    identity=Identity("Personne inventée", "personne@exemple.invalid"),
    events=(
        Acts(
            80,
            "noor",
            Action.ACKNOWLEDGE,
            "Nous avons reçu votre signalement et nous l'avons enregistré.",
        ),
        Shares(79, "noor", "adam"),
        Takes(79, "adam"),
        Acts(78, "adam", Action.CHECK_SCOPE, details=_IN_SCOPE),
        Acts(
            78,
            "adam",
            Action.CHECK_INTERNAL_CHANNEL,
            details=InternalChannelCheck(used=False, reasons=(InternalReason.NONE_EXISTS,)),
        ),
        Acts(
            77,
            "adam",
            Action.PRIORITISE,
            reason="Families go without food while this goes on.",
            details=Priority(PriorityLevel.HIGH),
        ),
        Acts(
            77,
            "adam",
            Action.ACCEPT_EXTERNAL,
            "Notre bureau va enquêter sur ce que vous avez signalé. Nous ne disons à personne "
            "qui vous êtes.",
        ),
        Shares(76, "adam", "lena"),
        Answers(
            40,
            "adam",
            "Nous avons entendu deux personnes et demandé les listes de distribution. L'enquête "
            "continue.",
        ),
    ),
)

ADVISED_GERMAN = Story(
    days_ago=25,
    facts=ReportFacts(
        authority=AUTHORITY_OTHER,
        authority_other="Amt für Beispiele",
        what="Dienstwagen werden am Wochenende privat benutzt. Das Fahrtenbuch bleibt leer.",
        language="de",
        how_known=HowKnown.HEARD,
        relation=Relation.CONTRACTOR,
        internal_channel=InternalChannel.NOT_USED,
        internal_reasons=(InternalReason.DID_NOT_KNOW,),
        reprisals=Reprisals.NONE,
    ),
    events=(
        Acts(
            22,
            "noor",
            Action.ACKNOWLEDGE,
            "Wir haben Ihre Meldung erhalten und eingetragen.",
        ),
        Acts(21, "noor", Action.CHECK_SCOPE, details=_IN_SCOPE),
        Acts(
            21,
            "noor",
            Action.CHECK_INTERNAL_CHANNEL,
            details=InternalChannelCheck(used=False, reasons=(InternalReason.DID_NOT_KNOW,)),
        ),
        Acts(
            20,
            "noor",
            Action.ADVISE_INTERNAL,
            "Wir raten Ihnen, dies zuerst der internen Meldestelle zu melden. Auch sie muss "
            "geheim halten, wer Sie sind. Geschieht nichts, schreiben Sie uns hier.",
        ),
    ),
)

INADMISSIBLE_DUTCH = Story(
    days_ago=33,
    facts=ReportFacts(
        authority=AUTHORITY_OTHER,
        authority_other="Een winkel in mijn straat",
        what="De winkel op de hoek geeft geen kasticket.",
        language="nl",
        internal_channel=InternalChannel.NOT_USED,
        internal_reasons=(InternalReason.OTHER,),
    ),
    events=(
        Acts(30, "noor", Action.ACKNOWLEDGE, "We hebben uw melding ontvangen en geregistreerd."),
        Acts(
            29,
            "noor",
            Action.CHECK_SCOPE,
            details=ScopeCheck(
                person=Met.UNCLEAR,
                facts=Met.NOT_MET,
                service=Met.NOT_MET,
                general_interest=Met.UNCLEAR,
                conflict_free=True,
            ),
        ),
        Acts(
            29,
            "noor",
            Action.DECLARE_INADMISSIBLE,
            "We kunnen uw melding niet behandelen: ze gaat niet over een overheidsdienst. De "
            "economische inspectie is hiervoor bevoegd.",
            "Geen overheidsdienst: buiten de bevoegdheid.",
        ),
    ),
)

REPORTS = (
    NEW_DUTCH,
    ASSESSED_ENGLISH,
    INVESTIGATED_FRENCH,
    ADVISED_GERMAN,
    INADMISSIBLE_DUTCH,
)
