# The part of WeasyPrint 70 that reviewer/letters uses; the package publishes no types.
from collections.abc import Sequence

from weasyprint.urls import URLFetcher

class Document:
    pages: Sequence[object]
    def write_pdf(self, target: None = None, *, pdf_variant: str) -> bytes: ...

class HTML:
    def __init__(self, *, string: str, url_fetcher: URLFetcher) -> None: ...
    def render(self, *, pdf_variant: str) -> Document: ...
