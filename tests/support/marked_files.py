"""What people do with files, with a mark in everything that they type and send."""

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from docx import Document
from PIL import Image
from PIL.ExifTags import Base as Exif

from tests.support.html import Client, File, Page
from tests.support.leaks import marked
from tests.support.portal_steps import code_on, open_mailbox
from tests.support.proxies import CONSOLE_NAME
from tests.support.staff_steps import new_case, preview_step
from tests.support.submissions import report
from tests.support.watched_office import CONSOLE_COOKIE, Door, Watched
from web.arriving import CLEAN
from web.uploads import ATTACH

STEP = "record_minutes"
BROKEN = "multipart/form-data; boundary=zz"
PHOTO, DOCUMENT = "photo.jpg", "letter.docx"


@dataclass(frozen=True)
class Journey:
    """One who comes in by a door, with a mark."""

    watched: Watched
    door: Door
    mark: str

    @cached_property
    def colleague(self) -> Client:
        """Somebody of the office."""
        return self.watched.colleague(self.door)

    def send_report(self, sizes: tuple[int, ...]) -> None:
        """Send a report: some files that its page keeps first, some to be cleaned, the largest;
        and go on in the mailbox.
        """
        visitor, words = self.door.browser("portal"), {"what": f"What happened: {self.mark}."}
        before, adding = self._stored(), {ATTACH: "yes"}

        page = visitor.get("/en/report")
        first, documents, last = self.files(sizes[:-1]), self.documents(), self.files(sizes[-1:])
        page = visitor.submit(page, "/report", words, tampered=adding, files=first)
        cleaning = {**adding, CLEAN: "yes"}
        page = visitor.submit(page, "/report", words, tampered=cleaning, files=documents)
        assert len(page.all("class", "files__file")) == len(first) + len(documents), page.text
        page = visitor.submit(page, "/report", words, files=last)

        assert len(self._stored() - before) == len([*first, *documents, *last])
        self._write(visitor, code_on(page), sizes)

    def _write(self, visitor: Client, code: str, sizes: tuple[int, ...]) -> None:
        """Open the mailbox, save what was sent, and write once more."""
        page = open_mailbox(visitor, code)
        for size in sizes:
            assert visitor.get(address(page, self.name(size))).response.data == self.text(size)
        page = visitor.submit(
            page, "/mailbox/message", text=f"Also {self.mark}.", files=self.files(sizes[:2])
        )
        assert page.status == 200, page.text

    def keep(self, sizes: tuple[int, ...]) -> Page:
        """Keep files with a step of a case; gives the page of the case."""
        files = [*self.files(sizes), *self.documents()]
        page = self.colleague.submit(self._last_page(), f"/act/{STEP}", files=files)
        assert page.status == 200, page.text
        return page

    def fetch(self, page: Page, sizes: tuple[int, ...]) -> None:
        """Save the files of a case."""
        for size in sizes:
            assert self.colleague.get(address(page, self.name(size))).response.data == self.text(
                size
            )

    def fetch_slowly(self, page: Page, size: int) -> None:
        """Begin to save a file, do something else, and take the rest."""
        connection = self.door.connect("console")
        cookie = f"{CONSOLE_COOKIE}={self.watched.token.text}"
        headers = {"Host": CONSOLE_NAME, "Cookie": cookie}
        connection.request("GET", address(page, self.name(size)), headers=headers)
        answer = connection.getresponse()

        self.keep(())

        assert answer.read() == self.text(size)
        connection.close()

    def look_into(self, page: Page) -> None:
        """Look at documents, have them drawn, and make copies without what they hide."""
        for name in (PHOTO, DOCUMENT):
            there = address(page, name)
            view = self.colleague.get(f"{there}/view")
            assert self.mark in view.text
            assert self.colleague.get(f"{there}/page/1").status == 200
            assert self.colleague.submit(view, f"{there}/clean").status == 200
        drawn = self.colleague.get(f"{address(page, PHOTO)}/page/1.png")
        assert drawn.response.data.startswith(b"\x89PNG")

    def break_off(self) -> None:
        """Send forms that no browser sends."""
        form = self._last_page().form(f"/act/{STEP}")
        for name, content in self.broken(dict(form.fields)).items():
            answer = self.colleague.post(form.action, content, content_type=BROKEN)
            assert answer.status in (400, 413, 422), f"{name}: {answer.text}"

    def spool(self) -> None:
        """Send a report with a file to a portal that may do with it what it likes."""
        visitor = self.door.browser("portal")
        form = visitor.get("/en/report").form("/report")
        body = self.broken(dict(form.fields))["no end"] + b"\r\n--zz--\r\n"
        visitor.post(form.action, body, content_type=BROKEN)

    def name(self, size: int) -> str:
        """What a file is called."""
        return f"{self.mark}-{size}.pdf"

    def text(self, size: int) -> bytes:
        """What is in it."""
        return marked(self.mark, size)

    def files(self, sizes: tuple[int, ...]) -> list[File]:
        """Files of these sizes."""
        return [(self.name(size), self.text(size), "application/pdf") for size in sizes]

    def documents(self) -> list[File]:
        """Documents that can be drawn, with the mark among what they hide."""
        return [(PHOTO, _photo(self.mark), "image/jpeg"), (DOCUMENT, _letter(self.mark), "")]

    def broken(self, fields: dict[str, str]) -> dict[str, bytes]:
        """Bodies that are not what they say."""
        head = "".join(
            f'--zz\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ).encode()
        named = f'name="files"; filename="{self.mark}.pdf"\r\n'.encode()
        file = b"--zz\r\nContent-Disposition: form-data; " + named
        content = self.text(600_000)
        return {
            "no end": head + file + b"\r\n" + content,
            "another boundary": (head + file + b"\r\n" + content).replace(b"--zz", b"--yy"),
            "heads without end": head + file + b"X: " + content,
            "no head": head + b"--zz\r\n" + content + b"\r\n--zz--\r\n",
            "no form at all": content,
        }

    def _last_page(self) -> Page:
        """The page of a step that files go with, of a new case."""
        case = new_case(self.watched.office, facts=report())
        answers = {"state": "signed", "note": f"Note {self.mark}."}
        return preview_step(self.colleague, case, STEP, answers)

    def _stored(self) -> set[str]:
        return {path.name for path in (self.watched.office.home / "evidence").glob("*")}


def address(page: Page, name: str) -> str:
    """Where a page lets a file of this name be saved."""
    links = [each for each in page.document.iter("a") if "".join(each.itertext()) == name]
    return links[0].get("href", "").removesuffix("/view")


def _photo(mark: str) -> bytes:
    made, exif = BytesIO(), Image.Exif()
    exif[Exif.ImageDescription] = mark
    Image.new("RGB", (640, 480)).save(made, "JPEG", exif=exif, comment=mark.encode())
    return made.getvalue()


def _letter(mark: str) -> bytes:
    made, letter = BytesIO(), Document()
    letter.core_properties.author = mark
    letter.add_paragraph(f"Dear {mark}, " * 200)
    letter.save(made)
    return made.getvalue()
