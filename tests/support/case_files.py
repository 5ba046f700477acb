"""A case with files in a founded office, as the console's tests find it."""

from cases.actions.intake import Submission, receive
from cases.domain.facts import Facts
from tests.support.evidence import uploaded
from tests.support.office import Office
from tests.support.submissions import REPORT, receipt_keys
from web.settings import Audience


def case_with_files(office: Office, files: dict[str, bytes], facts: Facts = REPORT) -> str:
    """A case that has just come in with these files, by name; gives its id as in addresses."""
    store, today = office.services(Audience.CONSOLE).evidence, office.clock.now().date()
    sent = tuple(
        uploaded(office.database, store, today, content, name) for name, content in files.items()
    )
    with office.database.writing() as session:
        submission = Submission(facts, attachments=sent)
        received = receive(
            session, submission, receipt_keys().address, office.roster(), today, office.rules()
        )
    return received.case_id.hex()
