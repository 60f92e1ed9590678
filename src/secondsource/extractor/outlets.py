"""Which names a text treats as outlets, beyond those the gazetteer knows.

No list holds every local paper, but texts say it themselves: an agency stands in the
dateline, documents are "reviewed by" it, people "told" it, and papers are called Post
or Gazette.
"""

from __future__ import annotations

import re

from secondsource.extractor.gazetteer import gazetteer
from secondsource.text import words

_NAME = r"(?:[Tt]he )?(?P<name>[A-Z][\w.’'-]*(?: (?:of |the )?[A-Z][\w.’'-]*){0,3})"
_SIGNS = tuple(
    re.compile(sign)
    for sign in (
        r"^[A-Z][A-Z.'’/, -]{2,40}(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?\s*\((?P<name>[A-Z][\w .&-]{1,40})\)",
        rf"(?:(?:reviewed|seen|obtained|viewed|examined|published) by|citing|quoting) {_NAME}",
        rf"(?:news agency|newspaper|broadcaster|news website|magazine|the daily|the weekly|agency) {_NAME}",
        rf"(?:have|has|had|sources?|officials?|analyst|he|she|spokes(?:wo)?man) told {_NAME}",
        rf"{_NAME}(?: has| had)? (?:reported|learned)\b",
        r"(?P<name>(?:[A-Z][\w-]+ ){1,3}(?:Times|Post|Chronicle|Gazette|Telegraph|Herald|Courier|Tribune"
        r"|Journal|News|Ledger|Observer|Mirror|Standard|Globe|Mail|Press|Wire|Radio|TV|Daily|Examiner"
        r"|Dispatch|Sentinel))\b",
        r"(?P<name>[A-Z]\w+-(?:Times|Post|Chronicle|Gazette|Herald|Tribune|Journal|News|Ledger|Observer"
        r"|Globe|Press|Dispatch))\b",
        r"(?P<name>\b[A-Z][a-z]+(?:wire|press|news))\b",
        r"(?P<name>Radio [A-Z]\w+|TV [A-Z]\w+|Channel \w+)\b",
    )
)  # fmt: skip
# What a body says of itself in its own release, in the present.
_SPEAKS = (
    "(?:has |have |is |are )?(?:not )?(?:rejects?|den(?:y|ies)|aware|no knowledge|welcomes?|condemns?|notes?"
    "|confirms?|regrets?|calls? on|urges?|deeply|pleased|concerned|decided|announces?|reiterates?|informed)"
)
_NOT_OUTLETS = frozenset(
    {
        "parliament",
        "congress",
        "senate",
        "court",
        "president",
        "minister",
        "he",
        "she",
        "they",
        "it",
        "the",
        "a",
    }
)


def outlets(text: str, publisher: str | None) -> dict[str, int]:
    """The outlets that ``text`` shows as such, lower case and without article, and where it first does.

    Its publisher is among them, at 0.
    """
    shapes = ((shape.start("name"), shape["name"]) for sign in _SIGNS for shape in sign.finditer(text))
    found = sorted(shapes, reverse=True)
    if publisher and not is_body(publisher):
        found.append((0, publisher))
    return {plain: start for start, name in found if (plain := _plain(name))}


def _plain(name: str) -> str | None:
    """A name as it is compared; None for what cannot be an outlet."""
    plain = name.lower().removesuffix("'s").removesuffix("’s").removeprefix("the ").strip(" .,")
    own = words(plain)
    called = len(own) > 1 and own[-1] in gazetteer().outlet_names  # "the Borough Ledger"
    taken = gazetteer().government | gazetteer().roles | _NOT_OUTLETS
    if any(word in taken for word in own) and not called:
        return None
    return plain or None


_NEWS_AGENCY = re.compile(r"\b(?:news|press|telegraph(?:ic)?) agency\b", re.IGNORECASE)


def is_body(publisher: str) -> bool:
    """True for a publisher that is no outlet: a ministry, a company, an organisation."""
    if gazetteer().is_outlet(publisher) or _NEWS_AGENCY.search(publisher):
        return False
    return any(word in gazetteer().bodies for word in words(publisher))


def issuer(text: str, publisher: str | None) -> str | None:
    """The publisher, where the text is its own release: a body, or one that says "we" of itself."""
    if publisher is None or gazetteer().is_outlet(publisher):
        return None
    if is_body(publisher):
        return publisher
    if any(word in gazetteer().outlet_names for word in words(publisher)):
        return None
    own = re.compile(rf"\b(?:{re.escape(publisher)}|[Ww]e) (?:{_SPEAKS})\b")
    outside = re.sub(r"[“\"«„][^”\"»“]*[”\"»]", " ", text)
    return publisher if own.search(outside) else None
