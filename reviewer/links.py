"""What the page of a case shows of the cases that belong to it."""

from dataclasses import dataclass, field

from flask import url_for
from flask_babel import LazyString

from cases.actions.reading import OpenCase
from cases.domain.details import CaseLink, LinkKind
from cases.domain.facts import ProtectionFacts
from cases.domain.linking import usual_kind
from cases.queries.cases import case_id_by_reference, case_row, held_case, reference_of
from reviewer.opened import as_reference
from reviewer.session import signed_in
from web.database import db
from web.labels import text_of


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """A link in words; `url` is empty where this person cannot open the other case."""

    text: LazyString
    reference: str
    url: str


@dataclass(frozen=True, slots=True)
class LinkPanel:
    """The links of a case, its duplicates first of all, and a link that the answers suggest.

    Attributes:
        proposed: the reference of a case that the person named; empty where there is none.
        proposal_url: the form of the link, filled in.
    """

    duplicates: tuple[LinkedCase, ...]
    others: tuple[LinkedCase, ...]
    proposed: str = field(default="", repr=False)
    proposal_url: str = field(default="", repr=False)


def link_panel(case: OpenCase) -> LinkPanel:
    """The links of a case, as this person may see them."""
    links, address = case.dossier.links, case.case_id.hex()
    proposed, kind = _proposed(case)
    return LinkPanel(
        duplicates=tuple(_linked(each) for each in links if each.kind is LinkKind.DUPLICATE),
        others=tuple(_linked(each) for each in links if each.kind is not LinkKind.DUPLICATE),
        proposed=proposed,
        proposal_url=url_for("case_links.page", case_id=address, reference=proposed, kind=kind)
        if proposed
        else "",
    )


def _linked(link: CaseLink) -> LinkedCase:
    return LinkedCase(
        text_of(link.kind),
        # It may have got its reference after it was linked.
        reference_of(db(), link.other_id) or link.other_reference,
        url_for("case.page", case_id=link.other_id.hex()) if _opens(link.other_id) else "",
    )


def _proposed(case: OpenCase) -> tuple[str, str]:
    """The reference of the case that the answers name, and the kind of link; empty texts where
    this person cannot open it, or where the file already knows it."""
    reference = as_reference(_named(case))
    found = case_id_by_reference(db(), reference) if reference else None
    known = {case.case_id, *(each.other_id for each in case.dossier.links)}
    if found is None or found in known or not _opens(found):
        return "", ""
    return reference, usual_kind(case.flow, case_row(db(), found).flow_value).value


def _named(case: OpenCase) -> str:
    facts = case.facts
    of_report = facts.report_reference if isinstance(facts, ProtectionFacts) else ""
    return of_report or facts.belongs_to


def _opens(case_id: bytes) -> bool:
    return held_case(db(), case_id, signed_in().keys.holder) is not None
