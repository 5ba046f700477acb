"""Marked words and marked files go in and out: no mark is in any write but to a socket.

Small files, larger ones than what web frameworks keep in memory, and large ones; whole forms and
broken ones; straight to the servers, and through nginx and Caddy. The same watch catches a console
that spools and an nginx that buffers, so it is known to see.
"""

import secrets
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import Base as Exif
from sqlalchemy import URL, text

from cases.database import Database
from tests.support.databases import shown
from tests.support.html import Client, File, Page
from tests.support.leaks import Needles, marked
from tests.support.portal_steps import code_on
from tests.support.proxies import CONSOLE_NAME
from tests.support.served import Application
from tests.support.staff_steps import new_case, preview_step
from tests.support.submissions import report
from tests.support.watched_office import (
    CONSOLE_COOKIE,
    Door,
    Findings,
    Setting,
    Watched,
    watched_office,
)
from web.arriving import CLEAN
from web.uploads import ATTACH

MARK = f"canary{secrets.token_hex(16)}"
KILO, MEGA = 1000, 1000 * 1000
SIZES = (300, 600 * KILO, 50 * MEGA)
BROKEN = "multipart/form-data; boundary=zz"
STEP = "record_minutes"
LEAKING = Application("leaking", "tests.support.leaking_portal:app")

# Every file that a server or proxy may open for writing. `~` is the watched disk.
OPENED = (
    r"~/home/zegel\.sqlite(-wal|-shm|-journal)?",
    r"~/home/evidence/[0-9a-f]{32}(#\d+)?",  # sealed
    r"~/run/(nginx\.pid|zegel/\w+\.sock)",
    r"~/scratch/\.(config|local/share)/caddy/.*",  # what Caddy runs with
    r"/dev/(null|shm/wgunicorn-\w+)",  # gunicorn's heartbeat, empty
    r".*\.pyc\.\d+",  # compiled code
)
# What could carry bytes past the tracer.
TALKED_TO = (r'"~/run/zegel/\w+\.sock"', r'"/var/run/nscd/socket"')  # the second: for names
UNREAD = (r"mmap ~/home/zegel\.sqlite-shm",)  # SQLite's index of its log: numbers of pages


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """What was found after files of every size went in and out by every door."""
    found = Findings(tmp_path_factory.mktemp("watched"))
    with watched_office(found, Setting((MARK,))) as watched:
        for door in watched.doors:
            send_report(watched, door, SIZES)
            page = keep(watched, door, SIZES)
            fetch(watched.colleague(door), page, SIZES)
            break_off(watched, door)
            fetch_slowly(watched, door, page, SIZES[-1])
    return found


@pytest.fixture(scope="module")
def caught(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """What was found where the portal spools, and nginx was left as it comes."""
    found = Findings(tmp_path_factory.mktemp("leaking"))
    setting = Setting((MARK,), portal=LEAKING, proxies=("nginx",), change=buffering)
    with watched_office(found, setting) as watched:
        straight, nginx = watched.doors
        report_with_file(straight)
        fetch_slowly(watched, nginx, keep(watched, nginx, (20 * MEGA,)), 20 * MEGA)
    return found


def buffering(configuration: str) -> str:
    """nginx's configuration without what keeps bodies and answers out of files."""
    lines = configuration.splitlines(keepends=True)
    return "".join(
        line for line in lines if "buffering off" not in line and "temp_file_size" not in line
    )


def send_report(watched: Watched, door: Door, sizes: tuple[int, ...]) -> None:
    """Send a report with files: some that its page keeps first, one to be cleaned, and the rest."""
    visitor, added, others = door.browser("portal"), files_of(sizes[:-1]), files_of(sizes[-1:])
    words, before = {"what": f"What happened: {MARK}."}, stored(watched)

    page = visitor.get("/en/report")
    page = visitor.submit(page, "/report", words, tampered={ATTACH: "yes"}, files=added)
    asked = {ATTACH: "yes", CLEAN: "yes"}
    page = visitor.submit(page, "/report", words, tampered=asked, files=[photo()])
    assert len(page.all("class", "files__file")) == len(added) + 1, page.text
    page = visitor.submit(page, "/report", words, files=others)

    assert len(code_on(page).split()) == 10
    assert len(stored(watched) - before) == len(sizes) + 1


def photo() -> File:
    """A picture with the mark among its hidden data, and nowhere else."""
    made, exif = BytesIO(), Image.Exif()
    exif[Exif.ImageDescription] = MARK
    Image.new("RGB", (640, 480)).save(made, "JPEG", exif=exif, comment=MARK.encode())
    return ("photo.jpg", made.getvalue(), "image/jpeg")


def keep(watched: Watched, door: Door, sizes: tuple[int, ...]) -> Page:
    """Keep files with a step of a case; gives the page of the case."""
    colleague = watched.colleague(door)
    form = last_page(colleague, new_case(watched.office, facts=report()))
    page = colleague.submit(form, f"/act/{STEP}", files=files_of(sizes))
    assert page.status == 200, page.text
    return page


def files_of(sizes: tuple[int, ...]) -> list[File]:
    """Marked files of these sizes."""
    return [(name_of(size), marked(MARK, size), "application/pdf") for size in sizes]


def stored(watched: Watched) -> set[str]:
    """Everything in the evidence store."""
    return {path.name for path in (watched.office.home / "evidence").glob("*")}


def name_of(size: int) -> str:
    return f"{MARK}-{size}.pdf"


def fetch(colleague: Client, page: Page, sizes: tuple[int, ...]) -> None:
    """Fetch the files that a page links to."""
    for size in sizes:
        assert colleague.get(link_to(page, size)).response.data == marked(MARK, size)


def fetch_slowly(watched: Watched, door: Door, page: Page, size: int) -> None:
    """Begin to take a file, do something else, and take the rest."""
    connection = door.connect("console")
    cookie = f"{CONSOLE_COOKIE}={watched.token.text}"
    connection.request("GET", link_to(page, size), headers={"Host": CONSOLE_NAME, "Cookie": cookie})
    answer = connection.getresponse()

    keep(watched, door, SIZES[:2])

    assert answer.read() == marked(MARK, size)
    connection.close()


def link_to(page: Page, size: int) -> str:
    (link,) = [
        each for each in page.document.iter("a") if "".join(each.itertext()) == name_of(size)
    ]
    return link.get("href", "")


def report_with_file(door: Door) -> None:
    """Send a report with a file to a portal that may do with it what it likes."""
    visitor = door.browser("portal")
    form = visitor.get("/en/report").form("/report")
    body = broken_forms(dict(form.fields))["no end"]
    visitor.post(form.action, body + b"\r\n--zz--\r\n", content_type=BROKEN)


def last_page(colleague: Client, case: str) -> Page:
    """The page of the step that files go with."""
    return preview_step(colleague, case, STEP, {"state": "signed", "note": f"Note {MARK}."})


def break_off(watched: Watched, door: Door) -> None:
    """Send forms that no browser sends."""
    colleague = watched.colleague(door)
    case = new_case(watched.office, facts=report())
    form = last_page(colleague, case).form(f"/act/{STEP}")
    for name, content in broken_forms(dict(form.fields)).items():
        answer = colleague.post(form.action, content, content_type=BROKEN)
        assert answer.status in (400, 413, 422), f"{name}: {answer.text}"


def broken_forms(fields: dict[str, str]) -> dict[str, bytes]:
    """Bodies that are not what they say."""
    head = "".join(
        f'--zz\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ).encode()
    named = f'name="files"; filename="{MARK}.pdf"\r\n'.encode()
    file = b"--zz\r\nContent-Disposition: form-data; " + named
    content = marked(MARK, 600 * KILO)
    return {
        "no end": head + file + b"\r\n" + content,
        "another boundary": (head + file + b"\r\n" + content).replace(b"--zz", b"--yy"),
        "heads without end": head + file + b"X: " + content,
        "no head": head + b"--zz\r\n" + content + b"\r\n--zz--\r\n",
        "no form at all": content,
    }


def test_no_mark_was_written_to_anything_but_a_socket(findings: Findings) -> None:
    assert findings.seen.buffers > 100
    assert findings.seen.leaks == set()


def test_no_file_holds_a_mark_while_the_servers_run(findings: Findings) -> None:
    assert findings.files == []
    assert findings.nameless == []


def test_the_disk_holds_no_mark_where_files_were_deleted_either(findings: Findings) -> None:
    assert findings.on_disk == set()


def test_nothing_else_was_opened_for_writing(findings: Findings) -> None:
    assert findings.unknown(findings.seen.opened, OPENED) == set()


def test_what_the_tracer_cannot_read_is_known(findings: Findings) -> None:
    assert findings.unknown(findings.seen.unread, UNREAD) == set()
    assert findings.unknown(findings.seen.talked_to, TALKED_TO) == set()


def test_a_portal_that_spools_and_an_nginx_that_buffers_are_caught(caught: Findings) -> None:
    wheres = {"spooled": r"write ~/tmp/#\d+", "body": r"p?write\w* ~/scratch/body/.*"}
    wheres["answer"] = r"p?write\w* ~/scratch/proxy/.*"
    unseen = {
        name
        for name, where in wheres.items()
        if caught.unknown(caught.seen.leaks, (where,)) == caught.seen.leaks
    }

    assert unseen == set()
    assert caught.unknown(caught.seen.leaks, tuple(wheres.values())) == set()
    assert caught.on_disk == ({MARK} if caught.raw else set())
    assert caught.unknown(caught.seen.opened, OPENED) != set()


@pytest.fixture
def backend() -> str:
    return "postgresql"


def test_postgresql_keeps_no_mark_either(database_url: URL, tmp_path: Path) -> None:
    found = Findings(tmp_path)
    with watched_office(
        found, Setting((MARK,), proxies=(), database_url=shown(database_url))
    ) as watched:
        (straight,) = watched.doors
        send_report(watched, straight, SIZES[:2])
        keep(watched, straight, SIZES[:2])
        break_off(watched, straight)
        folder = data_folder(watched.office.database)
        left = Needles([MARK]).found_below([folder])

    assert (folder / "PG_VERSION").exists()
    assert left == []
    assert found.seen.leaks == set()


def data_folder(database: Database) -> Path:
    """Where the server keeps everything, with all that it had in memory written there."""
    with database.writing() as session:
        session.execute(text("CHECKPOINT"))
        return Path(session.execute(text("SHOW data_directory")).scalar_one())
