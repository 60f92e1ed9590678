"""Makes files that are meant to harm who reads them: bombs, loops, lies, escapes.  All of our own making.

python tests/hostile.py FOLDER        writes them, to be looked at with other tools
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

from compound import compound_message
from quine import quine

MIB = 1 << 20
WORDS = "The port of Kesh is closed, the harbour office said on Monday."
Maker = Callable[[], bytes]
MAKERS: dict[str, Maker] = {}

LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
) + "]>"  # fmt: skip
OUTSIDE = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
BEACON = "<!DOCTYPE x [<!ENTITY % d SYSTEM 'http://beacon.example.invalid/d.dtd'> %d;]>"
QUADRATIC = f"<!DOCTYPE x [<!ENTITY q '{'q' * 50_000}'>]>"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def hostile(name: str) -> Callable[[Maker], Maker]:
    def keep(maker: Maker) -> Maker:
        MAKERS[name] = maker
        return maker

    return keep


def zipped(members: dict[str, bytes] | list[tuple[str, bytes]], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", kind) as archive:
        for name, data in members.items() if isinstance(members, dict) else members:
            archive.writestr(zipfile.ZipInfo(name), data, kind)
    return target.getvalue()


def word(document: str) -> bytes:
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": document}
    return zipped({name: text.encode() for name, text in parts.items()})


def open_text(body: str, head: str = "") -> bytes:
    office = 'xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    content = f"<?xml version='1.0'?>{head}<o:document-content {office}><o:body><o:text>{body}</o:text></o:body></o:document-content>"
    return _stored_first("application/vnd.oasis.opendocument.text", {"content.xml": content.encode()})


def _stored_first(mime: str, parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), mime)
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


# --- archives ---------------------------------------------------------------------------


@hostile("flat-bomb.zip")
def _() -> bytes:
    return zipped({"zeros.txt": bytes(200 * MIB)})


@hostile("many-bomb.zip")
def _() -> bytes:
    return zipped({f"{number}.txt": bytes(60 * MIB) for number in range(12)})


@hostile("nested-bomb.zip")
def _() -> bytes:
    data = zipped({"zeros.txt": bytes(32 * MIB)})
    for _ in range(4):
        data = zipped({f"{number}.zip": data + bytes([number]) for number in range(6)})
    return data


@hostile("quine.zip")
def _() -> bytes:
    """What is in it is itself."""
    return quine()


@hostile("overlapping-bomb.zip")
def _() -> bytes:
    """Two thousand entries that share one member's bytes."""
    kernel = zipped({"a": bytes(20 * MIB)})
    at = kernel.index(b"PK\x01\x02")
    local, entry = kernel[:at], kernel[at : kernel.index(b"PK\x05\x06")]
    directory = entry * 2000
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 2000, 2000, len(directory), len(local), 0)
    return local + directory + end


@hostile("lying-small.zip")
def _() -> bytes:
    data = zipped({"a.txt": bytes(100 * MIB)})
    return data.replace(struct.pack("<I", 100 * MIB), struct.pack("<I", 1000))


@hostile("lying-large.zip")
def _() -> bytes:
    data = zipped({"a.txt": b"few words"})
    return data.replace(struct.pack("<I", 9), struct.pack("<I", 0xFFFFFFF0))


@hostile("entries.zip")
def _() -> bytes:
    return zipped({f"{number}": b"" for number in range(60_000)}, zipfile.ZIP_STORED)


@hostile("traversal.zip")
def _() -> bytes:
    names = (
        "../../../escaped.txt",
        "/tmp/escaped.txt",
        "..\\..\\escaped.txt",
        "C:\\escaped.txt",
        "a/../../escaped.txt",
    )
    return zipped([(name, f"{WORDS} {name}".encode()) for name in names])


@hostile("symlink.zip")
def _() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return target.getvalue()


@hostile("names.zip")
def _() -> bytes:
    names = (
        "\u202egnp.exe",
        "a" * 60_000,
        "new\nline\rname",
        "\x1b[31mred",
        " ",
        "CON",
        "NUL.txt",
        "same",
        "same",
    )
    return zipped([(name, f"{WORDS} {number}".encode()) for number, name in enumerate(names)])


@hostile("cut.zip")
def _() -> bytes:
    return zipped({"a.txt": WORDS.encode() * 1000})[:-60]


@hostile("bomb.gz")
def _() -> bytes:
    return gzip.compress(bytes(600 * MIB), 1)


@hostile("bomb.tar.gz")
def _() -> bytes:
    return gzip.compress(tarred({"zeros.txt": bytes(200 * MIB)}), 1)


@hostile("bomb.tar.bz2")
def _() -> bytes:
    return bz2.compress(tarred({f"{number}.txt": bytes(60 * MIB) for number in range(6)}))


@hostile("bomb.tar.xz")
def _() -> bytes:
    return lzma.compress(tarred({f"{number}.txt": bytes(60 * MIB) for number in range(6)}), preset=0)


def tarred(members: dict[str, bytes], *others: tarfile.TarInfo) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        for other in others:
            archive.addfile(other)
    return target.getvalue()


@hostile("links.tar")
def _() -> bytes:
    others = []
    for kind, target in (
        (tarfile.SYMTYPE, "/etc/passwd"),
        (tarfile.LNKTYPE, "../../x"),
        (tarfile.CHRTYPE, ""),
        (tarfile.FIFOTYPE, ""),
    ):
        entry = tarfile.TarInfo(f"../../{kind!r}")
        entry.type, entry.linkname = kind, target
        others.append(entry)
    return tarred({"../../escaped.txt": WORDS.encode()}, *others)


@hostile("vast-size.tar")
def _() -> bytes:
    entry = tarfile.TarInfo("a.txt")
    entry.size = 1 << 60
    return entry.tobuf(tarfile.GNU_FORMAT) + WORDS.encode()


@hostile("sparse.tar")
def _() -> bytes:
    head = bytearray(tarfile.TarInfo("a.txt").tobuf(tarfile.GNU_FORMAT))
    head[156:157] = b"S"
    head[386:398], head[398:410] = b"00000000000\0", b"77777777777\0"
    head[483:495] = b"77777777777\0"
    total = sum(head[:148]) + 8 * 32 + sum(head[156:512])
    head[148:156] = b"%06o\0 " % total
    return bytes(head) + bytes(2048)


# --- XML inside -------------------------------------------------------------------------

for label, head, entity in (
    ("laughs", LAUGHS, "&a11;"),
    ("outside", OUTSIDE, "&e;"),
    ("beacon", BEACON, ""),
    ("quadratic", QUADRATIC, "&q;" * 50_000),
):

    def _word(head: str = head, entity: str = entity) -> bytes:
        return word(
            f"<?xml version='1.0'?>{head}<w:document {W}><w:body><w:p><w:r><w:t>{WORDS} {entity}</w:t></w:r></w:p></w:body></w:document>"
        )

    def _open(head: str = head, entity: str = entity) -> bytes:
        return open_text(f"<t:p>{WORDS} {entity}</t:p>", head)

    def _feed(head: str = head, entity: str = entity) -> bytes:
        item = f"<item><title>{WORDS}</title><description>{entity}</description></item>"
        return f"<?xml version='1.0'?>{head}<rss version='2.0'><channel><title>t</title>{item}</channel></rss>".encode()

    MAKERS |= {f"{label}.docx": _word, f"{label}.odt": _open, f"{label}.rss": _feed}


def sheet(
    data: str, strings: str = "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>"
) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pack = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped({
        "[Content_Types].xml": b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": f"<Relationships xmlns='{pack}'><Relationship Id='a' Type='{rel}/officeDocument' Target='xl/workbook.xml'/></Relationships>".encode(),
        "xl/workbook.xml": f"<workbook xmlns='{main}' xmlns:r='{rel}'><sheets><sheet name='S' sheetId='1' r:id='a'/></sheets></workbook>".encode(),
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{pack}'><Relationship Id='a' Type='{rel}/worksheet' Target='worksheets/s.xml'/><Relationship Id='b' Type='{rel}/sharedStrings' Target='sharedStrings.xml'/></Relationships>".encode(),
        "xl/worksheets/s.xml": f"<worksheet xmlns='{main}'>{data}</worksheet>".encode(),
        "xl/sharedStrings.xml": strings.encode(),
    })  # fmt: skip


@hostile("far-cell.xlsx")
def _() -> bytes:
    return sheet(
        "<dimension ref='A1:XFD1048576'/><sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row></sheetData>"
    )


@hostile("far-dimension.xlsx")
def _() -> bytes:
    return sheet(
        "<dimension ref='A1:XFD1048576'/><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>"
    )


@hostile("laughs.xlsx")
def _() -> bytes:
    strings = f"<?xml version='1.0'?>{LAUGHS}<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>&a11;</t></si></sst>"
    return sheet("<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row></sheetData>", strings)


@hostile("spaces.odt")
def _() -> bytes:
    return open_text("<t:p>a" + "<t:s t:c='999999999'/>" * 1000 + "</t:p>")


@hostile("deep.odt")
def _() -> bytes:
    return open_text("<t:p>" + "<t:span>" * 100_000 + WORDS + "</t:span>" * 100_000 + "</t:p>")


@hostile("bomb.docx")
def _() -> bytes:
    return word(
        f"<w:document {W}><w:body>"
        + f"<w:p><w:r><w:t>{' ' * 1000}</w:t></w:r></w:p>" * 200_000
        + "</w:body></w:document>"
    )


@hostile("deep.docx")
def _() -> bytes:
    return word(
        f"<w:document {W}><w:body>"
        + "<w:sdt><w:sdtContent>" * 50_000
        + "</w:sdtContent></w:sdt>" * 50_000
        + "</w:body></w:document>"
    )


@hostile("template.docx")
def _() -> bytes:
    rels = RELS.replace(
        "</Relationships>",
        "<Relationship Id='r2' Type='http://x/attachedTemplate' Target='http://beacon.example.invalid/t.dotm' TargetMode='External'/></Relationships>",
    )
    document = f"<w:document {W}><w:body><w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p></w:body></w:document>"
    return zipped(
        {
            "[Content_Types].xml": TYPES.encode(),
            "_rels/.rels": rels.encode(),
            "word/document.xml": document.encode(),
        }
    )


# --- PDF --------------------------------------------------------------------------------


def pdf(objects: list[str | bytes], root: int = 1) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(
            b"%d 0 obj\n" % number + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
        )
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(
        b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, root, start)
    )
    return out.getvalue()


def page(content: bytes, more: str = "", extra: list[str | bytes] | None = None) -> list[str | bytes]:
    stream = b"<< /Length %d %s >>\nstream\n" % (len(content), more.encode()) + content + b"\nendstream"
    return [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>",
        stream,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *(extra or ["null"]),
    ]


TEXT = b"BT /F 12 Tf 50 700 Td (" + WORDS.encode() + b") Tj ET"


@hostile("page-loop.pdf")
def _() -> bytes:
    return pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>"])


@hostile("million-objects.pdf")
def _() -> bytes:
    return pdf([*page(TEXT), *["null"] * 1_000_000])


@hostile("deep-array.pdf")
def _() -> bytes:
    return pdf([*page(TEXT), "[" * 200_000 + "]" * 200_000])


@hostile("deep-page.pdf")
def _() -> bytes:
    return pdf([*page(b"q " * 2_000_000 + TEXT)])


@hostile("self-xref.pdf")
def _() -> bytes:
    data = pdf(page(TEXT))
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % data.index(b"xref\n"))


@hostile("filter-bomb.pdf")
def _() -> bytes:
    inner = zlib.compress(b" " * (300 * MIB), 9)
    return pdf(page(zlib.compress(inner, 9), "/Filter [/FlateDecode /FlateDecode]"))


@hostile("form-loop.pdf")
def _() -> bytes:
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 10 >>\nstream\n/X Do /X Do\nendstream"
    return pdf(page(b"/X Do " + TEXT, extra=[form]))


@hostile("hundred-thousand-pages.pdf")
def _() -> bytes:
    objects = page(TEXT)
    objects[1] = "<< /Type /Pages /Kids [" + "3 0 R " * 100_000 + "] /Count 100000 >>"
    return pdf(objects)


@hostile("vast-page.pdf")
def _() -> bytes:
    objects = page(b"0 0 1 rg 0 0 999999999 999999999 re f")
    objects[2] = str(objects[2]).replace("612 792", "999999999 999999999")
    return pdf(objects)


@hostile("script.pdf")
def _() -> bytes:
    objects = page(TEXT)
    objects[0] = (
        "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.launchURL\\('http://beacon.example.invalid'\\)) >> >>"
    )
    return pdf(objects)


@hostile("false-count.pdf")
def _() -> bytes:
    objects = page(TEXT)
    objects[1] = "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"
    return pdf(objects)


# --- pictures ---------------------------------------------------------------------------


def png(width: int, height: int, data: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(data))
        + chunk(b"IEND", b"")
    )


MAKERS["vast.png"] = lambda: png(100_000, 100_000)
MAKERS["bomb.png"] = lambda: png(30_000, 30_000, bytes(200 * MIB))
MAKERS["false.png"] = lambda: png(2000, 2000, b"short")


@hostile("vast.jpg")
def _() -> bytes:
    return b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 11, 8, 65_500, 65_500, 1) + b"\x01\x11\x00\xff\xd9"


@hostile("vast.tif")
def _() -> bytes:
    tags = [
        (256, 4, 1, 1_000_000),
        (257, 4, 1, 1_000_000),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (278, 4, 1, 1_000_000),
        (279, 4, 1, 4_000_000_000),
    ]
    return (
        b"II*\0"
        + struct.pack("<IH", 8, len(tags))
        + b"".join(struct.pack("<HHII", *tag) for tag in tags)
        + bytes(4)
    )


@hostile("loop.tif")
def _() -> bytes:
    return b"II*\0" + struct.pack("<IHHHIII", 8, 1, 256, 3, 1, 1, 8)


# --- mail -------------------------------------------------------------------------------

HEAD = b"From: a@b.example\r\nMessage-ID: <1@b.example>\r\nSubject: Kesh\r\nMIME-Version: 1.0\r\n"


@hostile("deep-multipart.eml")
def _() -> bytes:
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(10_000)
    )
    return HEAD + opened + b"Content-Type: text/plain\r\n\r\n" + WORDS.encode()


@hostile("deep-message.eml")
def _() -> bytes:
    return HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 10_000 + WORDS.encode()


@hostile("parts.eml")
def _() -> bytes:
    return (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"--b\r\n\r\nx\r\n" * 100_000
        + b"--b--\r\n"
    )


@hostile("header.eml")
def _() -> bytes:
    return HEAD + b"X-Long: " + b"a" * 8 * MIB + b"\r\n\r\n" + WORDS.encode()


@hostile("headers.eml")
def _() -> bytes:
    return HEAD + b"X-One: a\r\n" * 200_000 + b"\r\n" + WORDS.encode()


@hostile("encoded-words.eml")
def _() -> bytes:
    return HEAD.replace(b"Kesh", b"=?utf-8?q?=3D?= " * 50_000) + b"\r\n" + WORDS.encode()


@hostile("addresses.eml")
def _() -> bytes:
    return HEAD.replace(b"a@b.example", b"(" * 50_000 + b"a@b.example") + b"\r\n" + WORDS.encode()


@hostile("attachment-name.eml")
def _() -> bytes:
    message = EmailMessage()
    message["From"], message["Message-ID"] = "a@b.example", "<1@b.example>"
    message.set_content(WORDS)
    message.add_attachment(b"words", "text", "plain", filename="../../../escaped.txt")
    return message.as_bytes()


MAKERS["charset.eml"] = lambda: HEAD + b"Content-Type: text/plain; charset=zip\r\n\r\n" + WORDS.encode()
MAKERS["uuencode.eml"] = lambda: (
    HEAD + b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 /tmp/escaped.txt\r\n" + b"#" * 100_000
)
MAKERS["messages.mbox"] = lambda: (
    b"From a@b.example Mon Apr  6 09:00:00 2026\nFrom: a@b.example\n\nx\n\n" * 30_000
)


@hostile("loop.msg")
def _() -> bytes:
    data = bytearray(compound_message("Kesh", WORDS * 200, "Office", ("a.txt", b"words")))
    data[-512:-508] = struct.pack("<I", 0)
    return bytes(data)


# --- pages ------------------------------------------------------------------------------

MAKERS["deep.html"] = lambda: b"<html><body>" + b"<div>" * 100_000 + WORDS.encode()
MAKERS["deep-inline.html"] = lambda: b"<html><body><p>" + b"<b>" * 100_000 + WORDS.encode()
MAKERS["siblings.html"] = lambda: b"<html><body>" + b"<p>word</p>" * 500_000
MAKERS["links.html"] = lambda: b"<html><body><p>" + b"<a href=x>word</a> " * 200_000
MAKERS["attribute.html"] = lambda: b"<html><body><p class='" + b"a " * 4 * MIB + b"'>" + WORDS.encode()
MAKERS["attributes.html"] = lambda: (
    b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">" + WORDS.encode()
)
MAKERS["comment.html"] = lambda: b"<html><body>" + WORDS.encode() + b"<!--" * 500_000
MAKERS["tables.html"] = lambda: b"<html><body>" + b"<table><tr><td>" * 20_000 + WORDS.encode()
MAKERS["utf-7.html"] = lambda: (
    b"<html><head><meta charset=utf-7></head><body><p>+ADw-script+AD4-alert(1)+ADw-/script+AD4- "
    + WORDS.encode()
)
MAKERS["entities.html"] = lambda: b"<html><body><p>" + b"&#x1F4A3;&amp;&lt;script&gt;" * 200_000
MAKERS["linked.html"] = lambda: (
    b"<html><head><script type='application/ld+json'>"
    + b"[" * 200_000
    + b"</script></head><body><p>"
    + WORDS.encode()
)
MAKERS["nulls.html"] = lambda: (
    b"<html><body><p>The port\0 of <scr\0ipt>alert(1)</scr\0ipt> Kesh is closed." * 100
)

SCRIPTS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>", "<svg><animate onbegin=alert(1)></svg>",
    "<svg><foreignObject><body onload=alert(1)></foreignObject></svg>", "<a href='javascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<object data='javascript:alert(1)'></object>", "<embed src='javascript:alert(1)'>",
    "<form action='javascript:alert(1)'><button>x</button></form>", "<details ontoggle=alert(1) open>x</details>",
    "<style>@import 'http://beacon.example.invalid/x.css'</style>", "<link rel=stylesheet href='http://beacon.example.invalid/x.css'>",
    "<base href='http://beacon.example.invalid/'>", "<meta http-equiv=refresh content='0;url=http://beacon.example.invalid/'>",
    "<math><mtext><script>alert(1)</script></mtext></math>", "<template><script>alert(1)</script></template>", "<noscript><p title='</noscript><script>alert(1)</script>'></noscript>",
    "<input autofocus onfocus=alert(1)>", "<video><source onerror=alert(1)></video>", "<body onpageshow=alert(1)>", "<marquee onstart=alert(1)>x</marquee>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "<textarea></textarea><script>alert(1)</script>", "<title></title><script>alert(1)</script>",
)  # fmt: skip


@hostile("scripts.html")
def _() -> bytes:
    said = "".join(f"<p>{WORDS} “{script} is closed,” Ansel {script} said.</p>" for script in SCRIPTS)
    title = "<h1>Kesh &lt;script&gt;alert(1)&lt;/script&gt; closed</h1>"
    head = "<title>&lt;script&gt;alert(1)&lt;/script&gt;</title><meta name=author content='<script>alert(1)</script>'><meta property='og:site_name' content='\"><script>alert(1)</script>'>"
    return f"<html><head>{head}</head><body><article>{title}{said}</article></body></html>".encode()


@hostile("scripts.txt")
def _() -> bytes:
    return "\n\n".join(f"“{script} is closed,” Ansel Dorrit said." for script in SCRIPTS).encode()


# --- text -------------------------------------------------------------------------------

MAKERS["bidi.txt"] = lambda: (
    f"The port is \u202edesolc\u202c and \u2066open\u2069, the \u200bhar\u200dbour\u2060 office\ufeff said.\n{WORDS}".encode()
)
MAKERS["combining.txt"] = lambda: ("Kesh" + "\u0301" * 500_000 + f" {WORDS}").encode()
MAKERS["surrogates.txt"] = lambda: b"\xff\xfe" + WORDS.encode("utf-16-le") + b"\x00\xd8\x00\xd8"
MAKERS["one-line.txt"] = lambda: b"word " * 10 * MIB
MAKERS["lines.txt"] = lambda: b"\n" * 30 * MIB + WORDS.encode()
MAKERS["formulas.csv"] = lambda: (
    b'name,value\n=cmd|\'/c calc\'!A1,+1\n@SUM(A1),-2+3\n"=HYPERLINK(""http://beacon.example.invalid"")",x\n'
)
MAKERS["quote.csv"] = lambda: b'a,"' + b"b," * 8 * MIB
MAKERS["columns.csv"] = lambda: b"a," * 3_000_000
MAKERS["braces.rtf"] = lambda: b"{\\rtf1 " + b"{" * 500_000 + WORDS.encode()
MAKERS["bin.rtf"] = lambda: (
    b"{\\rtf1 {\\object\\bin2147483647 x}" + WORDS.encode() + b"\\u-32768?\\u999999999?\\'zz}"
)
MAKERS["length.warc"] = lambda: (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Length: 999999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
    + WORDS.encode()
)
MAKERS["records.warc"] = lambda: (
    b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n"
    * 30_000
)
MAKERS["bomb.warc.gz"] = lambda: gzip.compress(
    b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
    % (200 * MIB)
    + bytes(200 * MIB),
    1,
)
MAKERS["traversal.wacz"] = lambda: zipped(
    {"datapackage.json": b"[" * 100_000, "archive/../../escaped.warc": b"WARC/"}
)


def files() -> Iterator[tuple[str, bytes]]:
    """Every file by its name, made when it is asked for: together they would fill the memory."""
    return ((name, maker()) for name, maker in MAKERS.items())


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files():
        (folder / name).write_bytes(data)
        print(f"{len(data):>12,} {name}")
