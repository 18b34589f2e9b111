"""Claims with evidence -> labelled pairs: does the evidence support the claim, and bear on it?

Public sets of claims hold almost none whose evidence says too little, so those are made: the
evidence of another claim that shares most words, a claim with another name put in, evidence without
the sentence that told. A figure that the evidence contradicts makes the claim refuted.

A claim is searched for, too: its own evidence is to be found before what stands beside it in the
document and before what shares its words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.terms import content, terms
from qa.reader import CONTEXT_WORDS, VERDICTS
from qa.training.lookalikes import Lookalikes
from qa.training.reader_questions import Setting, change, donors
from qa.training.reader_rows import lines
from qa.training.written import Section, Written

LONGEST = 150  # words of evidence
WRITTEN = 0.5  # share of the claims drawn that were written with their evidence
BESIDE = 0.4  # share of the sections away from a claim that stand in the same document
MADE = 0.4  # share of the claims drawn that are changed to say what the evidence does not


@dataclass(frozen=True, slots=True)
class Claim:
    """``verdict`` is an index into ``VERDICTS``; None where it is not to be learnt from. ``bears``
    tells whether the evidence is what a search for the claim should find; None: not told.
    ``heading`` stands above the evidence, ``beside`` are other sections of its document, with
    their headings."""

    text: str
    evidence: str
    verdict: int | None
    bears: bool | None = None
    heading: str = ""
    beside: tuple[tuple[str, str], ...] = ()


def load(folder: Path) -> list[Claim]:
    """The English claims with evidence of a usable length."""
    found = (
        _claim(_clean(r["claim"]), _clean(r["evidence"]), r["label"])
        for r in lines(folder / "support-open-00.jsonl.gz")
    )
    return [c for c in found if c.evidence and len(c.evidence.split()) <= LONGEST]


def written_claims(documents: Iterable[Written]) -> list[Claim]:
    """The claims on every section, with the section as evidence."""
    return [
        replace(
            _claim(text, _folded(section.text), verdict), heading=section.heading, beside=beside
        )
        for document in documents
        for section in document.sections
        for beside in [_beside(document, section)]
        for text, verdict in section.claims
    ]


def _beside(document: Written, section: Section) -> tuple[tuple[str, str], ...]:
    others = [s for s in document.sections if s is not section]
    return tuple((s.heading, _folded(s.text)) for s in others)


def _claim(text: str, evidence: str, label: str) -> Claim:
    # What says too little of a claim may still be what a search for it should find.
    bears = None if label == "insufficient" else True
    return Claim(text, evidence, VERDICTS.index(label), bears)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _clean(text: str) -> str:
    text = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]", r"\1", text)
    text = re.sub(r"[`'\"]{2,}|-LRB-|-RRB-", " ", text)
    return " ".join(text.split())


class Claims:
    """Draws claims by number; the same seed gives the same ones."""

    def __init__(self, claims: Sequence[Claim], seed: int, written: Sequence[Claim] = ()) -> None:
        self._claims, self._seed, self._written = claims, seed, written
        self._pool = donors(c.text for c in claims)
        self._near = Lookalikes([c.evidence for c in claims])
        self._near_written = Lookalikes([c.evidence for c in written]) if written else self._near
        self._headings = {c.evidence: c.heading for c in written}

    def draw(self, number: int) -> list[Claim]:
        """A claim, and where its evidence bears on it, the same beside evidence that does not."""
        draw = random.Random(f"{self._seed} claim {number}")
        own = bool(self._written) and draw.random() < WRITTEN
        claim = self._drawn(draw) if not own else draw.choice(self._written)
        away = self._away(claim, own, draw) if claim.bears else None
        return [_headed(c, draw) for c in (claim, away) if c]

    def _drawn(self, draw: random.Random) -> Claim:
        """One of the public claims, in some of them what it says or what it stands beside
        changed."""
        claim = draw.choice(self._claims)
        if draw.random() < MADE:
            claim = self._elsewhere(claim, self._near, draw) or claim
        elif claim.verdict == 0 and draw.random() < 0.35:
            claim = self._changed(claim, draw) or claim
        if draw.random() < 0.4:
            claim = self._among(claim, draw)
        return claim

    def _away(self, claim: Claim, own: bool, draw: random.Random) -> Claim | None:
        """The claim beside evidence that a search for it should not find."""
        if claim.beside and draw.random() < BESIDE:
            heading, evidence = draw.choice(claim.beside)
            found: Claim | None = replace(claim, heading=heading, evidence=evidence)
        else:
            found = self._elsewhere(claim, self._near_written if own else self._near, draw)
        return replace(found, verdict=None, bears=False) if found else None

    def _elsewhere(self, claim: Claim, near: Lookalikes, draw: random.Random) -> Claim | None:
        """The claim beside another's evidence that speaks of much the same."""
        asked = set(content(terms(claim.text)))
        told = {claim.evidence, *(e for _, e in claim.beside)}
        found = [e for e in near.find(claim.text, 8) if e not in told]
        # Evidence with nearly every word of the claim might support it after all.
        found = [e for e in found if len(asked & set(terms(e))) < 0.8 * len(asked)]
        if not found:
            return None
        evidence = draw.choice(found)
        heading = self._headings.get(evidence, "")
        return Claim(claim.text, evidence, 2, False, heading, claim.beside)

    def _changed(self, claim: Claim, draw: random.Random) -> Claim | None:
        made = change(Setting(claim.text, claim.evidence, claim.evidence), self._pool, draw)
        if made is None or made.kind not in ("figure", "name", "listed", "opposite"):
            return None
        bears = None if made.kind == "name" else True
        return Claim(made.question, claim.evidence, 1 if made.kind != "name" else 2, bears)

    def _among(self, claim: Claim, draw: random.Random) -> Claim:
        """The evidence between sentences of another's, as it stands in a passage."""
        other = draw.choice(self._claims).evidence
        parts = [claim.evidence, other] if draw.random() < 0.5 else [other, claim.evidence]
        together = " ".join(parts)
        if len(together.split()) > LONGEST:
            return claim
        return replace(claim, evidence=together)


def _headed(claim: Claim, draw: random.Random) -> Claim:
    """Half of the evidence is read without its heading."""
    words = claim.heading.split()[:CONTEXT_WORDS] if draw.random() < 0.5 else []
    return replace(claim, heading=" ".join(words))
