"""Everything the page of a file shows."""

from collections.abc import Iterable, Mapping, Sequence

from flask import render_template, request
from flask_babel import LazyString, lazy_gettext

from cases.domain.roles import Permission
from inspection.findings import About, Failure, Hidden, Look
from reviewer.file_course import course_of
from reviewer.file_words import LOOKING_FAILED, SCANNING_FAILED, kind_text
from reviewer.listed_files import sender_of
from reviewer.looking import look_into
from reviewer.opened_file import OpenedFile
from reviewer.session import signed_in
from web.files_field import CLEANING_WORDS
from web.services import services

# What the page says after something was done, or was not; the address names the key.
DONE: dict[str, LazyString] = {
    "copied": lazy_gettext("This is the copy without hidden data. The original is unchanged."),
    "scanned": lazy_gettext("The file was scanned. The result is kept in the case."),
}
NOT_DONE: dict[str, LazyString | str] = {
    **{f"copy-{failure}": CLEANING_WORDS[failure] for failure in Failure},
    **{f"scan-{failure}": words for failure, words in SCANNING_FAILED.items()},
}


def file_page(opened: OpenedFile) -> str:
    """The page of a file; it is looked into for this page only."""
    file = opened.file
    looked = look_into(file)
    look = looked if isinstance(looked, Look) else None
    return render_template(
        "reviewer/file.html",
        case=opened.case,
        case_id=opened.files.case_id,
        file=file,
        entry=opened.entry,
        sender=sender_of(opened.entry),
        infected=opened.files.is_infected(file),
        files=opened.files,
        copy=opened.copy,
        course=course_of(opened.entry, opened.case, opened.files),
        look=look,
        failure=LOOKING_FAILED[looked] if isinstance(looked, Failure) else None,
        kind=kind_text(look.media_type) if look else "",
        hidden=grouped(look.hidden) if look else {},
        may_work=signed_in().member.may(Permission.HANDLE_CASES),
        scanner=services().settings.clamav_socket is not None,
        done=DONE.get(request.args.get("done", "")),
        not_done=NOT_DONE.get(request.args.get("failed", "")),
    )


def grouped(hidden: Iterable[Hidden]) -> Mapping[About, Sequence[Hidden]]:
    """What a file carries unseen, by what it tells; what matters most to a person is first."""
    groups: dict[About, list[Hidden]] = {about: [] for about in About}
    for each in hidden:
        groups[each.about].append(each)
    return {about: rows for about, rows in groups.items() if rows}
