"""The reader's network, its batches and its loss (torch; training only).

all-MiniLM-L6-v2 reads ``[CLS] question [SEP] window [SEP]``; its embeddings stay as they are, those
of the tokens that it lacks are learnt. A sentence's tokens are pooled by a
learned attention; with the state of [CLS] they give the logit "this sentence answers". Start and
end of the answer are told by each token's state. Read with a claim in the question's place, the
state of [CLS] tells whether the window supports or refutes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from index.records import Span
from index.text import sentences
from qa.reader import QUESTION_TOKENS, WINDOW_TOKENS, cut_question
from qa.training.reader_claims import Claim
from qa.training.reader_groups import Group, Piece

SPAN_WEIGHT = 1.0
SUPPORT_WEIGHT = 1.0
FOUND_WEIGHT = 0.5  # of each of the figures that tell how far a claim finds its evidence


@dataclass(frozen=True, slots=True)
class Tokens:
    """A piece in tokens: for each sentence its first and last+1 token; ``answer`` likewise.
    ``verdict`` is an index into qa.reader.VERDICTS, where the piece is a claim's evidence;
    ``bears`` whether that is what a search for the claim should find, None where not told."""

    ids: Sequence[int]
    spans: tuple[Span, ...]
    labels: tuple[int, ...]
    answer: Span | None
    verdict: int | None = None
    bears: bool | None = None


class Net(nn.Module):
    """``added`` tokens are numbered after those of the encoder in ``folder``."""

    def __init__(self, folder: Path, added: int = 0) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(str(folder), add_pooling_layer=False)
        width = self.body.config.hidden_size
        known = self.body.embeddings.word_embeddings.weight
        self.added = nn.Embedding(added, width)
        nn.init.normal_(self.added.weight, 0.0, float(known.detach().std()))
        self.attend = nn.Linear(width, 1)
        self.mix = nn.Linear(2 * width, width)
        self.out = nn.Linear(width, 1)
        self.span = nn.Linear(width, 2)
        self.weigh = nn.Linear(width, width)
        self.support = nn.Linear(width, 3)
        self.body.embeddings.requires_grad_(False)

    def forward(
        self, ids: Tensor, lengths: Sequence[int], rows: Tensor, spans: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of the sentences (s,), start and end logits of the tokens (n, 2), and logits of
        the verdicts on a claim (b, 3).

        ``ids`` (n,) are the tokens of the b sequences one after another, ``lengths`` how many each
        has; ``rows`` (s,) says in which sequence a sentence stands, ``spans`` (s, 2) at which of
        the n tokens.
        """
        states = self.states(ids, lengths)
        place = torch.arange(len(ids))
        inside = (place >= spans[:, :1]) & (place < spans[:, 1:])
        pull = self.attend(states).float().T.masked_fill(~inside, -1e9).softmax(-1)
        first = states[torch.tensor([0, *lengths[:-1]]).cumsum(0)]
        both = torch.cat([pull @ states, first[rows]], -1)
        answers = self.out(torch.tanh(self.mix(both))).float().squeeze(-1)
        verdicts = self.support(torch.tanh(self.weigh(first)))
        return answers, self.span(states).float(), verdicts.float()

    def states(self, ids: Tensor, lengths: Sequence[int]) -> Tensor:
        """What the encoder makes of the tokens, (n, d); ``ids`` and ``lengths`` as in ``forward``.

        Its layers are run here and not by transformers: sequences one after another need no
        padding, and all their tokens are multiplied at once; only attention takes each by itself.
        """
        embeddings = self.body.embeddings
        places = torch.cat([torch.arange(length) for length in lengths])
        words = self._words(ids)
        both = words + embeddings.position_embeddings(places)
        states: Tensor = embeddings.LayerNorm(both + embeddings.token_type_embeddings.weight[0])
        for layer in self.body.encoder.layer:
            own, hidden = layer.attention, self._attention(layer.attention.self, states, lengths)
            states = own.output.LayerNorm(own.output.dense(hidden) + states)
            hidden = layer.output.dense(functional.gelu(layer.intermediate.dense(states)))
            states = layer.output.LayerNorm(hidden + states)
        return states

    def inherit(self, renumbered: Mapping[int, int]) -> None:
        """Lets added tokens begin with what the encoder knows of them, by their number there."""
        table = self.body.embeddings.word_embeddings
        old, new = torch.tensor([*renumbered.items()]).T
        with torch.no_grad():
            self.added.weight[new - table.num_embeddings] = table.weight[old]

    def _words(self, ids: Tensor) -> Tensor:
        table = self.body.embeddings.word_embeddings
        words: Tensor = table(ids.clamp(max=table.num_embeddings - 1))
        new = ids >= table.num_embeddings
        return words.index_put((new,), self.added(ids[new] - table.num_embeddings))

    def _attention(self, own: nn.Module, states: Tensor, lengths: Sequence[int]) -> Tensor:
        # In 32 bits: torch 2.13 runs back through bfloat16 attention five times slower.
        heads = self.body.config.num_attention_heads
        parts: list[nn.Linear] = [getattr(own, name) for name in ("query", "key", "value")]
        weight, bias = torch.cat([p.weight for p in parts]), torch.cat([p.bias for p in parts])
        asked = functional.linear(states, weight, bias).float()
        made = []
        with torch.autocast("cpu", enabled=False):
            for sequence in torch.split(asked, list(lengths)):
                asking = sequence.view(len(sequence), 3, heads, -1).permute(1, 2, 0, 3)
                q, k, v = asking.unsqueeze(1)
                one = functional.scaled_dot_product_attention(q, k, v)
                made.append(one[0].transpose(0, 1).flatten(1))
        return torch.cat(made)


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


def batch(pieces: Sequence[Tokens]) -> tuple[Tensor, list[int], Tensor, Tensor]:
    """What ``Net`` takes: ids, lengths, rows, spans."""
    lengths = [len(p.ids) for p in pieces]
    begins = np.cumsum([0, *lengths[:-1]])
    ids = torch.tensor([i for p in pieces for i in p.ids], dtype=torch.long)
    rows = torch.tensor([i for i, p in enumerate(pieces) for _ in p.spans], dtype=torch.long)
    moved = [(a + at, b + at) for p, at in zip(pieces, begins, strict=True) for a, b in p.spans]
    return ids, lengths, rows, torch.tensor(moved, dtype=torch.long).reshape(-1, 2)


def loss(
    net: Net, groups: Sequence[Sequence[Tokens]], claims: Sequence[Sequence[Tokens]]
) -> Tensor:
    """Mean over the groups of ``_group_loss``, with the cross-entropy of the answers' ends and of
    the verdicts on the claims, and how far claims find their evidence."""
    pieces = [p for g in groups for p in g]
    found = run(net, [*pieces, *(p for c in claims for p in c)])
    logits = [f.answers for f in found]
    total: Tensor = found[0].ends.new_zeros(())
    at = 0
    for group in groups:
        total = total + _group_loss(group, logits[at : at + len(group)])
        at += len(group)
    ends = [(p.answer, f.ends) for p, f in zip(pieces, found, strict=False) if p.answer]
    total = total / len(groups) + SPAN_WEIGHT * _span_loss(ends)
    if claims:
        total = total + _claim_loss(claims, found[len(pieces) :])
    return total


@dataclass(frozen=True, slots=True)
class Found:
    """What the net says of a piece: logits of its sentences (s,), of its tokens as start and end
    of the answer (t, 2), and of the verdicts on a claim (3,)."""

    answers: Tensor
    ends: Tensor
    verdict: Tensor


def run(net: Net, pieces: Sequence[Tokens]) -> list[Found]:
    """Reads the pieces, all in one go."""
    answers, ends, verdicts = net(*batch(pieces))
    each = answers.split([len(p.spans) for p in pieces])
    place = ends.split([len(p.ids) for p in pieces])
    return [Found(*one) for one in zip(each, place, verdicts, strict=True)]


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


def _claim_loss(claims: Sequence[Sequence[Tokens]], found: Sequence[Found]) -> Tensor:
    """Mean over the claims: the cross-entropy of the verdict, for each piece whether any sentence
    bears on the claim, and the first piece's best against the second's."""
    total, at = found[0].answers.new_zeros(()), 0
    for group in claims:
        verdict = found[at].verdict
        total = total + SUPPORT_WEIGHT * functional.cross_entropy(
            verdict, torch.tensor(group[0].verdict)
        )
        best = [f.answers.logsumexp(0) for f in found[at : at + len(group)]]
        for piece, z in zip(group, best, strict=True):
            if piece.bears is not None:
                total = total + FOUND_WEIGHT * functional.softplus(-z if piece.bears else z)
        if len(best) > 1:
            total = total + FOUND_WEIGHT * functional.softplus(best[1] - best[0])
        at += len(group)
    return total / len(claims)


def _span_loss(told: Sequence[tuple[Span, Tensor]]) -> Tensor:
    total = torch.zeros(())
    for (first, end), z in told:
        total = total + functional.cross_entropy(z.T, torch.tensor([first, end - 1]))
    return total / max(1, len(told))


def claim_tokens(tokenizer: Tokenizer, claims: Sequence[Claim]) -> list[Tokens]:
    """A claim and its evidence as a question and its window, then beside other evidence."""
    made = [_claim_tokens(tokenizer, c) for c in claims]
    return [made[0], *(m for m in made[1:] if m.spans and made[0].spans)]


def _claim_tokens(tokenizer: Tokenizer, claim: Claim) -> Tokens:
    lead = f"{claim.heading}: " if claim.heading else ""
    text = lead + claim.evidence
    spans = tuple(sentences(text, len(lead), len(text)))
    made = tokens(tokenizer, Piece("claim", claim.text, text, spans, (-1,) * len(spans)))
    return replace(made, verdict=claim.verdict, bears=claim.bears if made.spans else None)


def group_tokens(tokenizer: Tokenizer, group: Group) -> list[Tokens]:
    """The group's pieces that have a sentence left; empty when the answer was cut away."""
    made = [tokens(tokenizer, p) for p in group.pieces]
    if 1 not in made[0].labels:
        return []
    return [p for p in made if p.spans]
