"""The file a page is about, with the case it belongs to.

Read in a session of its own, which ends at once: what is done with a file can take a minute, and
nobody else waits for it.
"""

from dataclasses import dataclass

from cases.actions.case_files import CaseFileEntry
from cases.actions.reading import OpenCase, office_thread, open_case
from cases.domain.attachments import Attachment
from cases.errors import NotFound
from reviewer.listed_files import ListedFiles, listed_files
from reviewer.opened import identifier
from reviewer.session import signed_in
from web.services import services


@dataclass(frozen=True, repr=False)
class OpenedFile:
    """One file of a case.

    Attributes:
        case: as this person sees it.
        files: all of the case.
        entry: this one, with where it came from.
    """

    case: OpenCase
    files: ListedFiles
    entry: CaseFileEntry

    @property
    def file(self) -> Attachment:
        """What finds and opens it."""
        return self.entry.attachment

    @property
    def copy(self) -> Attachment | None:
        """The copy without hidden data that was made of it, if one was."""
        every = (each.attachment for each in self.files.entries)
        return next((each for each in every if each.made_from == self.file.id), None)


def opened_file(case_id: str, file_id: str) -> OpenedFile:
    """The file with this id in hexadecimal.

    Raises NotFound: malformed, absent or not for this person, which look alike.
    """
    wanted = identifier(file_id)
    with services().database.reading() as session:
        case = open_case(session, identifier(case_id), signed_in().keys)
        files = listed_files(case, office_thread(session, case))
    for entry in files.entries:
        if entry.attachment.id == wanted:
            return OpenedFile(case, files, entry)
    raise NotFound
