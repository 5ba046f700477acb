"""Whom a question names when it leaves the office: the service, and the person it is about."""

from cases.domain.case_file import CaseFile
from cases.domain.details import Consultation
from cases.domain.facts import ReportFacts
from cases.domain.reference import ReferenceData


def service_name(asked: Consultation, rules: ReferenceData, language: str) -> str:
    """The service that is asked, as it is called in a language."""
    known = rules.authority(asked.service)
    return known.name(language) if known else asked.service_other


def concerned(file: CaseFile) -> str:
    """The name that the service may read; empty where it must not learn one."""
    if file.identity_withheld or isinstance(file.facts, ReportFacts):
        return ""
    return file.facts.identity.name.strip()
