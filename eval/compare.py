"""Two runs beside each other: what turned wrong, what turned right, what changed at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from eval.chance import interval, randomisation
from eval.measures import NAMES, values
from eval.results import Cited, Result, Run
from index.records import Span

WRONG, RIGHT = "newly wrong", "newly right"
BOTH_RIGHT, BOTH_WRONG = "changed, right both times", "changed, wrong both times"
CITATIONS = "same answer, other citations"
KINDS = (WRONG, RIGHT, BOTH_RIGHT, BOTH_WRONG, CITATIONS)
ALIKE = 60  # rapidfuzz ratio, 0..100, from which a text is what became of a quote

_TOKEN = re.compile(r"\w+(?:[.,:-]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """A case that came out differently; ``sources`` tells what changed in the documents cited."""

    kind: str
    before: Result
    after: Result
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure over the ``n`` cases that it applies to both times; ``p`` is two-sided, ``low``
    and ``high`` the 95 % interval of the mean difference; ``fell`` the cases it fell in."""

    name: str
    n: int
    before: float
    after: float
    low: float
    high: float
    p: float
    fell: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Documents:
    """Files that came, went, and have another content."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``gone`` and ``new`` are cases of one run only; ``recast`` ones whose question or facts
    differ. None of them is compared. ``exchanged`` tells what the runs were made with."""

    before: Run
    after: Run
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...]
    documents: Documents
    exchanged: tuple[str, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    recast: tuple[str, ...]

    def of(self, kind: str) -> list[Change]:
        return [one for one in self.changes if one.kind == kind]


def compare(before: Run, after: Run, texts: Mapping[str, str] | None = None) -> Comparison:
    """``texts``, file name -> text, are the documents of the later run where they are at hand:
    then what became of a quote is looked up there, else among the later citations."""
    was = {one.id: one for one in before.results}
    now = {one.id: one for one in after.results}
    common = [key for key in was if key in now]
    recast = tuple(key for key in common if _asked(was[key]) != _asked(now[key]))
    pairs = [(was[key], now[key]) for key in common if key not in recast]
    documents = changed_documents(before, after)
    return Comparison(
        before,
        after,
        tuple(_changes(pairs, documents, texts or {})),
        tuple(_differences(pairs)),
        documents,
        tuple(_exchanged(before, after)),
        tuple(key for key in was if key not in now),
        tuple(key for key in now if key not in was),
        recast,
    )


def _asked(one: Result) -> tuple[object, ...]:
    return one.question, one.verdict, one.wanted, one.need, one.answerable, one.documents


def changed_documents(before: Run, after: Run) -> Documents:
    was, now = (
        {one["file"]: one["sha256"] for one in run.header["library"]["documents"]}
        for run in (before, after)
    )
    return Documents(
        tuple(file for file in now if file not in was),
        tuple(file for file in was if file not in now),
        tuple(file for file in was if file in now and was[file] != now[file]),
    )


def _exchanged(before: Run, after: Run) -> Iterator[str]:
    was, now = before.header, after.header
    if was["code"] != now["code"]:
        yield f"code: {was['code']['commit']}, then {now['code']['commit']}"
    for name in dict.fromkeys([*was["models"], *now["models"]]):
        if was["models"].get(name) != now["models"].get(name):
            yield f"model: {name} is not the same"
    for name, old in was["settings"].items():
        new = now["settings"].get(name, old)  # a setting of another version of Pullquote is none
        if old != new:
            yield f"setting: {name} was {old}, then {new}"
    if was["machine"] != now["machine"]:
        yield "machine or packages: not the same"


def kind_of(before: Result, after: Result) -> str | None:
    """What the change is; None where nothing changed that a reader would see."""
    if before.right != after.right:
        return RIGHT if after.right else WRONG
    if _said(before) != _said(after):
        return BOTH_RIGHT if after.right else BOTH_WRONG
    return CITATIONS if _places(before, after) != _places(after, before) else None


def _said(one: Result) -> list[str]:
    return [one.given, *(sentence.text for sentence in one.sentences)]


def _places(one: Result, other: Result) -> list[tuple[object, ...]]:
    """Citations by file and quote; by offset, too, where the file is the same both times."""
    same = {cited.sha256 for cited in other.citations}
    return [
        (c.file, c.quote, c.valid, c.start if c.sha256 in same else None) for c in one.citations
    ]


def _changes(
    pairs: Sequence[tuple[Result, Result]], documents: Documents, texts: Mapping[str, str]
) -> Iterator[Change]:
    for before, after in pairs:
        kind = kind_of(before, after)
        if kind:
            yield Change(kind, before, after, tuple(_sources(before, after, documents, texts)))


def _sources(
    before: Result, after: Result, documents: Documents, texts: Mapping[str, str]
) -> Iterator[str]:
    cited = [*before.citations, *after.citations]
    for file in dict.fromkeys(one.file for one in cited):
        if file in documents.added:
            yield f"{file} is new"
        elif file in documents.removed:
            yield f"{file} is gone"
        elif file in documents.changed:
            yield f"{file} has changed{_became(before, after, file, texts)}"


def _became(before: Result, after: Result, file: str, texts: Mapping[str, str]) -> str:
    found = [
        change
        for one in before.citations
        if one.file == file
        for change in word_changes(one.quote, _nearest(one, after, file, texts))
    ]
    return ": " + "; ".join(dict.fromkeys(found)) if found else ""


def _nearest(cited: Cited, after: Result, file: str, texts: Mapping[str, str]) -> str:
    """What stands in place of a quote now: in the document, else among the later citations."""
    if file in texts:
        found = fuzz.partial_ratio_alignment(cited.quote, texts[file], score_cutoff=ALIKE)
        return texts[file][found.dest_start : found.dest_end] if found else ""
    later = [one.quote for one in after.citations if one.file == file]
    best = max(later, key=lambda quote: fuzz.ratio(cited.quote, quote), default="")
    return best if fuzz.ratio(cited.quote, best) >= ALIKE else ""


def word_changes(before: str, after: str) -> list[str]:
    """The words that differ, as "412 became 421"; empty where ``after`` is."""
    if not after:
        return ["the quote no longer stands there"]
    shown = []
    for kind, old, new in word_diff(before, after):
        if kind == "replace":
            shown.append(f"“{old}” became “{new}”")
        elif kind != "equal":
            shown.append(f"“{old or new}” {'was left out' if old else 'was put in'}")
    return shown


def word_diff(before: str, after: str, *, spaced: bool = False) -> list[tuple[str, str, str]]:
    """(kind, old words, new words) runs; kinds equal, replace, delete and insert of difflib.
    ``spaced`` keeps what stands between a run and the next, so that the runs make up the texts."""
    old, new = (list(_TOKEN.finditer(text)) for text in (before, after))
    matcher = SequenceMatcher(
        None, [t.group() for t in old], [t.group() for t in new], autojunk=False
    )
    return [
        (kind, _run(before, old, (a, b), spaced), _run(after, new, (c, d), spaced))
        for kind, a, b, c, d in matcher.get_opcodes()
    ]


def _run(text: str, tokens: Sequence[re.Match[str]], span: Span, spaced: bool) -> str:
    first, last = span
    if first == last:
        return ""
    end = tokens[last].start() if spaced and last < len(tokens) else tokens[last - 1].end()
    return text[tokens[first].start() : end]


def _differences(pairs: Sequence[tuple[Result, Result]]) -> Iterator[Difference]:
    ids = [one.id for one, _ in pairs]
    was, now = values([one for one, _ in pairs]), values([one for _, one in pairs])
    for name in NAMES:
        both = [
            (key, old, new)
            for key, old, new in zip(ids, was[name], now[name], strict=True)
            if old is not None and new is not None
        ]
        if not both:
            continue
        old_values, new_values = [old for _, old, _ in both], [new for _, _, new in both]
        yield Difference(
            name,
            len(both),
            sum(old_values) / len(both),
            sum(new_values) / len(both),
            *interval([new - old for _, old, new in both]),
            randomisation(old_values, new_values),
            tuple(key for key, old, new in both if new < old),
        )
