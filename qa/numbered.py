"""Which sentences stand in the numbered place that a question names: "point 12", "Table 3"."""

from __future__ import annotations

from collections.abc import Sequence

from index.readers.numbering import Enumerator, enumerator
from index.records import Kind
from index.rows import StoredChunk
from index.terms import enumerators, terms, unplaced
from qa.cite import note_mark
from qa.question import Question

# "(c)" is no number, of "2.1" the number is another's part; "3 May ..." and "One, however, ..."
# begin like places, too.
_NONE = frozenset({"alpha", "paren-alpha", "decimal2", "decimal3"})
_DOUBTFUL = frozenset({"number", "word"})


def meant(question: Question, chunk: StoredChunk) -> bool:
    """Whether a passage has a word of what a question names beside a numbered place, if anything:
    there are many third points."""
    rest = set(terms(unplaced(question.text))).intersection(question.terms)
    return not rest or not rest.isdisjoint(terms(f"{chunk.chunk.context}\n{chunk.text}"))


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


def _opened(text: str, kind: Kind) -> Enumerator | None:
    """The number that opens the place of a sentence; a note's number is the note's."""
    found = enumerator(text, 0, len(text)) if kind is not Kind.FOOTNOTE else None
    if not found or found.style in _NONE:
        return None
    certain = found.style not in _DOUBTFUL or kind in (Kind.HEADING, Kind.LIST_ITEM)
    return found if certain else None


def _name(found: Enumerator) -> str:
    return f"#{found.number}"
