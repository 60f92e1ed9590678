"""The DOCX reader, on files that python-docx writes, changed where it cannot write what Word does."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from secondsource.errors import Empty, LimitError, ReadError
from secondsource.model import Reading
from secondsource.readers import read, zipped


def saved(*steps: Callable[[Document], object]) -> bytes:
    document = docx.Document()
    for step in steps:
        step(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def said(text: str, style: str | None = None) -> Callable[[Document], object]:
    return lambda document: document.add_paragraph(text, style=style)


def raw(xml: str) -> Callable[[Document], object]:
    """A step that adds WordprocessingML before the section properties."""
    element = f"<w:{xml.split(':', 1)[1].split(' ', 1)[0].split('>', 1)[0]} {nsdecls('w')}"
    whole = element + xml[xml.index(">") :]
    return lambda document: document.element.body.insert(len(document.element.body) - 1, parse_xml(whole))


def blocks(reading: Reading) -> list[tuple[str, str]]:
    return [(block.kind, reading.text[block.start : block.end]) for block in reading.blocks]


def table(*rows: tuple[str, ...]) -> Callable[[Document], object]:
    def step(document: Document) -> None:
        grid = document.add_table(len(rows), len(rows[0]))
        for row, values in zip(grid.rows, rows, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value

    return step


def rezipped(data: bytes, name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
        if name not in old.namelist():
            new.writestr(name, content)
    return target.getvalue()


def test_paragraphs_and_tables_in_document_order() -> None:
    data = saved(
        said("Port closed", "Title"),
        said("The port is closed."),
        table(("Date", "Crates"), ("12 January", "7\nor 8")),
        said("Method", "Heading 1"),
        said("“No.”", "Quote"),
        said("It opens on Monday."),
    )
    assert blocks(read(data, "a.docx")) == [
        ("title", "Port closed"),
        ("paragraph", "The port is closed."),
        ("table", "Date\tCrates"),
        ("table", "12 January\t7 or 8"),
        ("heading", "Method"),
        ("quote", "“No.”"),
        ("paragraph", "It opens on Monday."),
    ]


def test_a_table_of_one_column_only_lays_out_the_page() -> None:
    data = saved(said("Port closed"), table(("The port is closed.\nIt opens on Monday.",)))
    assert blocks(read(data, "a.docx")) == [
        ("title", "Port closed"),
        ("paragraph", "The port is closed.\nIt opens on Monday."),
    ]


def test_content_controls_and_tracked_insertions_stay_and_deletions_go() -> None:
    data = saved(
        raw("<w:sdt><w:sdtContent><w:p><w:r><w:t>Port closed</w:t></w:r></w:p></w:sdtContent></w:sdt>"),
        raw(
            "<w:p><w:r><w:t xml:space='preserve'>The port is </w:t></w:r>"
            "<w:ins w:id='1' w:author='x'><w:r><w:t>closed</w:t></w:r></w:ins>"
            "<w:del w:id='2' w:author='x'><w:r><w:delText>open</w:delText></w:r></w:del>"
            "<w:moveFrom w:id='3' w:author='x'><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
            "<w:r><w:t>.</w:t><w:br/><w:t>It opens soon.</w:t></w:r></w:p>"
        ),
    )
    assert blocks(read(data, "a.docx")) == [
        ("title", "Port closed"),
        ("paragraph", "The port is closed.\nIt opens soon."),
    ]


def test_core_properties_give_title_and_author_but_no_date_and_no_publisher() -> None:
    def properties(document: Document) -> None:
        core = document.core_properties
        core.title, core.author, core.category = "Port closed", "A. B. Corr; Eva Zurn", "Velmond Post"
        core.created = core.modified = datetime(2026, 3, 3)

    reading = read(saved(properties, said("The port is closed.")), "a.docx")
    assert (reading.title, reading.authors) == ("Port closed", ("A. B. Corr", "Eva Zurn"))
    assert (reading.publisher, reading.published, reading.published_how) == (None, None, None)


def test_the_author_that_the_library_fills_in_is_nobody() -> None:
    assert read(saved(said("The port is closed.")), "a.docx").authors == ()


def test_custom_properties_state_publisher_and_publication() -> None:
    vt = 'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
    space = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    custom = (
        f'<Properties xmlns="{space}" {vt}>'
        '<property name="Publisher"><vt:lpwstr>Velmond Post</vt:lpwstr></property>'
        '<property name="Publication date"><vt:lpwstr>2026-03-03</vt:lpwstr></property></Properties>'
    )
    data = saved(said("The port is closed."))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        links = archive.read("_rels/.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    links = links.replace(
        "</Relationships>",
        f'<Relationship Id="rId99" Type="{kind}" Target="docProps/custom.xml"/></Relationships>',
    )
    data = rezipped(rezipped(data, "_rels/.rels", links.encode()), "docProps/custom.xml", custom.encode())
    reading = read(data, "a.docx")
    assert (reading.publisher, reading.published) == ("Velmond Post", "2026-03-03")
    assert reading.published_how == "DOCX property Publication date"


def test_a_document_without_words_is_empty() -> None:
    with pytest.raises(Empty, match=r"^a\.docx holds no text$"):
        read(saved(said(" ")), "a.docx")


def test_a_zip_of_something_else_is_not_a_word_document() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("words.bin", "something else")
    with pytest.raises(Empty, match=r"^a\.docx holds no text of its own: 1 member$"):
        read(target.getvalue(), "a.docx")


def test_a_zip_with_a_spoilt_part_is_not_readable() -> None:
    data = rezipped(saved(said("The port is closed.")), "word/document.xml", b"<w:document")
    with pytest.raises(ReadError, match=r"^a\.docx is not a readable Word document: "):
        read(data, "a.docx")


def test_old_and_locked_files_are_told_apart() -> None:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    with pytest.raises(ReadError, match=r"^a\.doc is an old Word file"):
        read(container, "a.doc")
    with pytest.raises(ReadError, match=r"^a\.docx is password-protected$"):
        read(container + "EncryptedPackage".encode("utf-16-le"), "a.docx")


def test_a_bomb_is_refused_before_it_unfolds(monkeypatch: pytest.MonkeyPatch) -> None:
    data = rezipped(saved(said("The port is closed.")), "word/media/bomb.bin", bytes(4 * 1024 * 1024))
    assert len(data) < 100_000
    monkeypatch.setattr(zipped, "MAX_UNPACKED", 2 * 1024 * 1024)
    with pytest.raises(
        LimitError, match=r"^a\.docx unpacks to [45] MiB; a Word document is read up to 2 MiB$"
    ):
        read(data, "a.docx")
