"""The reader's network, its batches and its loss (torch; training only).

all-MiniLM-L6-v2 reads ``[CLS] question [SEP] window [SEP]``. A sentence's tokens are pooled by a
learned attention; with the state of [CLS] they give the logit "this sentence answers". Start and
end of the answer are told by each token's state. Read with a claim in the question's place, the
state of [CLS] tells whether the window supports or refutes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from index.records import Span
from qa.reader import QUESTION_TOKENS, WINDOW_TOKENS, cut_question
from qa.training.reader_claims import Claim
from qa.training.reader_groups import Group, Piece

SPAN_WEIGHT = 1.0
SUPPORT_WEIGHT = 1.0
TOGETHER = 5  # pieces read at once


@dataclass(frozen=True, slots=True)
class Tokens:
    """A piece in tokens: for each sentence its first and last+1 token; ``answer`` likewise.
    ``verdict`` is an index into qa.reader.VERDICTS, where the piece is a claim's evidence."""

    ids: Sequence[int]
    spans: tuple[Span, ...]
    labels: tuple[int, ...]
    answer: Span | None
    verdict: int | None = None


class Net(nn.Module):
    def __init__(self, folder: Path, frozen: int) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(str(folder), add_pooling_layer=False)
        width = self.body.config.hidden_size
        self.attend = nn.Linear(width, 1)
        self.mix = nn.Linear(2 * width, width)
        self.out = nn.Linear(width, 1)
        self.span = nn.Linear(width, 2)
        self.weigh = nn.Linear(width, width)
        self.support = nn.Linear(width, 3)
        for part in [self.body.embeddings, *self.body.encoder.layer[:frozen]]:
            part.requires_grad_(False)

    def forward(
        self, ids: Tensor, mask: Tensor, rows: Tensor, spans: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of the sentences (s,), start and end logits of the tokens (b, t, 2), and logits
        of the verdicts on a claim (b, 3).

        ``rows`` (s,) says in which sequence a sentence stands, ``spans`` (s, 2) at which tokens.
        """
        states = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        place = torch.arange(ids.shape[1])
        inside = (place >= spans[:, :1]) & (place < spans[:, 1:])
        pull = self.attend(states).squeeze(-1)[rows].masked_fill(~inside, -1e9).softmax(-1)
        pooled = torch.einsum("st,std->sd", pull, states[rows])
        both = torch.cat([pooled, states[rows, 0]], -1)
        answers = self.out(torch.tanh(self.mix(both))).squeeze(-1)
        verdicts = self.support(torch.tanh(self.weigh(states[:, 0])))
        return answers, self.span(states), verdicts


def tokens(tokenizer: Tokenizer, piece: Piece) -> Tokens:
    question = cut_question(tokenizer, piece.question, QUESTION_TOKENS)
    encoding = tokenizer.encode(question, piece.text)
    ids = encoding.ids[:WINDOW_TOKENS]
    offsets = np.array(encoding.offsets[:WINDOW_TOKENS])
    second = np.array([s == 1 for s in encoding.sequence_ids[:WINDOW_TOKENS]])

    def place(span: Span) -> Span | None:
        inside = np.flatnonzero(second & (offsets[:, 0] < span[1]) & (offsets[:, 1] > span[0]))
        return (int(inside[0]), int(inside[-1]) + 1) if len(inside) else None

    found = [(place(s), y) for s, y in zip(piece.spans, piece.labels, strict=True)]
    kept = [(s, y) for s, y in found if s]
    answer = place(piece.answer) if piece.answer else None
    return Tokens(ids, tuple(s for s, _ in kept), tuple(y for _, y in kept), answer)


def batch(pieces: Sequence[Tokens]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """What ``Net`` takes: ids, mask, rows, spans."""
    longest = max(len(p.ids) for p in pieces)
    ids = torch.zeros(len(pieces), longest, dtype=torch.long)
    mask = torch.zeros(len(pieces), longest, dtype=torch.long)
    for i, piece in enumerate(pieces):
        ids[i, : len(piece.ids)] = torch.tensor(piece.ids)
        mask[i, : len(piece.ids)] = 1
    rows = torch.tensor([i for i, p in enumerate(pieces) for _ in p.spans], dtype=torch.long)
    spans = torch.tensor([s for p in pieces for s in p.spans], dtype=torch.long).reshape(-1, 2)
    return ids, mask, rows, spans


def loss(net: Net, groups: Sequence[Sequence[Tokens]], claims: Sequence[Tokens]) -> Tensor:
    """Mean over the groups of ``_group_loss``, with the cross-entropy of the answers' ends and of
    the verdicts on the claims."""
    pieces = [p for g in groups for p in g]
    found = run(net, [*pieces, *claims])
    logits = [f.answers for f in found]
    total: Tensor = found[0].ends.new_zeros(())
    at = 0
    for group in groups:
        total = total + _group_loss(group, logits[at : at + len(group)])
        at += len(group)
    ends = [(p.answer, f.ends) for p, f in zip(pieces, found, strict=False) if p.answer]
    total = total / len(groups) + SPAN_WEIGHT * _span_loss(ends)
    if claims:
        told = torch.tensor([c.verdict for c in claims])
        verdicts = torch.stack([f.verdict for f in found[len(pieces) :]])
        total = total + SUPPORT_WEIGHT * functional.cross_entropy(verdicts, told)
    return total


@dataclass(frozen=True, slots=True)
class Found:
    """What the net says of a piece: logits of its sentences (s,), of its tokens as start and end
    of the answer (t, 2), and of the verdicts on a claim (3,)."""

    answers: Tensor
    ends: Tensor
    verdict: Tensor


def run(net: Net, pieces: Sequence[Tokens]) -> list[Found]:
    """Reads the pieces, a few of about the same length at once: padding costs as much as text."""
    order = sorted(range(len(pieces)), key=lambda i: len(pieces[i].ids))
    found: dict[int, Found] = {}
    for at in range(0, len(order), TOGETHER):
        part = order[at : at + TOGETHER]
        answers, ends, verdicts = net(*batch([pieces[i] for i in part]))
        each = answers.split([len(pieces[i].spans) for i in part])
        for row, i in enumerate(part):
            found[i] = Found(each[row], ends[row, : len(pieces[i].ids)], verdicts[row])
    return [found[i] for i in range(len(pieces))]


def _group_loss(group: Sequence[Tokens], logits: Sequence[Tensor]) -> Tensor:
    """Softmax over the sentences for the one question, for each window whether any sentence
    answers, and the first window's best against the same window under a changed question."""
    best_gold, scores = None, []
    total = logits[0].new_zeros(())
    for piece, z in zip(group, logits, strict=True):
        y = torch.tensor(piece.labels)
        good, bad = z[y == 1], z[y == 0]
        if len(good):
            best_gold = good.logsumexp(0)
            total = total + functional.softplus(-best_gold)
            scores.append(bad)
        elif len(bad):
            total = total + functional.softplus(bad.logsumexp(0))
            scores.append(bad)
        if len(good) and len(bad):
            total = total + 0.5 * functional.softplus(bad.logsumexp(0))
    if best_gold is not None and (others := torch.cat(scores)).numel():
        total = total + functional.softplus(others.logsumexp(0) - best_gold)
    return total


def _span_loss(told: Sequence[tuple[Span, Tensor]]) -> Tensor:
    total = torch.zeros(())
    for (first, end), z in told:
        total = total + functional.cross_entropy(z.T, torch.tensor([first, end - 1]))
    return total / max(1, len(told))


def claim_tokens(tokenizer: Tokenizer, claim: Claim) -> Tokens:
    """A claim and its evidence, as a question and its window."""
    piece = Piece("claim", claim.text, claim.evidence, (), ())
    return replace(tokens(tokenizer, piece), verdict=claim.verdict)


def group_tokens(tokenizer: Tokenizer, group: Group) -> list[Tokens]:
    """The group's pieces that have a sentence left; empty when the answer was cut away."""
    made = [tokens(tokenizer, p) for p in group.pieces]
    if 1 not in made[0].labels:
        return []
    return [p for p in made if p.spans]
