"""The PDF reader, on files drawn on the spot."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]
from reportlab.lib.styles import getSampleStyleSheet  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate  # type: ignore[import-untyped]

from secondsource.errors import Empty, LimitError, ReadError
from secondsource.model import Reading
from secondsource.readers import pdf, read

STYLES = getSampleStyleSheet()
STORY = (
    "The head of the port of Kesh denied on Tuesday that seven crates left the town in January, although "
    "papers seen by an agency say so and several officials had confirmed it before. He gave no reason."
)


def drawn(*pages: list[str], leading: float = 14, **options: object) -> bytes:
    """A PDF of pages of lines; an empty line leaves a gap."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, **options)
    for page in pages:
        for number, line in enumerate(page):
            canvas.drawString(72, 750 - number * leading, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def typeset(*flowables: object, **options: object) -> bytes:
    def edges(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.drawString(72, 800, "Waybill Watch")
        canvas.drawString(72, 30, f"Report 7, page {document.page}")

    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=A4, **options).build(
        list(flowables), onFirstPage=edges, onLaterPages=edges
    )
    return target.getvalue()


def blocks(reading: Reading) -> list[tuple[str, int | None, str]]:
    return [(block.kind, block.page, reading.text[block.start : block.end]) for block in reading.blocks]


def paragraph(text: str = STORY, style: str = "BodyText") -> Paragraph:
    return Paragraph(text, STYLES[style])


def test_lines_are_joined_to_paragraphs_with_their_page() -> None:
    data = typeset(
        paragraph("Port closed", "Title"),
        paragraph(),
        paragraph(),
        PageBreak(),
        paragraph("Method", "h2"),
        paragraph(),
    )
    assert blocks(read(data, "a.pdf")) == [
        ("header", 1, "Waybill Watch"),
        ("title", 1, "Port closed"),
        ("paragraph", 1, STORY),
        ("paragraph", 1, STORY),
        ("heading", 2, "Method"),
        ("paragraph", 2, STORY),
        ("header", 2, "Report 7, page 2"),
    ]  # fmt: skip


def test_a_paragraph_over_a_page_break_is_two_blocks_one_space_apart() -> None:
    reading = read(typeset(*[paragraph(STORY * 2) for _ in range(16)]), "a.pdf")
    (at,) = [
        number
        for number, block in enumerate(reading.blocks[1:], 1)
        if block.page == 2 and reading.blocks[number - 1].page == 1
    ]
    one, other = reading.blocks[at - 1], reading.blocks[at]
    assert reading.text[one.end : other.start] == " "
    assert reading.text[one.start : other.end] == STORY * 2


def test_a_short_document_without_headings_takes_its_first_line_as_title() -> None:
    reading = read(
        drawn(["Port closed", "", "The port is closed, he said.", "", "It opens on Monday."]), "a.pdf"
    )
    assert reading.title == "Port closed"
    assert [kind for kind, _, _ in blocks(reading)] == ["title", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["The plant began the produc-", "tion of engines."], "The plant began the production of engines."),
        (["It makes long-", "range engines."], "It makes long-range engines."),
        (["The Kezra-", "2 has engines."], "The Kezra-2 has engines."),
        (["A non-Drovian and an Anglo-", "Drovian yard."], "A non-Drovian and an Anglo-Drovian yard."),
        (["A boat-builder works. A boat-", "builder works."], "A boat-builder works. A boat-builder works."),
        (
            ["The builder has a boat and is a boat-", "builder."],
            "The builder has a boat and is a boat-builder.",
        ),
        (["The ship -", "a tanker - left."], "The ship - a tanker - left."),
    ],
)
def test_a_hyphen_at_a_line_end_is_joined_by_the_words_of_the_document(lines: list[str], text: str) -> None:
    assert read(drawn(lines), "a.pdf").text == text


def test_the_date_of_making_the_file_is_not_a_date_of_publication() -> None:
    data = drawn(["The port is closed, he said on 3 March 2026."])
    assert b"CreationDate" in data
    reading = read(data, "a.pdf")
    assert (reading.published, reading.published_how) == (None, None)


def test_the_document_information_gives_title_and_author_and_never_a_placeholder() -> None:
    stated = read(typeset(paragraph(), title="Port closed", author="A. B. Corr"), "a.pdf")
    assert (stated.title, stated.authors, stated.publisher) == ("Port closed", ("A. B. Corr",), None)
    made_up = read(drawn(["The port is closed."]), "a.pdf")
    assert (made_up.title, made_up.authors) == (None, ())


@pytest.mark.parametrize(
    "title", ["Report_final.indd", "Microsoft Word - Report", "report 7.PDF", "(untitled)"]
)
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    assert (
        read(typeset(paragraph("Port closed", "Title"), paragraph(), title=title), "a.pdf").title
        == "Port closed"
    )


def test_publication_keys_of_the_document_information_are_used() -> None:
    data = drawn(["The port is closed."], pageCompression=0)
    marked = data.replace(b"/Creator", b"/Publisher (Velmond Post) /PublicationDate (2026-03-03) /Creator")
    reading = read(marked, "a.pdf")
    assert (reading.publisher, reading.published) == ("Velmond Post", "2026-03-03")
    assert reading.published_how == "PDF PublicationDate"


def test_a_broken_pdf_is_not_readable() -> None:
    with pytest.raises(ReadError, match=r"^a\.pdf is not a readable PDF: "):
        read(b"%PDF-1.4\nnothing more", "a.pdf")


def test_a_password_is_asked_for_by_name() -> None:
    locked = drawn(["The port is closed."], encrypt=StandardEncryption("secret"))
    with pytest.raises(ReadError, match=r"^a\.pdf is password-protected$"):
        read(locked, "a.pdf")


def test_a_pdf_that_only_restricts_its_owner_is_read() -> None:
    data = drawn(["The port is closed."], encrypt=StandardEncryption("", ownerPassword="secret"))
    assert read(data, "a.pdf").text == "The port is closed."


def test_a_pdf_without_text_may_be_scanned() -> None:
    with pytest.raises(Empty, match=r"^a\.pdf holds no text on its 2 page\(s\): it may be scanned$"):
        read(drawn([], []), "a.pdf")


def test_too_many_pages_are_refused_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(LimitError, match=r"^a\.pdf has 3 pages; a PDF is read up to 2$"):
        read(drawn(["a"], ["b"], ["c"]), "a.pdf")


def test_columns_do_not_run_into_each_other() -> None:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    left = [
        "The head of the port of Kesh said on",
        "Tuesday that seven crates had left the",
        "town in January and that",
    ]
    right = [
        "nobody had seen them since then. He",
        "gave no reason for it, and the ministry",
        "did not answer.",
    ]
    for x, column in ((72, left), (320, right)):
        for number, line in enumerate(column):
            canvas.drawString(x, 750 - 14 * number, line)
    canvas.save()
    assert read(target.getvalue(), "a.pdf").text == " ".join([*left, *right])


def test_a_character_that_pdfium_cannot_write_does_not_shift_the_rest() -> None:
    lines = ["The port is QQQQ closed and the produc-", "tion of engines goes on.", "", "It opens soon."]
    unwritable = drawn(lines, pageCompression=0).replace(b"QQQQ", b"\\000")
    assert [text for _, _, text in blocks(read(unwritable, "a.pdf"))] == [
        "The port is closed and the production of engines goes on.",
        "It opens soon.",
    ]
