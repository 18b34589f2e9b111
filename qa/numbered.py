"""Which sentences stand in the numbered place that a question names: "point 12", "Table 3",
"Article 3, paragraph 2"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.places import Place, enumerators, nested, unplaced
from index.readers.numbering import Enumerator, enumerator
from index.records import Kind
from index.rows import StoredChunk
from index.terms import terms
from qa.cite import note_mark
from qa.question import Question

# "(c)" is no number, of "2.1" the number is another's part; "3 May ..." and "One, however, ..."
# begin like places, too.
_NONE = frozenset({"alpha", "paren-alpha", "decimal2", "decimal3"})
_DOUBTFUL = frozenset({"number", "word"})
_NAMED, THERE, _CALLED = 2, 3, 4  # how surely a sentence stands in the place asked for
_SAYING = (
    r"\b(?:say|state|provide|contain|read|stipulate|lay down|set out|deal with|cover|concern"
    r"|address|call for)\b"
)
_SAID = re.compile(
    rf"\W*what\s+(?:(?:do|does|did)\s+(?:the\s+)?#.*{_SAYING}"
    r"|(?:is|are|was|were)\s+(?:the\s+)?#.*\babout\W*$)",
    re.IGNORECASE,
)
Path = Sequence[Place]


def named(question: Question, chunk: StoredChunk) -> int:
    """How many of the words that a question names beside a numbered place a passage has, under its
    headings: there are many third points. 1 where it names none."""
    rest = set(terms(unplaced(question.text))).intersection(question.terms)
    return len(rest & {*terms(f"{chunk.chunk.context}\n{chunk.text}")}) if rest else 1


def meant(question: Question, chunks: Iterable[StoredChunk]) -> dict[tuple[str, ...], set[str]]:
    """By each numbered place that a question names the documents with a passage in it that has most
    of the question's other words: the point twelve of the plan for roads, not that for rails."""
    found: dict[tuple[str, ...], dict[str, int]] = {}
    for chunk in chunks:
        for number, stands in places(question, chunk).items():
            if any(stands) and (shared := named(question, chunk)):
                best = found.setdefault(number, {})
                best[chunk.document_id] = max(shared, best.get(chunk.document_id, 0))
    return {
        number: {document for document, n in best.items() if n == max(best.values())}
        for number, best in found.items()
    }


def places(question: Question, chunk: StoredChunk) -> dict[tuple[str, ...], list[bool]]:
    """Which sentences of a passage stand in each numbered place that a question names."""
    own, first = chunk.chunk.sentences, chunk.chunk.start
    texts = [chunk.text[s.start - first : s.end - first] for s in own]
    kinds = [s.kind for s in own]
    numbers = [a for a in question.insisted if a[0].startswith("#")]
    return {number: standing(number[0], chunk.chunk.context, texts, kinds) for number in numbers}


def standing(number: str, context: str, texts: Sequence[str], kinds: Sequence[Kind]) -> list[bool]:
    """For the sentences of a passage, in order, whether each stands under a number ("#12",
    "#table3", "#footnote4") or names it. ``context`` is the path of the passage's headings."""
    headings = (_opened(h, Kind.HEADING) for h in context.split(" > "))
    above = number in enumerators(context) or any(h and _name(h) == number for h in headings)
    found, style = [], ""
    for text, kind in zip(texts, kinds, strict=True):
        opened = _opened(text, kind)
        if opened and _name(opened) == number:
            style = opened.style
        elif opened and opened.style == style:  # another style is a list inside the place
            style = ""
        noted = kind is Kind.FOOTNOTE and f"#footnote{note_mark(text)}" == number
        found.append(above or bool(style) or noted or number in enumerators(text))
    return found


def is_place(question: Question, text: str, kind: Kind) -> bool:
    """Whether a sentence opens the numbered place that a question names: "6. Deepen ..." is measure
    six."""
    return any((place.term,) in question.insisted for _, place in _openings(text, kind))


def says(question: Question) -> bool:
    """Whether a question asks what a numbered place says: "What does Article 5 say?"."""
    first = min((p.start for chain in nested(question.text) for p in chain), default=0)
    return _SAID.match(f"{question.text[:first]}#{question.text[first:]}") is not None


def asked_beside(question: Question) -> set[str]:
    """The terms of what a question names beside a numbered place and what that says."""
    rest = re.sub(_SAYING, " ", unplaced(question.text))
    return set(terms(rest)).intersection(question.terms)


def nests(question: Question) -> bool:
    """Whether a question asks what a place in another says: "What does Article 5(2) say?"."""
    return says(question) and any(len(chain) > 1 for chain in _chains(question))


def _chains(question: Question) -> list[list[Place]]:
    insisted = {a[0] for a in question.insisted}
    chains = ([p for p in chain if p.term in insisted] for chain in nested(question.text))
    return [chain for chain in chains if chain]


def nearness(question: Question, chunk: StoredChunk) -> list[int]:
    """For the sentences of a passage, in order, how surely each stands in a numbered place that a
    question names, 0 for not at all. In "Article 3, paragraph 2" it stands in both, or names what
    of them it does not stand in; less surely in only one of them, unless it is asked what the
    places say."""
    own, first = chunk.chunk.sentences, chunk.chunk.start
    texts = [chunk.text[s.start - first : s.end - first] for s in own]
    kinds = [s.kind for s in own]
    found = [0] * len(own)
    if not nests(question):
        for stands in places(question, chunk).values():
            found = [max(near, int(one)) for near, one in zip(found, stands, strict=True)]
    for chain in _chains(question):
        found = list(map(max, found, depths(chain, chunk.chunk.context, texts, kinds)))
    return found


def there(question: Question, near: Sequence[int]) -> list[bool]:
    """Which of the sentences, by their nearness, stand in the place asked for: where one stands in
    all that a question names, none does that has only one of the numbers; and where it asks what
    the place says, none that only speaks of it or bears its number under another name."""
    best = max(near, default=0)
    least = best if says(question) else min(best, _NAMED)
    return [n >= least > 0 for n in near]


def depths(chain: Path, context: str, texts: Sequence[str], kinds: Sequence[Kind]) -> list[int]:
    """For the sentences of a passage, in order, 3 for each that stands in the places ``chain``,
    of which each lies in the one before, 4 where the outermost is called as in ``chain`` ("Article
    3", not "3."), 2 for each that names what it does not stand in, else 0. ``context`` is the path
    of the passage's headings."""
    headings = context.split(" > ")
    above = [p for h in headings for p in _opens(h)]
    named = [c for h in headings for c in _named(h, Kind.HEADING)]
    found: list[int] = []
    stack: list[tuple[str, Place]] = []
    for text, kind in zip(texts, kinds, strict=True):
        for style, place in _openings(text, kind):
            styles = [s for s, _ in stack]
            stack = stack[: styles.index(style) if style in styles else len(stack)]
            stack.append((style, place))
        path = [*above, *(p for _, p in stack)]
        stands = _within(chain, path, strict=True)
        ways = [path, *(_from(path, c) for c in (*named, *_named(text, kind)))]
        names = any(_within(chain, way, strict=False) for way in ways)
        called = any((p.word, p.term) == (chain[0].word, chain[0].term) for p in path)
        found.append((_CALLED if called else THERE) if stands else _NAMED if names else 0)
    return found


def _within(chain: Path, path: Path, strict: bool) -> bool:
    """Whether a path leads through the places of a chain, in order: where it has one that is called
    the same ("article"), through that; ``strict`` where it is not called another name, either."""
    at = 0
    for asked in chain:
        alike = [i for i, p in enumerate(path) if asked.word and p.word == asked.word]
        fits = [
            i
            for i in alike or range(len(path))
            if i >= at
            and path[i].term == asked.term
            and (asked.word in ("", path[i].word) or not (strict and path[i].word))
        ]
        if not fits:
            return False
        at = fits[0] + 1
    return True


def _openings(text: str, kind: Kind) -> list[tuple[str, Place]]:
    """The numbered place that a sentence opens, with the style of its number; of a footnote its
    own."""
    if kind is Kind.FOOTNOTE:
        return [("footnote", Place(f"#footnote{note_mark(text)}", "footnote"))]
    opened = _opened(text, kind)
    words = [p for chain in nested(text) for p in chain if not text[: p.start].strip()]
    if kind is Kind.HEADING and words:
        return [(opened.style if opened else words[0].word, words[0])]
    return [(opened.style, Place(_name(opened), "", 0, opened.end))] if opened else []


def _opens(heading: str) -> list[Place]:
    return [p for _, p in _openings(heading, Kind.HEADING)]


def _named(text: str, kind: Kind) -> list[Path]:
    """The numbered places that a sentence names behind the one that it opens, as ``nested``."""
    begin = max((p.end for _, p in _openings(text, kind)), default=0)
    chains = ([p for p in chain if p.start >= begin] for chain in nested(text))
    return [chain for chain in chains if chain]


def _from(path: Path, named: Path) -> Path:
    """The path to places named in a sentence that stands at the end of ``path``: "paragraph 2" is
    of the same article, "Article 3, paragraph 2" is not."""
    elsewhere = any(named[0].word and p.word == named[0].word for p in path)
    return named if elsewhere else [*path, *named]


def _opened(text: str, kind: Kind) -> Enumerator | None:
    """The number that opens the place of a sentence; a note's number is the note's."""
    found = enumerator(text, 0, len(text)) if kind is not Kind.FOOTNOTE else None
    if not found or found.style in _NONE:
        return None
    certain = found.style not in _DOUBTFUL or kind in (Kind.HEADING, Kind.LIST_ITEM)
    return found if certain else None


def _name(found: Enumerator) -> str:
    return f"#{found.number}"
