"""The shapes of names: bodies, firms, ships, designations, places and persons, told without a model."""

from __future__ import annotations

import re

from secondsource.extractor.things import things

_CAP = r"(?:[A-Z][\w&-]*\w|[A-Z]&[A-Z]|[A-Z])"
# What a body is, in its name: capitalised words that end, or begin, in it.
_ENDS = (
    "Works|Industries|Aviation|Holding|Holdings|Shipyard|Factory|Group|Bank|Commission|Authority"
    "|Institute|Council"
    "|League|Union|Observatory|Watch|Ministry|Directorate|Service|Agency|Committee|Foundation"
    "|Association|Federation"
    "|University|Department|Administration|Police|Customs|Navy|Army|Air Force|Coast Guard|Border Guard"
    "|Armed Forces"
    "|Forces|Guard|Guards|Parliament|Prefecture|Office|Bureau|Court|Tribunal|Society|Movement|Front"
    "|Party|Alliance"
    "|Coalition|Centre|Center|Board|Registry|Inspectorate|Secretariat|Treasury Department|Fleet|Brigade"
    "|Regiment"
    "|Company|Corporation|Initiative|Network|Forum|Fund|Trust|Press Office|Government|Embassy|regime"
    "|Consortium"
    "|Congress|Chamber|College|School|Academy|Hospital|Museum|Club"
)
_BEGINS = (
    "Ministry|Department|Office|Bureau|Institute|Centre|Center|Academy|Council|Commission|Committee"
    "|Command|Board"
    "|Directorate|Embassy|Bank|University|Federation|Association|Association|Army|Party|Front|Union"
    "|Court|Chamber"
    "|Secretariat|Agency|Administration|Society|Church|League|Organi[sz]ation|House|Faculty"
)
_RUN = rf"{_CAP}(?: {_CAP}){{0,2}}"
BODY = re.compile(
    rf"\b(?!The |A |An )(?:(?:{_CAP}|\d+(?:st|nd|rd|th)) (?:and "
    rf"|for )?){{1,5}}(?:{_ENDS})\b(?! [A-Z][a-z]+ing\b)"
    rf"(?: (?:of|for) (?:the )?{_RUN}(?: (?:and |for |of |the )+{_RUN})*)?"
    rf"|\b(?!The |A |An )(?:{_CAP} )?(?:{_BEGINS}) (?:of|for|on) (?:the |a )?{_RUN}(?:,? (?:and |for "
    rf"|of |the )+{_RUN})*"
)
# A firm: capitalised words that end in a legal form, or in what only firms are called.
_FORMS = (
    r"Co\.?,? Ltd|Co|Ltd|Limited|Inc|LLC|LLP|PLC|plc|Corp|Corporation|GmbH|AG|SA|S\.A|SpA|S\.p\.A|BV"
    r"|B\.V|NV|N\.V|AB|AS|ASA|Oy|Oyj"
    r"|JSC|PJSC|OJSC|CJSC|OAO|OOO|PAO|ZAO|AO|FZE|FZCO|FZ-LLC|FZC|Pte|Pty|PTY Co|Pvt|S\.r\.l|SRL|Sarl"
    r"|SARL|d\.o\.o|Kft|UAB|SIA|OÜ|AŞ"
    r"|Company|Holdings?|Industries|Trading|Machinery|Technology|Technologies|Electronics|Components"
    r"|Shipping|Logistics|Logistik"
    r"|Marine|Airlines|Airways|Air Freight|Aerospace|Aviation|Engines|Hydraulics|Optics|Systems"
    r"|Shipbuilding|Rotorcraft"
    r"|Trade|Export|Import|Chemicals|Pharma|Pharmaceuticals|Energy|Petroleum|Motors|Bulk"
    r"|Navigation|Freight|Instruments|Enterprises|Ventures|Partners|Insurance|Indemnity|Telecom|Robotics|Labs"
)
_WORD = r"(?:[A-Z][\w&-]*(?:\.com)?|[A-Z]&[A-Z])"
FIRM = re.compile(
    rf"\b(?!The |A |An |In |At |But |And )(?:{_WORD}(?: | & "
    rf"| and )(?:of )?){{1,7}}?(?:{_FORMS})\b(?!,? (?:{_FORMS})\b)"
    rf"|\b(?:{_WORD} ){{0,4}}{_WORD}, (?:Inc|Ltd|LLC|Co|Corp|S\.A|GmbH)\b(?!,? Ltd)"
    r"|\b(?:JSC|OOO|OAO|PAO|ZAO|AO|PJSC|FSUE|FGUP|LLC) [«“\"]?[A-Z][\w-]+(?: [A-Z][\w-]+){0,3}"
    rf"|\b{_WORD} & {_WORD}(?: {_WORD})?"
)
LEGAL_FORM = re.compile(
    r",? (?:OAO|OOO|PAO|ZAO|AO|JSC|PJSC|OJSC|Ltd|Inc|LLC|GmbH|AG|SA|SpA|plc|PLC|Corp|Co)\b"
)
# A designation: a name, then a hyphen and figures (“Garpiya-3”, “MQ-9B”, “C-Lion1”).
DESIGNATION = re.compile(
    r"\b(?!COVID|Covid|UTC|GMT|CO)[A-Z][A-Za-z/]{0,14}-\d{1,4}[A-Za-z]{0,3}(?: ?[A-Z]\d{1,2})?\b"
    r"|\b[A-Z]-[A-Z][a-z]+\d\b"
)
_QUOTE = r"[“\"'‘«]?"
_SHIP_NAME = (
    r"(?:St\.? )?(?:[A-Z][\w’'-]+|[A-Z]{2,})(?: (?:[A-Z][\w’'-]+|[A-Z]{1,4}|\d{1,3}|of|the)(?=[\W]))*"
)
_SHIPS = "|".join(
    re.escape(word) for word, kind in things().nouns.items() if kind == "Vessel" and len(word) > 3
)
SHIP = re.compile(
    rf"\b(?:{_SHIPS}|M/?V|M/?T|MS|HMS|USS|INS|HMCS),? (?:the )?{_QUOTE}(?P<name>{_SHIP_NAME})"
    rf"|\b(?P<first>{_SHIP_NAME})[”\"’»]?,? (?:an?|the) (?:[\w,-]+ ){{0,4}}?(?:{_SHIPS})\b"
    rf"|\b(?:crew|captain|skipper|hull|cargo|deck|anchor|transponder) of the {_QUOTE}(?P<of>{_SHIP_NAME})"
    r"|-flagged,? (?:[a-z/-]+ ){0,2}(?P<flagged>[A-Z][\w-]+(?: [A-Z][\w-]+)?)(?=[ ,.;])"
)
PLACE = re.compile(
    r"\b(?!The |A )[A-Z][\w-]+(?: [A-Z][\w-]+)? (?:Province|Oblast|Governorate|Islands?|Peninsula|Sea"
    r"|Strait|Straits|Canal"
    r"|Channel|Bay|Sound|River|Valley|Mountains|Desert|Airport|Harbou?r)\b"
    r"|\b(?:Gulf|Strait|Straits|Sea|Bay|Port|Isle|Lake|Cape|Mount|Fort|Tor) (?:of "
    r"|Of )?(?:the )?[A-Z][\w’'-]+"
    r"|\b[A-Z][a-zà-ÿ]+-(?:sur|on|upon|sous|en|de|am|an)-(?:[a-z]+-)?[A-Z][a-zà-ÿ]+\b"
)
# A works by its town and trade: “the Pellworth ordnance works”; “the Kupol works with” is a verb.
WORKS = re.compile(
    r"\b(?:[Tt]he|[Aa]t) (?P<name>[A-Z][A-Za-z-]+ "
    r"(?:(?!(?:the|an?|of|in|at|from|to|and|for|its|his|her|their)\b)[a-z]+ )?"
    r"(?:works(?! (?:with|for|on|to|as|by|hard|closely|together|well|like|because|when|if)\b)"
    r"|shipyard|boatyard|foundry|arsenal))\b"
)
PLACE_OF = re.compile(
    r"\b(?:city|town|village|port|island|province|region|district|suburb|peninsula|state) of "
    r"(?P<name>[A-Z][\w-]+)"
)
_PARTICLES = "van|von|de|der|den|di|da|del|la|le|al|bin|ibn|el|abu"
_PART = rf"(?:(?:{_PARTICLES}) )*(?:(?:[Aa]l|[Ee]l|[Aa]bu|O['’]|Mc|d['’])-?)?[A-Z][\w’'-]*[a-zà-ÿ](?![\w&])"
PERSON = re.compile(
    r"(?<![\w’'-])(?=(?P<name>(?:[A-Z]\. )?(?P<given>[A-Z][a-zà-ÿ]+)(?:-[A-Z][a-zà-ÿ]+)?(?: [A-Z]\.)? "
    rf"(?P<rest>{_PART}(?: {_PART})?))(?!\w))"
)
ROLE = re.compile(rf"\b(?=(?P<role>[A-Za-z]+)\.? (?P<name>{_PART}(?: {_PART}){{0,2}}))(?:[A-Z][a-z]*|[a-z]+)")
OFFICE = re.compile(r"(?:Minister|Secretary|President|Director|Chairman|Governor|Chief|Head) (?:of|for)\b")
TITLES = frozenset(word for word, kind in things().nouns.items() if kind == "Person") | frozenset(
    ["gen", "col", "capt", "maj", "adm", "sgt", "lt", "prof"]
)
_TOKEN = re.compile(r"[^\W_]+")


def _tokens(*patterns: str) -> frozenset[str]:
    return frozenset(token for pattern in patterns for token in _TOKEN.findall(pattern))


ENDINGS = _tokens(_ENDS, _FORMS)

# The words without one of which a shape cannot fit: most paragraphs have none, and are not searched.
_NEEDS = (
    (FIRM, _tokens(_FORMS)),
    (BODY, _tokens(_ENDS, _BEGINS, "Organisation Organization")),
    (
        PLACE,
        _tokens(
            "Province Oblast Governorate Island Islands Peninsula Sea Strait Straits Canal Channel Bay"
            " Sound River Valley"
            " Mountains Desert Airport Harbour Harbor Gulf Port Isle Lake Cape Mount Fort Tor sur"
            " on upon sous en de am an"
        ),
    ),
    (
        SHIP,
        _tokens(
            _SHIPS,
            "crew captain skipper hull cargo deck anchor transponder M MV MT MS HMS USS INS HMCS flagged",
        ),
    ),
    (ROLE, TITLES | frozenset(title.capitalize() for title in TITLES)),
)


def fitting(text: str) -> frozenset[re.Pattern[str]]:
    """The shapes that may stand in ``text``, by its words alone."""
    tokens = frozenset(_TOKEN.findall(text))
    found = {shape for shape, needed in _NEEDS if not tokens.isdisjoint(needed)}
    return frozenset(found | {FIRM} if "&" in text else found)


# A body called by what it is, in small letters, of a state or people that stands before it.
SMALL = re.compile(
    r"(?:['’]s)? (?P<body>(?:(?:foreign|defen[cs]e|interior|finance|energy|trade|transport|justice"
    r"|health|economy|oil"
    r"|culture|education|agriculture|information|industry|commerce"
    r"|intelligence)(?: and \w+)? (?:ministry|service)"
    r"|(?:foreign|defen[cs]e|interior|finance) affairs ministry|police|customs|army|navy|air force"
    r"|coast ?guard|border guard"
    r"|parliament|government|Government|embassy|armed forces|central bank|presidency"
    r"|intelligence service|security service"
    r"|Ministry(?: of [A-Z]\w+(?: (?:and )?[A-Z]\w+)*)?|Navy|Army|Air Force|Parliament|Embassy"
    r"|Coast Guard|Foreign Ministry|Defen[cs]e Ministry"
    r"|military(?=[,.;'’]| (?:said|says|has|had|was|is|will|would|did|denie[sd]|and|told|on|claimed)\b)))\b"
)
