"""Facts and identities to JSON and back, with a version in each."""

from collections.abc import Callable
from dataclasses import asdict

from cases.domain.facts import (
    ComplainantIdentity,
    ComplainantKind,
    ComplaintFacts,
    ContactedFirst,
    ContactWay,
    Facts,
    FollowUp,
    HowKnown,
    Identity,
    IntakeWay,
    InternalChannel,
    InternalReason,
    Proceedings,
    ProtectionFacts,
    ProtectionGround,
    Relation,
    ReportFacts,
    Reprisals,
    YesNo,
)
from cases.domain.flows import Flow
from cases.domain.json_fields import JsonFields, to_json
from cases.errors import FactsMalformed

VERSION = 1


def facts_fields(facts: Facts) -> dict[str, object]:
    """The facts as plain values for JSON."""
    return {"version": VERSION, "flow": facts.flow, **asdict(facts)}


def facts_from(fields: JsonFields) -> Facts:
    """The facts in a JSON object; FactsMalformed for an unknown version, flow or choice."""
    _check_version(fields)
    return _READERS[fields.required("flow", Flow)](fields)


def facts_to_json(facts: Facts) -> bytes:
    """The facts as UTF-8 JSON."""
    return to_json(facts_fields(facts))


def facts_from_json(encoded: bytes) -> Facts:
    """What `facts_to_json` wrote, in this version or an older one."""
    return facts_from(JsonFields.parse(encoded))


def identity_to_json(identity: Identity) -> bytes:
    """A reporter's identity as UTF-8 JSON."""
    return to_json({"version": VERSION, **asdict(identity)})


def identity_from_json(encoded: bytes) -> Identity:
    """What `identity_to_json` wrote."""
    fields = JsonFields.parse(encoded)
    _check_version(fields)
    return Identity(name=fields.text("name"), contact=fields.text("contact"))


def _check_version(fields: JsonFields) -> None:
    if fields.number("version") != VERSION:
        raise FactsMalformed


def _report_facts(fields: JsonFields) -> ReportFacts:
    return ReportFacts(
        authority=fields.text("authority"),
        authority_other=fields.text("authority_other"),
        what=fields.text("what"),
        language=fields.text("language"),
        when_where=fields.text("when_where"),
        how_known=fields.choice("how_known", HowKnown),
        how_known_detail=fields.text("how_known_detail"),
        relation=fields.choice("relation", Relation),
        internal_channel=fields.choice("internal_channel", InternalChannel),
        internal_when=fields.text("internal_when"),
        internal_to=fields.text("internal_to"),
        internal_result=fields.text("internal_result"),
        internal_reasons=fields.choices("internal_reasons", InternalReason),
        internal_reason_detail=fields.text("internal_reason_detail"),
        reprisals=fields.choice("reprisals", Reprisals),
        reprisals_detail=fields.text("reprisals_detail"),
        anonymous=fields.flag("anonymous", True),
        breaches=fields.texts("breaches"),
        internal_follow_up=fields.choice("internal_follow_up", FollowUp),
        no_acknowledgement=fields.flag("no_acknowledgement", False),
        who_else_knows=fields.text("who_else_knows"),
        taken_by=_way(fields),
        belongs_to=fields.text("belongs_to"),
    )


def _complaint_facts(fields: JsonFields) -> ComplaintFacts:
    return ComplaintFacts(
        authority=fields.text("authority"),
        authority_other=fields.text("authority_other"),
        problem=fields.text("problem"),
        language=fields.text("language"),
        contacted_first=fields.choice("contacted_first", ContactedFirst),
        service_answer=fields.text("service_answer"),
        facts_on=fields.day("facts_on"),
        hopes=fields.text("hopes"),
        service_reference=fields.text("service_reference"),
        identity=_complainant(fields.object("identity")),
        identity_withheld=fields.flag("identity_withheld", False),
        contacted_when=fields.text("contacted_when"),
        proceedings=fields.choice("proceedings", Proceedings),
        complainant=fields.choice("complainant", ComplainantKind),
        represented=fields.text("represented"),
        taken_by=_way(fields),
        belongs_to=fields.text("belongs_to"),
    )


def _protection_facts(fields: JsonFields) -> ProtectionFacts:
    return ProtectionFacts(
        authority=fields.text("authority"),
        authority_other=fields.text("authority_other"),
        what=fields.text("what"),
        language=fields.text("language"),
        ground=fields.choice("ground", ProtectionGround),
        report_reference=fields.text("report_reference"),
        reported_when=fields.text("reported_when"),
        measures=fields.texts("measures"),
        measure_on=fields.day("measure_on"),
        author=fields.text("author"),
        employer_reason=fields.text("employer_reason"),
        asks=fields.text("asks"),
        may_contact_employer=fields.choice("may_contact_employer", YesNo),
        proceedings=fields.choice("proceedings", Proceedings),
        identity=_complainant(fields.object("identity")),
        taken_by=_way(fields),
        belongs_to=fields.text("belongs_to"),
    )


def _way(fields: JsonFields) -> IntakeWay:
    # Facts from before staff could type in a report all came through the portal.
    return fields.choice("taken_by", IntakeWay) or IntakeWay.PORTAL


def _complainant(fields: JsonFields) -> ComplainantIdentity:
    return ComplainantIdentity(
        name=fields.text("name"),
        email=fields.text("email"),
        phone=fields.text("phone"),
        address=fields.text("address"),
        preferred=fields.choice("preferred", ContactWay),
    )


_READERS: dict[Flow, Callable[[JsonFields], Facts]] = {
    Flow.REPORT: _report_facts,
    Flow.COMPLAINT: _complaint_facts,
    Flow.PROTECTION: _protection_facts,
}
