"""The words for what the file of a case holds: checks, verdicts, questions, refusals of a rule."""

from enum import StrEnum

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _

from cases.domain.details import (
    ConsultationKind,
    ConsultationWay,
    JustificationVerdict,
    LinkKind,
    Met,
    MinutesState,
    NormVerdict,
    PriorityLevel,
    RecommendationResponse,
    Substantiated,
    WaiverGround,
)
from cases.domain.reference import Certainty, ReferralKind
from cases.reasons import Reason

STEP_TABLES: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    Reason: {
        Reason.NO_PERMISSION: _("Your role does not include this step."),
        Reason.NOT_IN_THIS_STATE: _("Not possible from where the case stands now."),
        Reason.NOT_BY_STAFF: _("Nobody of the office does this."),
        Reason.SECOND_PERSON_NEEDED: _(
            "A second person must release this: not the one who prepared it."
        ),
        Reason.UNKNOWN_SUBJECT: _("What this is about is not open in this case any more."),
        Reason.REASONS_MISSING: _("Say why the internal channel was not used."),
        Reason.FOLLOW_UP_MISSING: _("Say whether anything was done after the internal report."),
        Reason.GROUND_MISSING: _(
            "A condition that is not met is also a ground of refusal: choose that ground too."
        ),
        Reason.WHY_MISSING: _("Something is missing: fill in every text that is asked for."),
        Reason.PERIOD_UNUSABLE: _("Type a number of months from 0 to 1200."),
        Reason.LINKED_TO_ITSELF: _("This is the reference of the case itself."),
        Reason.ALREADY_LINKED: _("The two cases are already linked in this way."),
        Reason.LINK_OF_OTHER_FLOWS: _(
            "Two cases of these kinds cannot belong together in this way."
        ),
        Reason.ADMISSIBILITY_CHECKED: _("Check the admissibility first."),
        Reason.A_GROUND_FOUND: _("The admissibility check found no ground of refusal."),
        Reason.NO_FIRST_CONTACT_FOUND: _(
            "The admissibility check does not say that the person still has to go to the service."
        ),
        Reason.SERVICE_CONTACTED: _("The service was not asked anything yet."),
        Reason.SERVICE_NOT_CONTACTED: _("The service was already contacted about this case."),
        Reason.A_NORM_BREACHED: _("No norm is assessed as breached yet."),
        Reason.A_NORM_ASSESSED: _("No norm is assessed yet."),
        Reason.NO_NORM_BREACHED: _("A norm is assessed as breached."),
        Reason.SCOPE_CHECKED: _("Check the scope first."),
        Reason.IN_SCOPE: _(
            "The scope check must find the report in scope, and the handlers free of conflict."
        ),
        Reason.OUT_OF_SCOPE: _("The scope check does not find the report out of scope."),
        Reason.INTERNAL_CHANNEL_CHECKED: _("Check the internal channel first."),
        Reason.EXTERNAL_NOT_CHOSEN: _("The person chose the external channel."),
        Reason.NOT_YET_EXTENDED: _("The period for feedback was already extended."),
        Reason.FEEDBACK_RUNNING: _("No period for feedback is running."),
        Reason.FINDINGS_RECORDED: _("Record the findings first."),
        Reason.LINK_FOUND: _("No link with a report or a testimony was found yet."),
        Reason.NO_LINK_FOUND: _("The check does not say that there is no link."),
        Reason.CONSENT_GIVEN: _("The person has not agreed that we contact the employer."),
        Reason.JUSTIFICATION_ACCEPTED: _("No justification was found sufficient."),
        Reason.JUSTIFICATION_REFUSED: _("No justification was found insufficient or missing."),
        Reason.RECOMMENDED: _("Make a recommendation first."),
        Reason.A_CONSULTATION_PREPARED: _("No question to the service waits for release."),
        Reason.A_QUESTION_IS_OUT: _(
            "A public service can still answer a question through its link, and would use the old "
            "key. Wait for the answer, or withdraw the question."
        ),
        Reason.A_CONSULTATION_OPEN: _("No question to the service waits for an answer."),
        Reason.A_CONSULTATION_UNFINISHED: _("No question to the service is open."),
        Reason.NO_CONSULTATION_UNFINISHED: _(
            "A question to the service is still open: wait for the answer or withdraw it."
        ),
        Reason.A_RECOMMENDATION_OPEN: _("No recommendation is open."),
        Reason.A_NOTICE_WAITING: _("No letter to the public service waits for a second person."),
        Reason.ON_HOLD: _("The case is not under a legal hold."),
        Reason.NOT_ON_HOLD: _("The case is under a legal hold already."),
        Reason.MAILBOX_DELETED: _("The person deleted the mailbox, so no message reaches them."),
        Reason.ALREADY_YOURS: _("You already handle this case."),
        Reason.NOT_IN_THE_POOL: _("A colleague already took this case."),
        Reason.ALREADY_IN_THE_POOL: _("This case is open to everyone at intake already."),
        Reason.ALREADY_SHARED: _("This colleague can already open the case."),
        Reason.LAST_FACTOR: _(
            "This is the last thing you sign in with beside your passphrase. Add another first."
        ),
        Reason.TOO_MANY_PASSKEYS: _("You have ten passkeys. Remove one that you do not use."),
        Reason.SIGN_IN_AGAIN: _(
            "To change what you sign in with, sign out, sign in again and do it within ten minutes."
        ),
        Reason.NO_IDENTITY_SEALED: _("The person gave no name in confidence."),
        Reason.IDENTITY_ASKED_ALREADY: _("The custodians have this request already."),
        Reason.TOO_FEW_CUSTODIANS: _(
            "Too few custodians hold a share of this name. Nobody can open it."
        ),
        Reason.NOT_ON_THE_ROSTER: _("Your key is not on the signed roster."),
        Reason.IDENTITY_REQUEST_ENDED: _("This request has ended. It needs no answer any more."),
        Reason.IDENTITY_ANSWERED_ALREADY: _("You have answered this request already."),
        Reason.NOT_ONESELF: _("Nobody can do this to themselves."),
        Reason.LAST_HEAD: _("This is the last head of the office who can sign in."),
        Reason.LAST_ADMINISTRATOR: _("This is the last administrator who can sign in."),
        Reason.NO_FIRST_SIGN_IN: _("This person has not signed in yet."),
        Reason.EXCLUDED_FROM_THIS_CASE: _("This colleague must not read the case."),
    },
    Met: {
        Met.MET: lazy_pgettext("condition", "Met"),
        Met.NOT_MET: lazy_pgettext("condition", "Not met"),
        Met.UNCLEAR: lazy_pgettext("condition", "Not clear"),
    },
    WaiverGround: {
        WaiverGround.NOT_WANTED: _("The person asked for no acknowledgement"),
        WaiverGround.ENDANGERS: _("An acknowledgement could give away who the person is"),
    },
    Substantiated: {
        Substantiated.YES: _("The facts are established"),
        Substantiated.PARTLY: _("The facts are established in part"),
        Substantiated.NO: _("The facts are not established"),
        Substantiated.UNDETERMINED: _("It cannot be determined"),
    },
    PriorityLevel: {
        PriorityLevel.URGENT: lazy_pgettext("priority", "Urgent"),
        PriorityLevel.HIGH: lazy_pgettext("priority", "High"),
        PriorityLevel.NORMAL: lazy_pgettext("priority", "Normal"),
    },
    NormVerdict: {
        NormVerdict.MET: lazy_pgettext("norm", "Respected"),
        NormVerdict.BREACHED: lazy_pgettext("norm", "Breached"),
        NormVerdict.NOT_ASSESSED: lazy_pgettext("norm", "Not assessed"),
    },
    RecommendationResponse: {
        RecommendationResponse.ACCEPTED: lazy_pgettext("recommendation", "Accepted"),
        RecommendationResponse.REFUSED: lazy_pgettext("recommendation", "Refused"),
        RecommendationResponse.IMPLEMENTED: lazy_pgettext("recommendation", "Carried out"),
        RecommendationResponse.NOT_IMPLEMENTED: lazy_pgettext("recommendation", "Not carried out"),
    },
    ConsultationKind: {
        ConsultationKind.DOCUMENTS: _("Request for documents"),
        ConsultationKind.HEARING: _("Hearing of the point of view of the service"),
        ConsultationKind.PUT_RIGHT: _("Request to put it right"),
        ConsultationKind.JUSTIFICATION: _("Request to justify the measure"),
    },
    ConsultationWay: {
        ConsultationWay.LINK: _("Through a secure link"),
        ConsultationWay.LETTER: _("By letter"),
    },
    MinutesState: {
        MinutesState.OFFERED: _("Offered to the person to read"),
        MinutesState.CORRECTED: _("Corrected by the person"),
        MinutesState.SIGNED: _("Signed by the person"),
        MinutesState.REFUSED: _("The person refused to sign"),
    },
    LinkKind: {
        LinkKind.SAME_FACTS: _("About the same facts"),
        LinkKind.SAME_SERVICE: _("About the same public service"),
        LinkKind.DUPLICATE: _("A duplicate"),
        LinkKind.CONTINUED_AS: _("The same matter, as another kind of case"),
        LinkKind.PROTECTION_OF: _("A report, and the protection of whoever made it"),
    },
    JustificationVerdict: {
        JustificationVerdict.SUFFICIENT: _("The justification is sufficient"),
        JustificationVerdict.INSUFFICIENT: _("The justification is not sufficient"),
        JustificationVerdict.NONE_GIVEN: _("The employer gave no justification"),
    },
    ReferralKind: {
        ReferralKind.COMPLAINT: _("For complaints"),
        ReferralKind.REPORT: _("For reports"),
        ReferralKind.WORK: _("For what happens at work"),
        ReferralKind.OTHER: _("For other matters"),
    },
    Certainty: {
        Certainty.CONFIRMED: lazy_pgettext("certainty", "Confirmed"),
        Certainty.INFERRED: lazy_pgettext("certainty", "Inferred, to be confirmed"),
        Certainty.UNCERTAIN: lazy_pgettext("certainty", "To be confirmed"),
    },
}
