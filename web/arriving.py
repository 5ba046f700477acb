"""The files of one form: those that come with it, and those that its page carried already."""

from collections.abc import Callable, Iterator, Sequence
from time import monotonic

from flask import request
from werkzeug.exceptions import BadRequest

from cases.domain.attachments import Attachment
from cases.queries.evidence import pending_ids
from inspection.client import Bounds, Inspector
from inspection.findings import Failure
from web import held
from web.cleaning import cleaned
from web.file_parts import FilePart, SealedPart
from web.held import HeldFile
from web.pending_files import FAILURES, PendingFiles
from web.services import Services

# The names of the form's fields; web/templates/zegel/files.html has them.
HELD, DROP, CLEAN = "held", "drop", "clean"

# Together, with one more file at its slowest: less than a proxy waits for the answer
# (deploy/nginx.conf), and what one request may keep a thread and a turn for.
CLEANING_SECONDS = 180.0
# What the next file of the same request would only wait for again.
FOR_ALL = (Failure.BUSY, Failure.UNAVAILABLE)


class FilesTooLarge(Exception):
    """One file, all of them together, or their number is over the limit."""


class Arriving:
    """The files of one request.

    Attributes:
        failure: why none of the new ones can be taken; None as long as they can.
        files: all of them, once the whole form has been read.
        uncleaned: hidden data was to be taken out of a new file and could not be.
    """

    def __init__(self, here: Services) -> None:
        self.failure: Exception | None = None
        self.files: tuple[HeldFile, ...] = ()
        self.uncleaned = False
        self._here = here
        self._limits = here.settings.limits
        self._pending = PendingFiles(here, self._attempt)
        self._parts: list[SealedPart] = []
        self._taken_before = 0  # by all of them but the newest
        self._dropped: list[bytes] = []
        self._shown_again = False

    @property
    def came(self) -> bool:
        """Whether files came with this request, and nothing is wrong with them."""
        return bool(self._parts) and self.failure is None

    def open(self, name: str, media_type: str) -> FilePart:
        """Where the next file goes. A field in which no file was chosen has no name."""
        if not name or self.failure is not None:
            return FilePart()
        part = self._pending.new(name, media_type)
        self._taken_before += self._newest_size()
        self._parts.append(part)
        self._attempt(lambda: self._pending.begin(part))
        return part

    def complete(self) -> None:
        """The form was read to its end: join what came with what its page carried."""
        before, dropped = held.from_token(request.form.get(HELD, "")), request.form.getlist(DROP)
        self._dropped = [
            one.attachment.id for one in before if one.attachment.object_name in dropped
        ]
        self.files = tuple(one for one in before if one.attachment.id not in self._dropped)
        new = self._new_files()
        if self.failure is None:
            self.uncleaned = any(isinstance(one.cleaning, Failure) for one in new)
            self.files += new

    def attachments(self) -> tuple[Attachment, ...]:
        """The files, in the order in which they came. Raises what went wrong with any of them."""
        if self.failure is not None:
            raise self.failure
        return tuple(one.attachment for one in self.files)

    def forget_lost(self) -> None:
        """Leave out the files that the page carries and nobody can keep any more."""
        with self._here.database.reading() as session:
            pending = pending_ids(session)
        self.files = tuple(one for one in self.files if one.attachment.id in pending)

    def hand_back(self) -> tuple[HeldFile, ...]:
        """The files, for the page that is shown again: they outlive this request."""
        self._shown_again = True
        return self.files

    def discard(self) -> None:
        """Remove what neither a transaction nor the page keeps."""
        shown = {one.attachment.id for one in self.files} if self._shown_again else set()
        self._pending.discard(also=self._dropped, spared=shown)

    def _new_files(self) -> tuple[HeldFile, ...]:
        came = [part.attachment for part in self._parts if part.attachment is not None]
        if self.failure is None and len(came) < len(self._parts):
            # A part that the form never ended.
            self.failure = BadRequest()
        self._attempt(lambda: self._check_sizes([*self._sizes_before(), *(f.size for f in came)]))
        if self.failure is not None:
            return ()
        if CLEAN not in request.form:
            return tuple(map(HeldFile, came))
        return tuple(self._cleaned(came))

    def _cleaned(self, came: Sequence[Attachment]) -> Iterator[HeldFile]:
        ends_at, refused = monotonic() + CLEANING_SECONDS, None
        with Inspector(Bounds(size=self._limits.inspected)) as inspector:
            for file in came:
                if refused is None and monotonic() > ends_at:
                    refused = Failure.BUSY
                if refused is not None:
                    yield HeldFile(file, refused)
                    continue
                try:
                    one = cleaned(file, self._here.evidence, inspector, lambda: self._copy_of(file))  # noqa: B023 - called at once
                except FAILURES as failure:
                    self.failure = failure
                    return
                refused = next((each for each in FOR_ALL if each is one.cleaning), None)
                yield one

    def _copy_of(self, file: Attachment) -> SealedPart:
        copy = self._pending.new(file.path, file.media_type)
        self._pending.begin(copy)
        return copy

    def _attempt(self, work: Callable[[], None]) -> None:
        if self.failure is None:
            try:
                # With each piece of a file, however many files there are.
                self._check_size(self._newest_size(), self._taken_before, len(self._parts))
                work()
            except (FilesTooLarge, *FAILURES) as failure:
                self.failure = failure

    def _sizes_before(self) -> list[int]:
        return [one.attachment.size for one in self.files]

    def _newest_size(self) -> int:
        return self._parts[-1].taken if self._parts else 0

    def _check_sizes(self, sizes: Sequence[int]) -> None:
        self._check_size(max(sizes, default=0), sum(sizes) - max(sizes, default=0), len(sizes))

    def _check_size(self, one: int, others: int, count: int) -> None:
        limits = self._limits
        if one > limits.file or one + others > limits.files or count > limits.file_count:
            raise FilesTooLarge
