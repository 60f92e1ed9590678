"""Learning which cue takes which stretch: annotated texts as choices, the fit, cross-validation.

Each token that may be a cue is one choice between "no cue" and its stretches.  The model is a
conditional logit (McFadden 1974) with a ridge penalty, fitted by L-BFGS.  Every feature counts
once for all texts and once more for texts of its own kind (Daumé III 2007, "Frustratingly Easy
Domain Adaptation"), so that interviews and court hearings teach what they share with news.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse  # type: ignore[import-untyped]
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from secondsource.extractor import Extractor
from secondsource.extractor.explain import Explained
from secondsource.extractor.learned.about_cue import of_cue
from secondsource.extractor.learned.about_span import of_span
from secondsource.extractor.learned.candidates import aided as aided_spans
from secondsource.extractor.learned.candidates import cues, spans
from secondsource.extractor.learned.flow import Flow, flow
from secondsource.extractor.learned.model import NEAR, NO_CUE, Model, best
from secondsource.extractor.learned.scheme import Stretch, attributed, bounds, counted, credits, distinct
from secondsource.extractor.lexicon import lexicon
from secondsource.extractor.paragraphs import lemma

KINDS = ("news", "other")
Document = Mapping[str, Any]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to fit: the ridge penalty, the rarest feature kept, and how many wrong stretches a choice shows.

    Of a token that is no cue ``shown`` stretches are drawn; their scores are raised by the log of
    how many each stands for, which leaves the expected likelihood as it was.  ``sharpness`` is how
    much less a stretch counts as right the fewer words it shares with the annotated one.
    """

    ridge: float = 4.0
    rarest: int = 6
    rarest_cue: int = 3
    shown: int = 15
    sharpness: float = 12.0
    steps: int = 80
    seed: int = 2026


@dataclass(slots=True)
class Choice:
    """A token that may be a cue: features of "no cue" and of each stretch, and how right each stretch is."""

    document: str
    kind: int
    rows: list[Ints]
    stretches: list[Stretch]
    starts: list[int]
    ends: list[int]
    unaided: NDArray[np.bool_]
    right: Floats | None = None


@dataclass(slots=True)
class Material:
    """Annotated texts as choices; ``features`` numbers the names."""

    features: dict[str, int] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    words: dict[str, list[int]] = field(default_factory=dict)

    def numbered(self, names: Iterable[str]) -> Ints:
        known = self.features
        return np.fromiter({known.setdefault(name, len(known)): None for name in names}, dtype=np.int64)


def documents(path: Path) -> list[Document]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def explained(extractor: Extractor, texts: Iterable[Document]) -> dict[str, Explained]:
    return {one["doc_id"]: extractor.explain("0" * 64, one["text"]) for one in texts}


def material(texts: Sequence[Document], read: Mapping[str, Explained]) -> Material:
    """The texts as choices, what their annotation says among it."""
    made = Material()
    for document in texts:
        name, text = document["doc_id"], document["text"]
        made.texts[name], made.words[name] = text, counted(text)
        run = flow(text, read[name].paragraphs, read[name].found)
        found = {cue: made_choice for cue in cues(run) if (made_choice := _choice(made, run, cue, document))}
        made.choices += found.values()
        for attribution in document["attributions"]:
            _mark(run, found, attribution, made.words[name])
    return made


def _choice(made: Material, run: Flow, cue: int, document: Document) -> Choice | None:
    candidates = aided_spans(run, cue)
    if not candidates:
        return None
    own = set(spans(run, cue))
    rows = [made.numbered(NO_CUE + name for name in of_cue(run, cue))]
    rows += [made.numbered(of_span(run, cue, span)) for span in candidates]
    return Choice(
        document["doc_id"],
        KINDS.index("news" if document["genre"] == "news" else "other"),
        rows,
        [attributed(run, cue, span, 0.0) for span in candidates],
        *bounds(run, candidates, made.words[document["doc_id"]]),
        np.array([span in own for span in candidates]),
    )


def _mark(
    run: Flow, found: Mapping[int, Choice], attribution: Mapping[str, Any], words: Sequence[int]
) -> None:
    """Gives an annotated attribution to the token of its cue that best leads to its content."""
    content = attribution["content"]
    near = [
        cue for cue in found if any(start <= run.start[cue] < end for start, end in attribution["cue"] or ())
    ]
    if not content or not near:
        return
    low, high = words[content[0][0]], words[content[-1][1]]
    right = {cue: _shared(found[cue], low, high) for cue in near}
    cue = min(near, key=lambda cue: _unlikely(run, cue, right[cue], content[0][0]))
    if found[cue].right is None:
        found[cue].right = right[cue]


def _shared(choice: Choice, low: int, high: int) -> Floats:
    """The Jaccard index of each stretch's words with those from ``low`` to ``high``."""
    starts, ends = np.array(choice.starts), np.array(choice.ends)
    both = np.maximum(0, np.minimum(ends, high) - np.maximum(starts, low))
    index: Floats = both / np.maximum(ends - starts + high - low - both, 1)
    return index


def _unlikely(run: Flow, cue: int, right: Floats, content: int) -> tuple[bool, bool, int, int]:
    """Order of a cue's tokens: leads to the content, a verb of the lexicon, high in the tree, near."""
    token = run.tokens[cue]
    verb = token.pos_ == "VERB" and lemma(token) in lexicon().verbs
    return bool(right.max() < NEAR), not verb, sum(1 for _ in token.ancestors), abs(run.start[cue] - content)


# --- the fit ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights by feature number: for all kinds of texts together, then for each kind."""

    shared: Floats
    own: tuple[Floats, ...]

    def of(self, kind: int) -> Floats:
        weights: Floats = self.shared + self.own[kind]
        return weights

    def model(self, features: Mapping[str, int], kind: str) -> Model:
        weights = self.of(KINDS.index(kind))
        return Model({name: float(weights[at]) for name, at in features.items() if weights[at]})


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a choice the fit sees: feature rows, how right each is, and the log of what each stands for."""

    kind: int
    rows: list[Ints]
    right: Floats
    standing: Floats


def fit(made: Material, settings: Settings, names: Collection[str], aided: bool = False) -> Fitted:
    """Weights from the choices of the documents ``names``; without what the rules found if not ``aided``."""
    chance = np.random.default_rng(settings.seed)
    shown = [_shown(one, settings, chance, aided) for one in made.choices if one.document in names]
    kept = _kept(made, shown, settings, aided)
    weights = np.zeros((1 + len(KINDS), len(made.features)))
    weights[:, kept] = _minimised(_matrix(shown, kept, len(made.features)), shown, settings)
    return Fitted(weights[0], tuple(weights[1:]))


def _shown(one: Choice, settings: Settings, chance: np.random.Generator, aided: bool) -> Shown:
    at = np.arange(len(one.stretches)) if aided else np.flatnonzero(one.unaided)
    if one.right is not None and len(at):
        near = np.where(one.right[at] >= NEAR, np.exp(settings.sharpness * (one.right[at] - 1)), 0.0)
        near = near if near.any() else (one.right[at] == one.right[at].max()).astype(float)
        right, standing = np.append(0.0, near / near.sum()), np.zeros(len(at) + 1)
    else:
        drawn = np.sort(chance.permutation(at)[: settings.shown])
        right = np.append(1.0, np.zeros(len(drawn)))
        standing = np.append(0.0, np.full(len(drawn), np.log(len(at) / max(len(drawn), 1))))
        at = drawn
    return Shown(one.kind, [one.rows[0], *(one.rows[i + 1] for i in at)], right, standing)


def _kept(made: Material, shown: Sequence[Shown], settings: Settings, aided: bool) -> Ints:
    """The numbers of the features that are frequent enough, without those of the rules if not ``aided``."""
    counts = np.bincount(
        np.concatenate([row for one in shown for row in one.rows]), minlength=len(made.features)
    )
    least = np.full(len(made.features), settings.rarest)
    for name, at in made.features.items():
        if name.startswith(NO_CUE):
            least[at] = settings.rarest_cue
        if not aided and "rule=" in name:
            least[at] = np.iinfo(least.dtype).max
    return np.flatnonzero(counts >= least)


def _matrix(shown: Sequence[Shown], kept: Ints, size: int) -> sparse.csr_matrix:
    """A row a stretch: its features, and after them those again in the columns of its kind of text."""
    column = np.full(size, -1)
    column[kept] = np.arange(len(kept))
    found, ends = [], [0]
    for one in shown:
        for row in one.rows:
            at = column[row]
            at = at[at >= 0]
            found += [at, at + len(kept) * (1 + one.kind)]
            ends.append(ends[-1] + 2 * len(at))
    indices = np.concatenate(found)
    width = len(kept) * (1 + len(KINDS))
    return sparse.csr_matrix((np.ones(len(indices), np.float32), indices, ends), shape=(len(ends) - 1, width))


def _minimised(matrix: sparse.csr_matrix, shown: Sequence[Shown], settings: Settings) -> Floats:
    right, standing = (
        np.concatenate([getattr(one, name) for one in shown]) for name in ("right", "standing")
    )
    sizes = np.array([len(one.rows) for one in shown])
    loss = _loss(matrix, right, standing, sizes, settings.ridge)
    start = np.zeros(matrix.shape[1])
    result = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": settings.steps})
    weights: Floats = result.x.reshape(1 + len(KINDS), -1)
    return weights


def _loss(
    matrix: sparse.csr_matrix, right: Floats, standing: Floats, sizes: Ints, ridge: float
) -> Callable[[Floats], tuple[float, Floats]]:
    first = np.append(0, np.cumsum(sizes)[:-1])
    turned = matrix.T.tocsr()

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights + standing
        scores -= np.repeat(np.maximum.reduceat(scores, first), sizes)
        totals = np.repeat(np.add.reduceat(np.exp(scores), first), sizes)
        wrong = np.exp(scores) / totals - right
        value = -(right * (scores - np.log(totals))).sum() + ridge / 2 * weights @ weights
        return float(value), turned @ wrong + ridge * weights

    return loss


# --- reading with what was fitted -------------------------------------------------------


def read(made: Material, fitted: Fitted, name: str, aided: bool = False) -> list[Stretch]:
    """The attributions of one document with their chances, unsure ones among them; credits last."""
    found = [_decided(one, fitted.of(one.kind), aided) for one in made.choices if one.document == name]
    return [*distinct([one for one in found if one], made.words[name]), *credits(made.texts[name])]


def _decided(one: Choice, weights: Floats, aided: bool) -> Stretch | None:
    at = np.arange(len(one.stretches)) if aided else np.flatnonzero(one.unaided)
    if not len(at):
        return None
    scores = np.array([weights[one.rows[0]].sum(), *(weights[one.rows[i + 1]].sum() for i in at)])
    raised = np.exp(scores - scores.max())
    starts, ends = [one.starts[i] for i in at], [one.ends[i] for i in at]
    chosen, chance = best(raised[1:] / raised.sum(), starts, ends)
    stretch = one.stretches[at[chosen]]
    return Stretch(stretch.content, stretch.source, stretch.cue, chance)


def folds(names: Sequence[str], count: int = 5) -> Iterator[set[str]]:
    """``names`` dealt out in the order of the alphabet."""
    ordered = sorted(names)
    return (set(ordered[first::count]) for first in range(count))
