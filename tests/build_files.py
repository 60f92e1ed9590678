"""Makes the files in ``tests/files``: one or more of each format, of our own words, all fictional.

    python tests/build_files.py        needs LibreOffice, Chromium and the development environment

They are made by the programs that people use (LibreOffice, Chromium, a mail library), so that
the readers meet what those write.  The files are committed; this is not run by the tests.
For each PDF the reading of its first page, made by hand from what the page shows, stands in
``NAME.reading.txt``.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pypdfium2  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import getSampleStyleSheet  # type: ignore[import-untyped]
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    BaseDocTemplate,
    Frame,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from compound import compound_message

FILES = Path(__file__).parent / "files"
TITLE = "Tarn pumps reach Orle before the embargo"
LEAD = (
    "Forty pumps of the type T-9 left the works at Tarn for Orle in March, the harbour office said on Monday."
)
BODY = [
    LEAD,
    "“We counted forty crates on the quay, and every crate was sealed,” the harbour master, Ansel Dorrit, "
    "told the inquiry.",
    "The Orle ministry of trade denied that any pump was received after the first of February.",
    "Two clerks of the customs house, who asked not to be named, said that the papers of the second "
    "shipment were dated by hand.",
    "According to the register, the carrier Halm & Sons paid the duty in three parts.",
    "The inquiry is to report in June.",
]
NOTE = "The register is kept at the customs house and may be seen on Tuesdays."
ROWS = [
    ["Date", "Ship", "Crates"],
    ["3 March", "Merel", "12"],
    ["9 March", "Ostra", "18"],
    ["21 March", "Merel", "10"],
]

OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"'
)


def flat_text(columns: int, table: bool, note: bool, paragraphs: list[str] | None = None) -> str:
    """A flat OpenDocument text: a title, a section in columns, a table, a footnote."""
    words = paragraphs or BODY
    mark = (
        f'<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body><text:p>{escape(NOTE)}</text:p></text:note-body></text:note>"
        if note
        else ""
    )
    body = "".join(
        f'<text:p text:style-name="Standard">{escape(one)}{mark if index == 4 else ""}</text:p>'
        for index, one in enumerate(words)
    )
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in ROWS
    )
    grid = f'<table:table><table:table-column table:number-columns-repeated="3"/>{rows}</table:table>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {OFFICE} '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:meta>'
        f"<dc:title>{TITLE}</dc:title><dc:creator>Mira Solveig</dc:creator><dc:language>en-GB</dc:language>"
        "<meta:creation-date>2026-04-02T09:00:00</meta:creation-date></office:meta><office:automatic-styles>"
        '<style:style style:name="S" style:family="section"><style:section-properties>'
        f'<style:columns fo:column-count="{columns}" fo:column-gap="0.6cm"/></style:section-properties></style:style>'
        '<style:style style:name="T" style:family="paragraph"><style:text-properties fo:font-size="20pt" '
        'fo:font-weight="bold"/></style:style></office:automatic-styles><office:body><office:text>'
        f'<text:h text:style-name="T" text:outline-level="1">{TITLE}</text:h>'
        f'<text:section text:style-name="S" text:name="s">{body}</text:section>{grid if table else ""}'
        "</office:text></office:body></office:document>"
    )


def flat_sheet() -> str:
    def row(cells: list[str]) -> str:
        shown = "".join(
            f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
            if cell.isdecimal()
            else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in cells
        )
        return f"<table:table-row>{shown}</table:table-row>"

    first = "".join(row(cells) for cells in ROWS)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {OFFICE} '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>'
        f'<table:table table:name="Shipments">{first}</table:table><table:table table:name="Notes">'
        f"<table:table-row/><table:table-row><table:table-cell/>{row([NOTE]).split('>', 1)[1]}</table:table>"
        "</office:spreadsheet></office:body></office:document>"
    )


def flat_slides() -> str:
    def page(number: int, title: str, lines: list[str]) -> str:
        shown = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
        frame = 'svg:width="20cm" svg:height="{h}cm" svg:x="2cm" svg:y="{y}cm" presentation:class="{k}"><draw:text-box>'
        return (
            f'<draw:page draw:name="page{number}"><draw:frame {frame.format(h=3, y=1, k="title")}<text:p>{title}</text:p>'
            f"</draw:text-box></draw:frame><draw:frame {frame.format(h=10, y=5, k='outline')}{shown}</draw:text-box>"
            "</draw:frame></draw:page>"
        )

    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {OFFICE} '
        'office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body><office:presentation>'
        f"{page(1, TITLE, BODY[:2])}{page(2, 'What is denied', BODY[2:4])}"
        "</office:presentation></office:body></office:document>"
    )


def converted(source: str, flat: str, *targets: str) -> None:
    """LibreOffice's own files of a flat document: ``targets`` are NAME.SUFFIX."""
    with tempfile.TemporaryDirectory() as folder:
        for target in targets:
            name, _, suffix = target.partition(".")
            file = Path(folder) / f"{name}.{flat}"
            file.write_text(source, "utf-8")
            subprocess.run(
                ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", suffix,
                 "--outdir", folder, str(file)],
                check=True,
                capture_output=True,
            )  # fmt: skip
            shutil.copy(Path(folder) / target, FILES / target)


def printed(page: str, name: str) -> None:
    """Chromium's print of a page."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, "utf-8")
        target = str(FILES / name)
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--no-pdf-header-footer",
                f"--print-to-pdf={target}",
                source,
            ],
            check=True,
            capture_output=True,
        )


def reading(name: str, *parts: str) -> None:
    """The hand-made reading of the first page of a PDF: its pieces in the order a person reads them."""
    (FILES / f"{name}.reading.txt").write_text("\n\n".join(parts) + "\n", "utf-8")


def pdfs() -> None:
    rows = ["\n".join(" ".join(row) for row in ROWS)]
    for number, (columns, table, note) in enumerate(
        [(1, True, True), (2, False, False), (2, True, True), (3, False, True)], 1
    ):
        name = f"{number:02}-office-{columns}-columns"
        converted(flat_text(columns, table, note, BODY * (3 if columns > 1 else 1)), "fodt", f"{name}.pdf")
        words = list(BODY * (3 if columns > 1 else 1))
        if note:
            words[4] += "1"
        first = rows if table and columns == 1 else []  # in columns, the table is on the next page
        reading(name, TITLE, *words, *first, *([f"1 {NOTE}"] if note else []))
    style = "<style>h1{font-size:22pt} .c{column-count:%d} td,th{border:1px solid;padding:3pt} aside{float:right;width:5cm;border:1px solid}</style>"
    grid = (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
        + "</table>"
    )
    text = "".join(f"<p>{escape(one)}</p>" for one in BODY)
    printed(f"{style % 2}<h1>{TITLE}</h1><div class=c>{text}{text}</div>", "05-browser-2-columns.pdf")
    reading("05-browser-2-columns", TITLE, *BODY, *BODY)
    printed(f"{style % 1}<h1>{TITLE}</h1>{text}{grid}<p><small>{NOTE}</small></p>", "06-browser-table.pdf")
    reading("06-browser-table", TITLE, *BODY, *rows, NOTE)
    printed(f"{style % 1}<h1>{TITLE}</h1><aside><p>{NOTE}</p></aside>{text}", "07-browser-box.pdf")
    reading("07-browser-box", TITLE, *BODY, NOTE)
    styles = getSampleStyleSheet()
    story = [Paragraph(one, styles["BodyText"]) for one in BODY * 3]
    SimpleDocTemplate(
        str(FILES / "08-report-table.pdf"), pagesize=A4, title=TITLE, author="Mira Solveig", invariant=1
    ).build(
        [
            Paragraph(TITLE, styles["Title"]),
            *story[:6],
            Spacer(1, 12),
            Table(ROWS),
            Spacer(1, 12),
            Paragraph(NOTE, styles["Italic"]),
        ]
    )
    reading("08-report-table", TITLE, *BODY, *rows, NOTE)
    height = A4[1]
    frames = [Frame(50 + side * 255, 60, 240, height - 160, id=str(side)) for side in (0, 1)]
    template = BaseDocTemplate(str(FILES / "09-report-2-columns.pdf"), pagesize=A4, title=TITLE, invariant=1)
    template.addPageTemplates(PageTemplate(frames=frames, onPage=_running))
    template.build(
        [Paragraph(TITLE, styles["Heading1"]), *story, *[Paragraph(one, styles["BodyText"]) for one in BODY]]
    )
    reading("09-report-2-columns", "Tarn Register, April 2026", TITLE, *BODY * 4)
    across(FILES / "10-drawn-across-columns.pdf")
    left, right = BODY[:3], BODY[3:]
    reading("10-drawn-across-columns", TITLE, *left, *right, f"1 {NOTE}")


def _running(canvas: Canvas, _: object) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(50, A4[1] - 40, "Tarn Register, April 2026")


def across(path: Path) -> None:
    """Two columns that the program draws line by line across the page, as some newspapers' systems do."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setTitle(TITLE)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(50, 780, TITLE)
    canvas.setFont("Helvetica", 10)
    columns = [_wrapped(BODY[:3]), _wrapped(BODY[3:])]
    for number in range(max(map(len, columns))):
        for side, lines in enumerate(columns):
            if number < len(lines):
                canvas.drawString(50 + side * 260, 740 - number * 13, lines[number])
    canvas.setFont("Helvetica", 8)
    canvas.drawString(50, 60, f"1 {NOTE}")
    canvas.save()


def _wrapped(paragraphs: list[str], width: int = 46) -> list[str]:
    lines: list[str] = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) > width:
                lines.append(line.strip())
                line = ""
            line += f" {word}"
        lines += [line.strip(), ""]
    return lines


def pictures() -> None:
    """A scan: the picture of a page, as a PDF without text, a PNG and a JPEG."""
    with pypdfium2.PdfDocument(FILES / "08-report-table.pdf") as document:
        picture = document[0].render(scale=200 / 72, grayscale=True).to_pil().crop((0, 0, 1654, 1100))
    picture.convert("1").save(FILES / "scan.png")
    picture.save(FILES / "scan.jpg", quality=40)
    canvas = Canvas(str(FILES / "scan.pdf"), pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(picture.convert("1")), 0, A4[1] - 396, 595, 396)
    canvas.save()


ARTICLE = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE} | Tarn Register</title>
<link rel="canonical" href="https://tarnregister.example/pumps"><meta property="og:site_name" content="Tarn Register">
<meta property="article:published_time" content="2026-04-06T07:30:00+02:00">
<meta property="article:modified_time" content="2026-04-07T09:00:00+02:00"><meta name="author" content="Mira Solveig">
<link rel="original" href="https://meldwire.example/4711">
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{TITLE}",
"isBasedOn":{{"@id":"https://meldwire.example/4711"}},"sourceOrganization":{{"@type":"Organization","name":"Meldwire"}}}}
</script></head><body><nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1>
<p>TARN, April 6 (Meldwire) – {BODY[0]}</p>{"".join(f"<p>{one}</p>" for one in BODY[1:])}
<table><tr><th>Date</th><th>Ship</th><th>Crates</th></tr><tr><td>3 March</td><td>Merel</td><td>12</td></tr></table>
</article><footer>Tarn Register</footer></body></html>"""


def pages() -> None:
    (FILES / "article.html").write_text(ARTICLE, "utf-8")
    plain = (
        ARTICLE.replace("(Meldwire) ", "").replace('lang="en-GB"', "").partition("<table>")[0] + "</article>"
    )
    (FILES / "plain.html").write_text(plain.replace("og:site_name", "x").replace("article:", "y:"), "utf-8")
    latin = ARTICLE.replace('charset="utf-8"', 'charset="windows-1252"')
    (FILES / "windows.html").write_bytes(latin.encode("cp1252"))
    (FILES / "list.html").write_text(
        f"<html><body><h1>{TITLE}</h1><ul>{''.join(f'<li>{one}</li>' for one in BODY)}</ul></body></html>",
        "utf-8",
    )
    for name, sender in (("saved.mhtml", "<Saved by Blink>"), ("saved.mht", "<Saved by WebKit>")):
        message = EmailMessage(policy=SMTP)
        message["From"] = sender
        message["Snapshot-Content-Location"] = "https://tarnregister.example/pumps?from=front"
        message["Subject"] = TITLE
        message["Date"] = "Tue, 7 Apr 2026 10:00:00 +0000"
        message.set_content(ARTICLE, subtype="html", cte="quoted-printable")
        message.add_related(b"GIF89a", "image", "gif")
        message.set_boundary("parts-of-the-page")
        (FILES / name).write_bytes(message.as_bytes())


def letter(number: int, **attached: bytes) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Harbour Office <office@harbour.tarn.example>"
    message["To"] = "Mira Solveig <mira@tarnregister.example>"
    message["Subject"] = TITLE
    message["Date"] = f"Mon, {5 + number} Apr 2026 09:00:00 +0200"
    message["Message-ID"] = f"<{number}@harbour.tarn.example>"
    message["Content-Language"] = "en"
    message.set_content("\n\n".join(BODY[:3]) + "\n")
    for name, data in attached.items():
        message.add_attachment(data, "application", "octet-stream", filename=name.replace("_", "."))
    if message.is_multipart():
        message.set_boundary(f"letter-{number}")
    return message


def mails() -> None:
    (FILES / "letter.eml").write_bytes(letter(1).as_bytes())
    table = (FILES / "shipments.xlsx").read_bytes()
    (FILES / "attached.eml").write_bytes(letter(2, shipments_xlsx=table, note_txt=NOTE.encode()).as_bytes())
    outer = letter(3)
    outer.add_attachment(letter(2, note_txt=NOTE.encode()))
    outer.set_boundary("forwarded")
    (FILES / "forwarded.eml").write_bytes(outer.as_bytes())
    box = b"".join(
        b"From office@harbour.tarn.example Mon Apr  6 09:00:00 2026\n"
        + letter(number).as_bytes().replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ")
        + b"\n"
        for number in (1, 2, 3)
    )
    (FILES / "letters.mbox").write_bytes(box)
    text = "\r\n\r\n".join(BODY[:3])
    (FILES / "letter.msg").write_bytes(
        compound_message(TITLE, text, "Harbour Office", ("note.txt", NOTE.encode()))
    )


def documents() -> None:
    converted(flat_text(1, True, True), "fodt", "report.odt", "report.rtf", "report.docx")
    written = docx.Document()
    written.core_properties.title, written.core_properties.author = TITLE, "Mira Solveig"
    written.add_heading(TITLE, 0)
    for one in BODY:
        written.add_paragraph(one)
    written.save(str(FILES / "written.docx"))
    (FILES / "typed.rtf").write_text(
        "{\\rtf1\\ansi\\ansicpg1252{\\info{\\title " + TITLE + "}{\\author Mira Solveig}"
        "{\\creatim\\yr2026\\mo4\\dy2}}\\pard "
        + "\\par\\par ".join(BODY).replace("“", "\\'93").replace("”", "\\'94")
        + "\\par}",
        "ascii",
    )
    converted(flat_sheet(), "fods", "shipments.xlsx", "shipments.xls", "shipments.ods")
    converted(flat_slides(), "fodp", "talk.pptx", "talk.odp")
    (FILES / "shipments.csv").write_text("\n".join(",".join(row) for row in ROWS) + "\n", "utf-8")
    (FILES / "shipments-windows.csv").write_bytes(
        "\r\n".join(";".join(row) for row in [*ROWS, ["5 May", "Ægir", "7"]]).encode("cp1252")
    )
    (FILES / "shipments.tsv").write_text("\n".join("\t".join(row) for row in ROWS) + "\n", "utf-8")
    (FILES / "report.txt").write_text("\n\n".join([TITLE, *BODY]) + "\n", "utf-8")
    (FILES / "notes.md").write_text(f"# {TITLE}\n\n" + "\n\n".join(BODY[:2]) + "\n", "utf-8")


def archives() -> None:
    with zipfile.ZipFile(FILES / "leak.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("report.docx", "letter.eml", "shipments.csv", "attached.eml"):
            archive.writestr(
                zipfile.ZipInfo(f"papers/{name}", (2026, 4, 7, 9, 0, 0)), (FILES / name).read_bytes()
            )
    with tarfile.open(FILES / "leak.tar.gz", "w:gz") as bundle:
        for name in ("report.odt", "typed.rtf"):
            bundle.add(FILES / name, f"papers/{name}", filter=_nobodys)
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True)
    for number, (url, body, kind) in enumerate(
        [
            ("https://tarnregister.example/pumps", ARTICLE.encode(), "text/html; charset=utf-8"),
            ("https://tarnregister.example/style.css", b"p {}", "text/css"),
            ("https://tarnregister.example/register.txt", NOTE.encode(), "text/plain"),
        ]
    ):
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        said = {
            "WARC-Date": f"2026-04-07T10:00:0{number}Z",
            "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-00000000000{number}>",
        }
        record = writer.create_warc_record(
            url, "response", io.BytesIO(body), http_headers=headers, warc_headers_dict=said
        )
        writer.write_record(record)
    (FILES / "capture.warc.gz").write_bytes(target.getvalue())
    digest = hashlib.sha256(target.getvalue()).hexdigest()
    package = {"profile": "data-package", "wacz_version": "1.1.1", "resources": [
        {"name": "data.warc.gz", "path": "archive/data.warc.gz", "hash": f"sha256:{digest}", "bytes": len(target.getvalue())}]}  # fmt: skip
    with zipfile.ZipFile(FILES / "capture.wacz", "w") as archive:
        archive.writestr("datapackage.json", json.dumps(package))
        archive.writestr("archive/data.warc.gz", target.getvalue())


def _nobodys(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    return info


def feeds() -> None:
    items = "".join(
        f"<item><title>{one.split(',')[0]}</title><link>https://tarnregister.example/{number}</link>"
        f"<pubDate>Mon, 0{number} Apr 2026 07:00:00 +0000</pubDate><description><![CDATA[<p>{one}</p>]]></description></item>"
        for number, one in enumerate(BODY[:3], 1)
    )
    (FILES / "news.rss").write_text(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Tarn Register</title>'
        f"<link>https://tarnregister.example/</link><language>en</language>{items}</channel></rss>", "utf-8")  # fmt: skip
    entries = "".join(
        f'<entry><title>{one.split(",")[0]}</title><link href="https://tarnregister.example/{number}"/>'
        f"<updated>2026-04-0{number}T07:00:00Z</updated><summary>{escape(one)}</summary></entry>"
        for number, one in enumerate(BODY[:3], 1)
    )
    (FILES / "news.atom").write_text(
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Tarn Register</title>'
        f"<updated>2026-04-03T07:00:00Z</updated>{entries}</feed>", "utf-8")  # fmt: skip


PARTS = (documents, pdfs, pictures, pages, mails, archives, feeds)

if __name__ == "__main__":
    FILES.mkdir(exist_ok=True)
    for part in PARTS:
        if not sys.argv[1:] or part.__name__ in sys.argv[1:]:
            part()
