"""The case as JSON, in codes of the domain: for a program, and for whoever comes in ten years.

`docs/reference/dossier.md` describes it. A change that a reader must know of counts VERSION on.
"""

import json
from collections.abc import Iterable

from cases.actions.reading import HistoryEntry
from cases.actions.threads import ThreadMessage
from cases.domain.attachments import Attachment
from cases.domain.details_json import details_fields
from cases.domain.facts_json import facts_fields
from cases.domain.json_fields import to_json
from reviewer.dossier.archive import FORMAT, VERSION
from reviewer.dossier.gathered import Gathered, TrailRow
from reviewer.dossier.members import ArchivedFile
from reviewer.spreadsheet import csv_lines

# By name, so that the key of a file never comes along.
_OF_A_FILE = (
    "id", "name", "folder", "media_type", "size", "sha256", "cleaned", "made_from",
)  # fmt: skip
_TRAIL_COLUMNS = ("day", "at", "event", "who")


def dossier_json(of: Gathered) -> bytes:
    """Everything but the bytes of the files. No key is in it, and no identity given in confidence:
    nothing here can open that."""
    # Through the domain's own JSON, for days, moments and ids are written as everywhere.
    plain = json.loads(to_json(_fields(of)))
    return json.dumps(plain, indent=2, ensure_ascii=False).encode()


def trail_csv(rows: Iterable[TrailRow]) -> bytes:
    """The audit trail for a spreadsheet: codes, days as 2026-01-31, moments with their offset."""
    cells = (
        (row.day.isoformat(), row.at.isoformat() if row.at else "", row.event.value, row.who)
        for row in rows
    )
    return "".join(csv_lines((_TRAIL_COLUMNS, *cells))).encode()


def _fields(of: Gathered) -> dict[str, object]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported": {"at": of.exported_at, "by": of.exported_by, "office": of.office},
        "case": _case(of),
        "facts": facts_fields(of.case.facts),
        "messages": [_message(each) for each in of.thread.messages],
        "message_faults": [vars(each) for each in of.thread.warnings],
        "history": [_step(of, each) for each in of.case.history],
        "consultation_answers": [
            {"consultation": each, **vars(answer)} for each, answer in of.answers.items()
        ],
        "notes": [vars(each) for each in of.notes],
        "clocks": [vars(each) for each in of.terms],
        "files": [_file(each) for each in of.files],
        "trail": [vars(each) for each in of.trail],
    }


def _case(of: Gathered) -> dict[str, object]:
    case = of.case
    return {
        "id": case.case_id,
        "reference": case.reference,
        "flow": case.flow,
        "state": case.state,
        "received_on": case.received_on,
        "due_on": case.due_on,
        "handled_by": of.handler,
        "identity_sealed": case.identity_sealed,
    }


def _message(message: ThreadMessage) -> dict[str, object]:
    # What was sent first is `facts`.
    fields = {name: value for name, value in vars(message).items() if name != "facts"}
    return {**fields, "attachments": _ids(message.attachments)}


def _step(of: Gathered, step: HistoryEntry) -> dict[str, object]:
    return {
        **vars(step),
        "details": details_fields(step.details) if step.details else None,
        "attachments": _ids(step.attachments),
        "notice_waits": of.case.file.notice_waits(step.position),
    }


def _ids(attachments: Iterable[Attachment]) -> list[bytes]:
    return [each.id for each in attachments]


def _file(file: ArchivedFile) -> dict[str, object]:
    entry, fields = file.entry, file.entry.attachment.fields()
    return {
        **{name: fields[name] for name in _OF_A_FILE},
        "member": file.path,
        "day": entry.day,
        "author": entry.author,
        "by": entry.by,
        "message_position": entry.message,
        "step_position": entry.step.position if entry.step else None,
    }
