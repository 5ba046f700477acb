"""The forms of what a step carries beside its texts: one for each kind that staff write."""

from cases.domain.flows import Detail
from reviewer.forms.details.base import Beside, DetailForm
from reviewer.forms.details.complaint import (
    AdmissibilityForm,
    IdentityForm,
    NormForm,
    ReferralForm,
)
from reviewer.forms.details.every_flow import (
    MinutesForm,
    OtherFlowForm,
    PriorityForm,
    ProsecutorForm,
    RecommendationAnswerForm,
    RecommendationForm,
    TransmissionForm,
)
from reviewer.forms.details.keeping import RetentionForm
from reviewer.forms.details.notices import NoticeReleaseForm
from reviewer.forms.details.protection import ConsentForm, JustificationForm, LinkForm
from reviewer.forms.details.report import DisclosureForm, FindingsForm, WaiverForm
from reviewer.forms.details.report_checks import InternalChannelForm, ScopeForm

__all__ = ["DETAIL_FORMS", "TYPED_NAMES", "Beside", "DetailForm"]

DETAIL_FORMS: dict[Detail, type[DetailForm]] = {
    Detail.ADMISSIBILITY: AdmissibilityForm,
    Detail.REFERRAL: ReferralForm,
    Detail.TRANSMISSION: TransmissionForm,
    Detail.SCOPE: ScopeForm,
    Detail.INTERNAL_CHANNEL: InternalChannelForm,
    Detail.WAIVER: WaiverForm,
    Detail.FINDINGS: FindingsForm,
    Detail.PRIORITY: PriorityForm,
    Detail.NORM: NormForm,
    Detail.RECOMMENDATION: RecommendationForm,
    Detail.RECOMMENDATION_ANSWER: RecommendationAnswerForm,
    Detail.NOTICE_RELEASE: NoticeReleaseForm,
    Detail.PROSECUTOR_NOTICE: ProsecutorForm,
    Detail.DISCLOSURE: DisclosureForm,
    Detail.MINUTES: MinutesForm,
    Detail.IDENTITY_DISCLOSURE: IdentityForm,
    Detail.LINK_CHECK: LinkForm,
    Detail.CONSENT: ConsentForm,
    Detail.JUSTIFICATION: JustificationForm,
    Detail.OTHER_FLOW: OtherFlowForm,
    Detail.RETENTION: RetentionForm,
}

# Every text box of these forms, as the page names it.
TYPED_NAMES: tuple[str, ...] = tuple(
    sorted({name for form in DETAIL_FORMS.values() for name in form.typed_names()})
)
