"""Claims with evidence -> labelled pairs: does the evidence support the claim?

Public sets of claims hold almost none whose evidence says too little, so those are made: the
evidence of another claim that shares most words, a claim with another name put in, evidence without
the sentence that told. A figure that the evidence contradicts makes the claim refuted.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.terms import content, terms
from qa.reader import VERDICTS
from qa.training.lookalikes import Lookalikes
from qa.training.reader_questions import Setting, change, donors
from qa.training.reader_rows import lines
from qa.training.written import Written

LONGEST = 150  # words of evidence
WRITTEN = 0.5  # share of the claims drawn that were written with their evidence
MADE = 0.4  # share of the claims drawn that are changed to say what the evidence does not


@dataclass(frozen=True, slots=True)
class Claim:
    """``verdict`` is an index into ``VERDICTS``."""

    text: str
    evidence: str
    verdict: int


def load(folder: Path) -> list[Claim]:
    """The English claims with evidence of a usable length."""
    found = (
        Claim(_clean(r["claim"]), _clean(r["evidence"]), VERDICTS.index(r["label"]))
        for r in lines(folder / "support-open-00.jsonl.gz")
    )
    return [c for c in found if c.evidence and len(c.evidence.split()) <= LONGEST]


def written_claims(documents: Iterable[Written]) -> list[Claim]:
    """The claims on every section, with the section as evidence."""
    return [
        Claim(text, " ".join(section.text.split()), VERDICTS.index(verdict))
        for document in documents
        for section in document.sections
        for text, verdict in section.claims
    ]


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

    def draw(self, number: int) -> Claim:
        draw = random.Random(f"{self._seed} claim {number}")
        if self._written and draw.random() < WRITTEN:
            return draw.choice(self._written)
        claim = draw.choice(self._claims)
        if draw.random() < MADE:
            claim = self._elsewhere(claim, draw) or claim
        elif claim.verdict == 0 and draw.random() < 0.35:
            claim = self._changed(claim, draw) or claim
        if draw.random() < 0.4:
            claim = self._among(claim, draw)
        return claim

    def _elsewhere(self, claim: Claim, draw: random.Random) -> Claim | None:
        """The claim beside another's evidence that speaks of much the same."""
        asked = set(content(terms(claim.text)))
        near = [e for e in self._near.find(claim.text, 8) if e != claim.evidence]
        # Evidence with nearly every word of the claim might support it after all.
        near = [e for e in near if len(asked & set(terms(e))) < 0.8 * len(asked)]
        return Claim(claim.text, draw.choice(near), 2) if near else None

    def _changed(self, claim: Claim, draw: random.Random) -> Claim | None:
        made = change(Setting(claim.text, claim.evidence, claim.evidence), self._pool, draw)
        if made is None or made.kind not in ("figure", "name", "listed", "opposite"):
            return None
        return Claim(made.question, claim.evidence, 1 if made.kind != "name" else 2)

    def _among(self, claim: Claim, draw: random.Random) -> Claim:
        """The evidence between sentences of another's, as it stands in a passage."""
        other = draw.choice(self._claims).evidence
        parts = [claim.evidence, other] if draw.random() < 0.5 else [other, claim.evidence]
        together = " ".join(parts)
        if len(together.split()) > LONGEST:
            return claim
        return Claim(claim.text, together, claim.verdict)
