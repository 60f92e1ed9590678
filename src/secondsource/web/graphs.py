"""A network in the formats that programs for graphs read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from secondsource.model import Entity
from secondsource.store.charts import Link

Entities = Mapping[str, Entity]


def as_json(links: Sequence[Link], entities: Entities) -> str:
    """Nodes and links as one JSON object."""
    made = {
        "nodes": [{"id": one.id, "name": one.name, "schema": one.schema} for one in entities.values()],
        "links": [
            {"from": x.one, "to": x.other, "kind": x.kind, "claims": x.claims, "claim": x.claim}
            for x in links
        ],
    }
    return json.dumps(made, ensure_ascii=False)


def graphml(links: Sequence[Link], entities: Entities) -> str:
    """GraphML (http://graphml.graphdrawing.org), with the kind and the number of claims of each link."""
    nodes = (
        f'<node id={quoteattr(one.id)}><data key="name">{_text(one.name)}</data>'
        f'<data key="schema">{_text(one.schema)}</data></node>'
        for one in entities.values()
    )
    edges = (
        f"<edge source={quoteattr(x.one)} target={quoteattr(x.other)}>"
        f'<data key="kind">{_text(x.kind)}</data><data key="claims">{x.claims}</data></edge>'
        for x in links
    )
    keys = (
        '<key id="name" for="node" attr.name="name" attr.type="string"/>'
        '<key id="schema" for="node" attr.name="schema" attr.type="string"/>'
        '<key id="kind" for="edge" attr.name="kind" attr.type="string"/>'
        '<key id="claims" for="edge" attr.name="claims" attr.type="int"/>'
    )
    body = "".join((*nodes, *edges))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        f'{keys}<graph edgedefault="directed">{body}</graph></graphml>\n'
    )


def gexf(links: Sequence[Link], entities: Entities) -> str:
    """GEXF 1.3 (https://gexf.net), as Gephi reads it; the weight of a link is its number of claims."""
    nodes = (
        f"<node id={quoteattr(one.id)} label={_quoted(one.name)}>"
        f'<attvalues><attvalue for="schema" value={_quoted(one.schema)}/></attvalues></node>'
        for one in entities.values()
    )
    edges = (
        f'<edge id="{number}" source={quoteattr(x.one)} target={quoteattr(x.other)} label={_quoted(x.kind)} '
        f'weight="{x.claims}"><attvalues><attvalue for="claim" value={_quoted(x.claim)}/></attvalues></edge>'
        for number, x in enumerate(links)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">'
        '<graph defaultedgetype="directed">'
        '<attributes class="node"><attribute id="schema" title="schema" type="string"/></attributes>'
        '<attributes class="edge"><attribute id="claim" title="first claim" type="string"/></attributes>'
        f"<nodes>{''.join(nodes)}</nodes><edges>{''.join(edges)}</edges></graph></gexf>\n"
    )


FORMATS: dict[str, tuple[Callable[[Sequence[Link], Entities], str], str]] = {
    "json": (as_json, "application/json"),
    "graphml": (graphml, "application/graphml+xml"),
    "gexf": (gexf, "application/gexf+xml"),
}
"""What writes each format, and its media type."""


def _text(words: str) -> str:
    return escape("".join(letter for letter in words if letter.isprintable()))


def _quoted(words: str) -> str:
    return quoteattr("".join(letter for letter in words if letter.isprintable()))
