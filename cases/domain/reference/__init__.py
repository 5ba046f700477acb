"""Reference data: what varies by office or by law, as rows with a source, a certainty and days.

Ships as files in `cases/data`; the office changes rows through the console or `zegel`, and a
changed row wins over the shipped one. The rules ask `ReferenceData`, and never read a file.
"""

from cases.domain.reference.authorities import NOT_ON_RECORD, Authority, Competence, Level
from cases.domain.reference.codes import Breach, Coded, Ground, Norm, Retaliation
from cases.domain.reference.columns import Column, ColumnType, Row
from cases.domain.reference.files import shipped, shipped_tables
from cases.domain.reference.kind import Kind
from cases.domain.reference.kinds import KINDS
from cases.domain.reference.known import ReferenceData, Tables, assemble
from cases.domain.reference.languages import LANGUAGES, Certainty, Words, in_language
from cases.domain.reference.periods import Period, PeriodRow, Unit
from cases.domain.reference.referrals import Referral, ReferralKind
from cases.domain.reference.retention import RetentionRow
from cases.domain.reference.settings import Setting

__all__ = [
    "KINDS",
    "LANGUAGES",
    "NOT_ON_RECORD",
    "Authority",
    "Breach",
    "Certainty",
    "Coded",
    "Column",
    "ColumnType",
    "Competence",
    "Ground",
    "Kind",
    "Level",
    "Norm",
    "Period",
    "PeriodRow",
    "ReferenceData",
    "Referral",
    "ReferralKind",
    "Retaliation",
    "RetentionRow",
    "Row",
    "Setting",
    "Tables",
    "Unit",
    "Words",
    "assemble",
    "in_language",
    "shipped",
    "shipped_tables",
]
