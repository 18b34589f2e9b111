"""What a training of the reader leaves behind and goes on from: weights, the optimizer's state, and
how far it has come."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from qa.training.reader_net import Net


@dataclass(frozen=True, slots=True)
class Progress:
    """How far training has come; ``seconds`` were spent on it in all sessions together."""

    step: int = 0
    seconds: float = 0.0


def mean(
    weights: Mapping[str, torch.Tensor], begun: Mapping[str, torch.Tensor], share: float
) -> dict[str, torch.Tensor]:
    """The weights with ``share`` (0..1) of those they began with; what these lack stays."""
    return {
        name: torch.lerp(found, begun[name].to(found), share) if name in begun else found
        for name, found in weights.items()
    }


def save(folder: Path, net: Net, adam: torch.optim.AdamW, progress: Progress) -> None:
    """Weights, the optimizer's state and the progress, the progress last."""
    save_file({k: v.contiguous() for k, v in net.state_dict().items()}, folder / "net.new")
    state = {
        f"{i}.{name}": torch.as_tensor(value)
        for i, held in adam.state_dict()["state"].items()
        for name, value in held.items()
    }
    save_file(state, folder / "adam.new")
    (folder / "net.new").replace(folder / "net.safetensors")
    (folder / "adam.new").replace(folder / "adam.safetensors")
    (folder / "progress.json").write_text(json.dumps(asdict(progress)))


def restore(folder: Path, net: Net, adam: torch.optim.AdamW) -> Progress:
    net.load_state_dict(load_file(folder / "net.safetensors"))
    state: dict[int, dict[str, torch.Tensor]] = {}
    for key, value in load_file(folder / "adam.safetensors").items():
        number, name = key.split(".", 1)
        state.setdefault(int(number), {})[name] = value
    adam.load_state_dict({**adam.state_dict(), "state": state})
    return Progress(**json.loads((folder / "progress.json").read_text()))
