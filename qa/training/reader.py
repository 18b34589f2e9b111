"""Train the reader: which sentence answers the question, and does any?

    python -m qa.training.reader DATA/train --work FOLDER --minutes 55
    python -m qa.training.reader DATA/train --work FOLDER --export     the weights so far

Seeded; goes on from FOLDER's last checkpoint, which is written every few minutes. Everything that
happens is logged to FOLDER/log.txt. Sources, figures and limits are in qa/data/READER.md.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from index.export import source
from index.scripts import is_cjk
from qa.training.reader_claims import Claims, written_claims
from qa.training.reader_claims import load as load_claims
from qa.training.reader_export import export
from qa.training.reader_groups import Groups
from qa.training.reader_measure import exact, integer, measure
from qa.training.reader_net import Net, Tokens, claim_tokens, group_tokens, loss
from qa.training.reader_rows import (
    HELD_OUT_WRITTEN,
    JAPANESE,
    Row,
    held_out,
    kept_aside,
    load,
    negatives,
    neighbours,
    written_rows,
)
from qa.training.reader_state import Progress, mean, restore, save
from qa.training.reader_vocabulary import OUT as VOCABULARY
from qa.training.reader_vocabulary import added, renumbered
from qa.training.written import WRITTEN, Written
from qa.training.written import load as load_written

BATCH = 5  # groups a step
CLAIMS = 3  # claims a step
# Of the body, for a model that has been trained before. From the bare encoder it was three times
# as much; qa/data/READER.md tells what that gave later.
RATE = 4e-5
HEADS, ADDED = 4, 20  # times that for the heads and for the tokens that the encoder lacks
WARM_UP = 0.05  # of the time
CALIBRATED = 48  # groups that show the quantiser which columns are large
EVERY = 7 * 60.0  # seconds between checkpoints
KINDS = ("public", "japanese", "written", "chinese")
BEGUN = "begun.safetensors"  # in the work folder: a copy of --start

Batches = Iterator[list[list[Tokens]]]


class Log:
    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, line: str) -> None:
        stamped = f"{time.strftime('%H:%M:%S')} {line}"
        print(stamped, flush=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(stamped + "\n")


def groups(data: Path, documents: Sequence[Written], seed: int) -> Groups:
    """A group for each public question and each of the written documents."""
    rows = [*written_rows(documents), *load(data, seed)]
    return Groups(rows, negatives(data) | neighbours(documents), seed)


def read_in_a_round(rows: Sequence[Row], public: float, japanese: float) -> list[int]:
    """Indices of the rows to train with: all written ones, and the first ones of each share of the
    public ones, which stand in a random order."""
    used = [i for i, row in enumerate(rows) if not kept_aside(row)]
    found = {kind: [i for i in used if of_kind(rows[i]) == kind] for kind in KINDS}
    return [
        i
        for kind, share in zip(KINDS, (public, japanese, 1.0, 1.0), strict=True)
        for i in found[kind][: round(share * len(found[kind]))]
    ]


def of_kind(row: Row) -> str:
    """One of ``KINDS``."""
    if row.document:
        return "chinese" if is_cjk(row.headings[0]) else "written"
    return "japanese" if row.source == JAPANESE else "public"


def batches(
    make: Callable[[int, int], list[Tokens]], numbers: Sequence[int], seed: int, skipped: int = 0
) -> Batches:
    """Endless batches of groups, in another order each round; ``make(number, turn)`` is asked for
    the group of a number in each of them. The first round leaves out its first ``skipped``
    numbers."""
    draw = random.Random(seed)
    order, waiting = list(numbers), []
    for turn in itertools.count():
        draw.shuffle(order)
        for number in order[0 if turn else skipped :]:
            if group := make(number, turn):
                waiting.append(group)
            if len(waiting) == BATCH:
                yield waiting
                waiting = []


def drawn(tokenizer: Tokenizer, claims: Claims, step: int) -> list[list[Tokens]]:
    """The claims of a step, each with the evidence that it is read beside."""
    numbers = range(step * CLAIMS, (step + 1) * CLAIMS)
    return [claim_tokens(tokenizer, claims.draw(n)) for n in numbers]


def optimizer(net: Net, rate: float) -> torch.optim.AdamW:
    body = [p for p in net.body.parameters() if p.requires_grad]
    heads = [p for n, p in net.named_parameters() if not n.startswith(("body.", "added."))]
    return torch.optim.AdamW(
        [
            {"params": body, "rate": rate},
            {"params": heads, "rate": HEADS * rate},
            {"params": net.added.parameters(), "rate": ADDED * rate, "weight_decay": 0.0},
        ],
        lr=rate,
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )


def train(
    net: Net,
    stream: Batches,
    claims: Callable[[int], list[list[Tokens]]],
    args: argparse.Namespace,
    log: Log,
) -> None:
    """Runs until ``args.minutes`` are spent, the rate rising and then falling to nothing."""
    adam, progress = optimizer(net, args.rate), Progress()
    if (args.work / "progress.json").exists():
        progress = restore(args.work, net, adam)
        log(f"resumed at step {progress.step}, {progress.seconds:.0f} s")
    for _ in range(progress.step):
        next(stream)
    begun, saved, running, step = time.monotonic(), time.monotonic(), 0.0, progress.step
    total = 60.0 * args.minutes
    net.eval()  # most groups are seen once: dropout would only cost
    while (spent := progress.seconds + time.monotonic() - begun) < total:
        share = spent / total
        for part in adam.param_groups:
            part["lr"] = part["rate"] * min(share / WARM_UP, (1 - share) / (1 - WARM_UP))
        with torch.autocast("cpu", torch.bfloat16, enabled=args.bfloat16):
            value = loss(net, next(stream), claims(step))
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        adam.step()
        adam.zero_grad(set_to_none=True)
        step, running = step + 1, 0.98 * running + 0.02 * value.item()
        if step % 50 == 0:
            log(f"step {step} share {share:.3f} loss {running / (1 - 0.98 ** min(step, 400)):.4f}")
        if time.monotonic() - saved > EVERY:
            save(args.work, net, adam, Progress(step, spent))
            saved = time.monotonic()
    save(args.work, net, adam, Progress(step, total))


def options(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="a folder for checkpoints")
    parser.add_argument("--written", type=Path, default=WRITTEN)
    parser.add_argument("--minutes", type=float, default=55)
    parser.add_argument("--start", type=Path, help="weights to begin with: .../reader.safetensors")
    parser.add_argument("--export", action="store_true", help="write the model, do not train")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "data")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--keep", type=float, default=0.0, help="share of --start in the mean that is written, 0..1"
    )
    parser.add_argument(
        "--bfloat16", action="store_true", help="twice the steps where the processor multiplies it"
    )
    parser.add_argument(
        "--public", type=float, default=1.0, help="share of the public questions in a round, 0..1"
    )
    parser.add_argument(
        "--japanese", type=float, default=1.0, help="the same of the Japanese ones, 0..1"
    )
    parser.add_argument("--rate", type=float, default=RATE, help="of learning, at its highest")
    parser.add_argument("--vocabulary", type=Path, default=VOCABULARY)
    parser.add_argument(
        "--skip", type=int, default=0, help="questions that a run with this seed has read before"
    )
    args = parser.parse_args(given)
    if args.keep and not (args.work / BEGUN).exists() and (args.export or not args.start):
        parser.error("--keep needs --start: a mean with what?")
    return args


def main(given: Sequence[str] | None = None) -> None:
    args = options(given)
    args.work.mkdir(parents=True, exist_ok=True)
    documents = load_written(args.written)
    every = groups(args.data, documents, args.seed)
    log = Log(args.work / "log.txt")
    tokenizer = Tokenizer.from_file(str(args.vocabulary))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    used = read_in_a_round(every.rows, args.public, args.japanese)

    def make(number: int, turn: int = 0) -> list[Tokens]:
        return group_tokens(tokenizer, every.make(number, turn))

    if not args.export:
        torch.manual_seed(args.seed)
        log(f"{len(used)} questions to train with, {torch.get_num_threads()} threads")
        read = [d for d in documents if not held_out(d.name, HELD_OUT_WRITTEN)]
        claims = Claims(load_claims(args.data), args.seed, written_claims(read))
        before = args.skip // BATCH  # the claims of those steps were read, too
        stream = batches(make, used, args.seed, args.skip)
        net = begin(args, log)
        train(net, stream, lambda step: drawn(tokenizer, claims, before + step), args, log)
    weights = load_file(args.work / "net.safetensors")
    if args.keep:
        weights = mean(weights, load_file(args.work / BEGUN), args.keep)
    save_file(weights, args.work / "final.safetensors")
    shown = random.Random(args.seed).sample(used, min(CALIBRATED, len(used)))
    texts = [piece.ids for number in shown for piece in make(number)]
    export(args.work / "final.safetensors", source(), args.vocabulary, texts, args.out)
    net = Net(source(), added(args.vocabulary))
    net.load_state_dict(weights)
    aside = [i for i, row in enumerate(every.rows) if kept_aside(row)]
    for kind in KINDS:
        held = [every.make(i) for i in aside if of_kind(every.rows[i]) == kind]
        for name, score in (("float", exact(net)), ("integer", integer(args.out))):
            log(f"{kind} {name} {json.dumps(measure(held, tokenizer, score))}")


def begin(args: argparse.Namespace, log: Log) -> Net:
    """The network to train; what it begins with is kept, as ``--out`` may take its place."""
    net = Net(source(), added(args.vocabulary))
    if args.start:
        if not (args.work / BEGUN).exists():
            shutil.copyfile(args.start, args.work / BEGUN)
        begun = load_file(args.work / BEGUN)
        net.load_state_dict(begun, strict=False)
        if "added.weight" not in begun:
            net.inherit(renumbered(args.vocabulary))
        log(f"starts from {args.start.name}, {len(begun)} tensors")
    return net


if __name__ == "__main__":
    main()
