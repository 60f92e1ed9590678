"""Build the documents of the sample case from the texts in ``sources/drovia``.

Run ``python examples/build.py`` from anywhere.  The output is a function of the sources
alone: no clock and no random number enters a file, so a second run writes the same bytes.
Needs the development requirements (reportlab, python-docx).

A source is a header of ``key: value`` lines, an empty line, and paragraphs separated by
empty lines.  ``# `` opens a heading, ``~ `` a caption, and ``---`` starts a new page.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Literal

from docx import Document
from docx.shared import Pt
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
)

HERE = Path(__file__).parent
SOURCES = HERE / "sources" / "drovia"
DOCUMENTS = HERE / "drovia" / "documents"
NOTICE = "Fictional sample text for Second Source."

BlockKind = Literal["heading", "caption", "paragraph", "break"]
MARKS: dict[str, BlockKind] = {"# ": "heading", "~ ": "caption"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One source: what its header says, and its blocks in reading order."""

    stem: str
    header: dict[str, str]
    blocks: tuple[tuple[BlockKind, str], ...]

    @property
    def title(self) -> str:
        return self.header["title"]

    @property
    def publisher(self) -> str:
        return self.header["publisher"]

    @property
    def published(self) -> datetime:
        return datetime.fromisoformat(self.header["published"])

    @classmethod
    def parse(cls, path: Path) -> Piece:
        """The piece written in ``path``; raises KeyError later where a header line is missing."""
        head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
        header = dict(line.split(": ", 1) for line in head.splitlines())
        return cls(path.stem, header, tuple(_blocks(body)))


def _blocks(body: str) -> Iterator[tuple[BlockKind, str]]:
    for block in body.strip().split("\n\n"):
        if block == "---":
            yield "break", ""
        else:
            kind = MARKS.get(block[:2], "paragraph")
            yield kind, block if kind == "paragraph" else block[2:]


def sidecar(piece: Piece) -> dict[str, bytes]:
    """The JSON file beside a document whose format cannot say who published it, and when."""
    kept = ("title", "publisher", "author", "published", "url")
    fields = {key: piece.header[key] for key in kept if key in piece.header}
    return {f"{piece.stem}.json": (json.dumps(fields, indent=2, ensure_ascii=False) + "\n").encode()}


def text(piece: Piece) -> dict[str, bytes]:
    """A plain text file and its sidecar."""
    body = "\n\n".join([piece.title, *(words for _, words in piece.blocks), NOTICE]) + "\n"
    return {f"{piece.stem}.txt": body.encode()} | sidecar(piece)


TAGS: dict[BlockKind, str] = {"heading": "h2", "caption": "figcaption", "paragraph": "p"}


def _meta(piece: Piece) -> str:
    pairs = [
        ("property", "og:site_name", piece.publisher),
        ("property", "og:type", "article"),
        ("property", "og:title", piece.title),
        ("property", "article:published_time", piece.header["published"]),
    ]
    if author := piece.header.get("author"):
        pairs.append(("name", "author", author))
    return "\n".join(f'  <meta {key}="{name}" content="{escape(value)}">' for key, name, value in pairs)


def _byline(piece: Piece) -> str:
    author = piece.header.get("author")
    day = f"{piece.published.day} {piece.published:%B %Y}"
    return f"By {author} | {day}" if author else day


def html(piece: Piece) -> dict[str, bytes]:
    """A newspaper page: metadata, navigation, the article, a list of other headlines, a foot."""
    article = "\n".join(
        f"      <{TAGS[kind]}>{escape(words, quote=False)}</{TAGS[kind]}>" for kind, words in piece.blocks
    )
    page = (
        (HERE / "sources" / "page.html")
        .read_text(encoding="utf-8")
        .format(
            title=escape(piece.title, quote=False),
            publisher=escape(piece.publisher, quote=False),
            url=piece.header["url"],
            meta=_meta(piece),
            byline=_byline(piece),
            article=article,
            notice=NOTICE,
        )
    )
    return {f"{piece.stem}.html": page.encode()}


FONT = {"fontName": "Times-Roman", "fontSize": 12, "leading": 17, "spaceAfter": 9}
STYLES = {
    "title": ParagraphStyle("title", fontName="Times-Bold", fontSize=20, leading=25, spaceAfter=16),
    "heading": ParagraphStyle(
        "heading", fontName="Times-Bold", fontSize=14, leading=18, spaceBefore=8, spaceAfter=6
    ),
    "caption": ParagraphStyle("caption", fontName="Times-Italic", fontSize=10, leading=13, spaceAfter=12),
    "paragraph": ParagraphStyle("paragraph", **FONT),
}


def _flowables(piece: Piece) -> Iterator[Flowable]:
    yield Paragraph(escape(piece.title), STYLES["title"])
    for kind, words in piece.blocks:
        yield PageBreak() if kind == "break" else Paragraph(escape(words), STYLES[kind])


def _foot(canvas: Canvas, template: BaseDocTemplate) -> None:
    canvas.setFont("Times-Roman", 8)
    canvas.drawString(25 * mm, 12 * mm, NOTICE)
    canvas.drawRightString(A4[0] - 25 * mm, 12 * mm, f"{template.page}")


def pdf(piece: Piece) -> dict[str, bytes]:
    """A PDF of one or more pages with title, author and date of making, and its sidecar.

    reportlab's reproducible mode stamps 1 January 2000; the stamp is replaced, at the same
    length, by the date of the piece, so the cross-reference table stays right.
    """
    target = io.BytesIO()
    template = BaseDocTemplate(
        target,
        pagesize=A4,
        invariant=1,
        pageCompression=0,
        title=piece.title,
        author=piece.publisher,
        subject=NOTICE,
    )
    frame = Frame(25 * mm, 25 * mm, A4[0] - 50 * mm, A4[1] - 50 * mm)
    template.addPageTemplates(PageTemplate(frames=[frame], onPageEnd=_foot))
    template.build(list(_flowables(piece)))
    stamp = f"{piece.published:%Y%m%d%H%M%S}".encode()
    data = target.getvalue().replace(b"D:20000101000000", b"D:" + stamp)
    return {f"{piece.stem}.pdf": data} | sidecar(piece)


def docx(piece: Piece) -> dict[str, bytes]:
    """A word-processor file with title and author in its core properties, and its sidecar."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author = piece.title, piece.header.get("author", "")
    properties.comments = NOTICE
    properties.created = properties.modified = piece.published.replace(tzinfo=None)
    document.add_heading(piece.title, level=0)
    document.add_paragraph(f"{piece.publisher} | {_byline(piece)}")
    for kind, words in piece.blocks:
        document.add_heading(words, level=1) if kind == "heading" else document.add_paragraph(words)
    document.add_paragraph().add_run(NOTICE).font.size = Pt(8)
    target = io.BytesIO()
    document.save(target)
    return {f"{piece.stem}.docx": _without_clock(target.getvalue())} | sidecar(piece)


def _without_clock(archive: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return target.getvalue()


def eml(piece: Piece) -> dict[str, bytes]:
    """A press office's message as a reporter's mail program saves it: text and HTML alternatives."""
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{piece.publisher} <{piece.header['sender']}>"
    message["To"] = piece.header["to"]
    message["Subject"] = piece.title
    message["Date"] = format_datetime(piece.published)
    message["Message-ID"] = f"<{piece.stem}@{piece.header['sender'].split('@')[1]}>"
    words = [words for _, words in piece.blocks]
    message.set_content("\n\n".join([*words, f"-- \n{NOTICE}"]) + "\n", cte="quoted-printable")
    paragraphs = "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in [*words, NOTICE])
    message.add_alternative(f"<html><body>\n{paragraphs}\n</body></html>\n", subtype="html", cte="base64")
    message.set_boundary(f"=={piece.stem}==")
    return {f"{piece.stem}.eml": message.as_bytes()}


BUILDERS: dict[str, Callable[[Piece], dict[str, bytes]]] = {
    "txt": text,
    "html": html,
    "pdf": pdf,
    "docx": docx,
    "eml": eml,
}


def build(sources: Path = SOURCES) -> dict[str, bytes]:
    """Every file of the sample case's documents folder by name; nothing is written."""
    pieces = [Piece.parse(path) for path in sorted(sources.glob("*.txt"))]
    return {name: data for piece in pieces for name, data in BUILDERS[piece.header["format"]](piece).items()}


def main() -> None:
    DOCUMENTS.mkdir(parents=True, exist_ok=True)
    for name, data in build().items():
        (DOCUMENTS / name).write_bytes(data)


if __name__ == "__main__":
    main()
