"""A browser without scripts for the tests of both applications, with opinions.

Every answer it fetches must keep the rules of `page_rules`, and at the end of the tests the checker
of `markup` reads its pages. It fills in forms as a browser does:
hidden fields, preselected choices and the CSRF token travel along, and only what the page offers
can be sent, unless a test says that it tampers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import Client as WerkzeugClient
from werkzeug.test import TestResponse

from tests.support import markup, page_rules
from tests.support.multipart_body import MULTIPART, Part, encoded_form

Value = str | Iterable[str] | None
# Name, content and media type, as a browser says them.
File = tuple[str, bytes, str]
NO_FILE: File = ("", b"", "application/octet-stream")
ORIGIN = "https://zegel.test"
URLENCODED = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Form:
    """One form of a page and what a browser would send of it as it stands."""

    action: str
    method: str
    enctype: str
    fields: MultiDict[str, str]
    # The names that can be sent, each with the values offered (None: free text).
    offered: Mapping[str, frozenset[str] | None]

    def filled(self, changes: Mapping[str, Value]) -> MultiDict[str, str]:
        """The fields to send. Raises AssertionError for what the page does not offer."""
        sent: MultiDict[str, str] = MultiDict(self.fields)
        for name, value in changes.items():
            values = _values(value)
            assert name in self.offered, f"the form has no field {name}: {sorted(self.offered)}"
            choices = self.offered[name]
            assert choices is None or set(values) <= choices, f"{name} offers {choices}"
            sent.setlist(name, values)
        return sent


@dataclass(frozen=True)
class Page:
    """One answer, already checked; the document only where it is HTML."""

    url: str
    response: TestResponse
    document: Element
    hops: tuple[TestResponse, ...] = ()

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status_code

    @property
    def source(self) -> str:
        """The answer as sent."""
        return self.response.text

    @property
    def text(self) -> str:
        """What a person reads in the page, white space folded."""
        return text_of(self.document)

    @property
    def heading(self) -> str:
        """The text of the one h1."""
        return text_of(next(self.document.iter("h1")))

    @property
    def forms(self) -> tuple[Form, ...]:
        """Every form of the page."""
        return tuple(_read_form(form, self.url) for form in self.document.iter("form"))

    def form(self, which: int | str) -> Form:
        """A form by its index or by the end of its action."""
        if isinstance(which, int):
            return self.forms[which]
        found = [form for form in self.forms if urlsplit(form.action).path.endswith(which)]
        assert found, f"no form to {which}; there are {[form.action for form in self.forms]}"
        return found[0]

    def all(self, attribute: str, value: str | None = None) -> list[Element]:
        """The elements with an attribute, or with one value (word) of it."""
        return [
            element
            for element in self.document.iter()
            if isinstance(element.tag, str)
            and attribute in element.attrib
            and (value is None or value in element.attrib[attribute].split())
        ]

    def one(self, attribute: str, value: str | None = None) -> Element:
        """The only element with an attribute."""
        found = self.all(attribute, value)
        assert len(found) == 1, f"{len(found)} elements with {attribute}={value}"
        return found[0]

    def value(self, name: str) -> str:
        """What stands in a field of the page."""
        for form in self.forms:
            if name in form.fields:
                return form.fields[name]
        raise AssertionError(f"no field {name} is filled in")

    def errors(self) -> dict[str, str]:
        """The error summary: field id -> message; raises where a link leads to no control."""
        summary = self.one("role", "alert")
        return {link.get("href", "")[1:]: text_of(link) for link in summary.iter("a")}


@dataclass
class Client:
    """A person's browser. Cookies are kept; every answer is checked and remembered.

    Attributes:
        language: what it prefers (`Accept-Language`).
        follows: whether it goes where it is redirected.
        answers: every answer so far, redirects included.
    """

    app: Flask
    language: str = "en"
    origin: str = ORIGIN
    follows: bool = True
    answers: list[TestResponse] = field(default_factory=list, repr=False)
    _browser: WerkzeugClient = field(init=False)

    def __post_init__(self) -> None:
        self._browser = WerkzeugClient(self.app, TestResponse)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Page:
        """Open a page."""
        return self._open("GET", path, headers=headers)

    def submit(
        self,
        page: Page,
        form: int | str = 0,
        answers: Mapping[str, Value] | None = None,
        *,
        tampered: Mapping[str, Value] | None = None,
        files: Iterable[File] = (),
        headers: Mapping[str, str] | None = None,
        **fields: Value,
    ) -> Page:
        """Fill in a form of the page and send it.

        `answers` and `fields` must be offered by the form; a list sends several values, None
        leaves a field out. `tampered` is sent without a question. `files` are chosen in the form's
        field for files.
        """
        chosen = page.form(form)
        sent = chosen.filled({**(answers or {}), **fields})
        for name, value in (tampered or {}).items():
            sent.setlist(name, _values(value))
        if chosen.method == "GET":
            return self._open("GET", chosen.action, query=sent, headers=headers)
        if chosen.enctype == MULTIPART:
            body, content_type = _with_files(sent, list(files))
            return self.post(chosen.action, body, headers, content_type)
        return self.post(chosen.action, sent, headers)

    def post(
        self,
        path: str,
        data: Mapping[str, object] | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        content_type: str = URLENCODED,
        claimed_length: int | None = None,
    ) -> Page:
        """Send a POST as a browser under our referrer policy does.

        `claimed_length` longer than the body is a connection that breaks off.
        """
        own = {"Sec-Fetch-Site": "same-origin", "Origin": "null", **(headers or {})}
        environ = {} if claimed_length is None else {"CONTENT_LENGTH": str(claimed_length)}
        return self._open(
            "POST", path, data=data, headers=own, content_type=content_type, environ=environ
        )

    @property
    def cookie(self) -> str | None:
        """The value of the application's cookie."""
        cookies = self._browser._cookies.values()  # type: ignore[union-attr]
        values = [cookie.value for cookie in cookies if cookie.key != page_rules.KEPT_COOKIE]
        assert len(values) <= 1, "more than one cookie"
        return values[0] if values else None

    def put_cookie(self, name: str, value: str) -> None:
        """Give the browser a cookie, as a restored or stolen one."""
        host = urlsplit(self.origin).hostname or ""
        self._browser.set_cookie(name, value, domain=host)

    def twin(self) -> "Client":
        """A second request of the same browser at the same time: same cookie, own connection."""
        other = Client(self.app, self.language, self.origin)
        for cookie in self._browser._cookies.values():  # type: ignore[union-attr]
            other.put_cookie(cookie.key, cookie.value)
        return other

    def forget_cookies(self) -> None:
        """What closing the browser does."""
        self._browser = WerkzeugClient(self.app, TestResponse)

    def _open(
        self,
        method: str,
        path: str,
        *,
        data: Mapping[str, object] | bytes | None = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content_type: str | None = None,
        environ: Mapping[str, str] | None = None,
        hops: tuple[TestResponse, ...] = (),
    ) -> Page:
        assert len(hops) < 5, "redirected in a circle"
        response = self._browser.open(
            path,
            method=method,
            base_url=self.origin,
            data=data,
            query_string=query,
            content_type=content_type if method == "POST" else None,
            environ_overrides=environ,
            headers={"Accept-Language": self.language, **(headers or {})},
        )
        self.answers.append(response)
        page = checked(path, response, hops)
        if self.follows and response.status_code in {301, 302, 303, 307, 308}:
            assert response.status_code in {302, 303}, "a redirect that repeats or is remembered"
            return self._open("GET", response.headers["Location"], hops=(*hops, response))
        return page


def _with_files(fields: MultiDict[str, str], files: list[File]) -> tuple[bytes, str]:
    """Body and content type as a browser sends them: the field is there too where nothing was
    chosen, without a name."""
    parts = [Part(name, value.encode()) for name, value in fields.items(multi=True)]
    parts += [Part("files", content, name, kind) for name, content, kind in files or [NO_FILE]]
    return encoded_form(parts)


def checked(url: str, response: TestResponse, hops: tuple[TestResponse, ...] = ()) -> Page:
    """The answer as a page. Raises RuleBroken where it breaks a rule of every answer."""
    page_rules.check_headers(response)
    if response.mimetype != "text/html" or response.status_code in {302, 303}:
        return Page(url, response, Element("none"), hops)
    document = page_rules.parse(response.text)
    page_rules.check_page(response.text, document, response.headers["Content-Security-Policy"])
    markup.SEEN.put_by(url, response.text)
    return Page(url, response, document, hops)


def text_of(element: Element) -> str:
    """The text of an element, white space folded."""
    return " ".join("".join(element.itertext()).split())


def _values(value: Value) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def _read_form(form: Element, url: str) -> Form:
    fields: MultiDict[str, str] = MultiDict()
    offered: dict[str, frozenset[str] | None] = {}
    for control in form.iter():
        name = control.get("name") if isinstance(control.tag, str) else None
        if name is None or control.tag not in {"input", "textarea", "select"}:
            continue
        for value in _current_values(control):
            fields.add(name, value)
        choices = _choices(control)
        known = offered.get(name, frozenset())
        offered[name] = None if choices is None or known is None else known | choices
    method, enctype = form.get("method", "get").upper(), form.get("enctype", URLENCODED)
    return Form(form.get("action") or url, method, enctype, fields, offered)


def _current_values(control: Element) -> list[str]:
    if control.tag == "textarea":
        # A browser sends line ends as CR LF (HTML standard, "normalize newlines").
        return ["".join(control.itertext()).replace("\r\n", "\n").replace("\n", "\r\n")]
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib] or options[:1]
        return [_option_value(option) for option in chosen]
    if control.get("type") in {"radio", "checkbox"}:
        return [control.get("value", "on")] if "checked" in control.attrib else []
    if control.get("type") in {"submit", "button", "reset", "file"}:
        return []
    return [control.get("value", "")]


def _choices(control: Element) -> frozenset[str] | None:
    if control.tag == "select":
        return frozenset(map(_option_value, control.iter("option")))
    if control.get("type") in {"radio", "checkbox"}:
        return frozenset({control.get("value", "on")})
    return None


def _option_value(option: Element) -> str:
    return option.get("value", text_of(option))
