"""The rows: ciphertext, days, states and opaque ids; no key and no plaintext."""

from cases.models.base import Base
from cases.models.cases import Case, CaseGrant, Clock, Note, TransitionEntry
from cases.models.consultations import Consultation, ConsultationMessage
from cases.models.counters import ReferenceCounter, SignInThrottle
from cases.models.erasures import ErasedCase
from cases.models.evidence import Evidence
from cases.models.identities import IdentityShareRow, SealedIdentityRow
from cases.models.identity_requests import (
    IdentityAnswer,
    IdentityRequest,
    IdentityRequestReader,
)
from cases.models.mailboxes import Mailbox, MailboxSession, Message
from cases.models.pressure import PressureCount
from cases.models.reference import ReferenceEdit
from cases.models.reminders import Reminder, ReminderMail
from cases.models.rosters import ProposedPerson, RosterAcknowledgement, RosterSeen
from cases.models.search import CaseWords
from cases.models.second_factors import FactorReset, FactorResetApproval, Passkey, RecoveryCode
from cases.models.staff import IntakeGrant, Staff, StaffSession
from cases.models.trail import TrailEntry
from cases.models.trail_chain import TrailLink, TrailSignature

__all__ = [
    "Base",
    "Case",
    "CaseGrant",
    "CaseWords",
    "Clock",
    "Consultation",
    "ConsultationMessage",
    "ErasedCase",
    "Evidence",
    "FactorReset",
    "FactorResetApproval",
    "IdentityAnswer",
    "IdentityRequest",
    "IdentityRequestReader",
    "IdentityShareRow",
    "IntakeGrant",
    "Mailbox",
    "MailboxSession",
    "Message",
    "Note",
    "Passkey",
    "PressureCount",
    "ProposedPerson",
    "RecoveryCode",
    "ReferenceCounter",
    "ReferenceEdit",
    "Reminder",
    "ReminderMail",
    "RosterAcknowledgement",
    "RosterSeen",
    "SealedIdentityRow",
    "SignInThrottle",
    "Staff",
    "StaffSession",
    "TrailEntry",
    "TrailLink",
    "TrailSignature",
    "TransitionEntry",
]
