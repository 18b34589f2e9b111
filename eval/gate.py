"""When a comparison must stop a build: the rules of a small TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.compare import WRONG, Change, Comparison
from eval.measures import LOWER, NAMES
from eval.summary import figures
from index.errors import PullquoteError

_TABLES = {"gate", "floor", "fall", "run"}
_RULES = {"newly_wrong", "later", "changed", "gone", "models", "settings", "alpha"}
_SAME = {"same": True, "any": False}
_RUN = {"cases", "split", "documents", "library", "baseline", "set"}


@dataclass(frozen=True, slots=True)
class Gate:
    """``newly_wrong``, ``later``, ``changed`` and ``gone``: most cases that may turn wrong, have
    the fact no longer in the first sentence, be answered otherwise, or be missing (None: any
    number). ``same_models``, ``same_settings``: they must be those of the baseline. ``alpha``: no
    measure may be worse with a p below it (0: not looked at). ``floor``: least mean of a measure.
    ``fall``: most that a mean may fall. ``run`` says what to run, paths as written."""

    newly_wrong: int = 0
    later: int | None = None
    changed: int | None = None
    gone: int = 0
    same_models: bool = False
    same_settings: bool = False
    alpha: float = 0.0
    floor: Mapping[str, float] = field(default_factory=dict)
    fall: Mapping[str, float] = field(default_factory=dict)
    run: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that does not hold, and the ids of the cases that break it."""

    rule: str
    why: str
    cases: tuple[str, ...]


def load_gate(path: Path) -> Gate:
    """The gate of a file; raises PullquoteError for what is not one."""
    try:
        found = tomllib.loads(path.read_text("utf-8"))
        rules = found.get("gate", {})
        _known(found, _TABLES)
        _known(rules, _RULES)
        _known(found.get("run", {}), _RUN)
        for name in ("floor", "fall"):
            _known(found.get(name, {}), set(NAMES))
        return Gate(
            int(rules.get("newly_wrong", 0)),
            int(rules["later"]) if "later" in rules else None,
            int(rules["changed"]) if "changed" in rules else None,
            int(rules.get("gone", 0)),
            _SAME[rules.get("models", "any")],
            _SAME[rules.get("settings", "any")],
            float(rules.get("alpha", 0)),
            {name: float(value) for name, value in found.get("floor", {}).items()},
            {name: float(value) for name, value in found.get("fall", {}).items()},
            found.get("run", {}),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PullquoteError(
            f"{path} is not a gate ({error}). See docs/manual/evaluation.md for one."
        ) from error


def _known(table: Mapping[str, Any], names: set[str]) -> None:
    if odd := sorted(set(table) - names):
        raise ValueError(f"it names {', '.join(odd)}; known are {', '.join(sorted(names))}")


def broken(gate: Gate, found: Comparison) -> list[Broken]:
    """The rules that do not hold, each with its cases; empty when the gate lets it pass."""
    return [*_counts(gate, found), *_floors(gate, found), *_falls(gate, found)]


def _counts(gate: Gate, found: Comparison) -> Iterator[Broken]:
    wrong = tuple(one.after.id for one in found.of(WRONG))
    if len(wrong) > gate.newly_wrong:
        yield Broken("newly wrong", f"{len(wrong)}, at most {gate.newly_wrong} may be", wrong)
    later = tuple(one.after.id for one in found.changes if _later(one))
    if gate.later is not None and len(later) > gate.later:
        yield Broken("later", f"{len(later)}, at most {gate.later} may be", later)
    if len(found.gone) > gate.gone:
        yield Broken("gone", f"{len(found.gone)} cases of the baseline were not asked", found.gone)
    changed = tuple(one.after.id for one in found.changes)
    if gate.changed is not None and len(changed) > gate.changed:
        yield Broken("changed", f"{len(changed)}, at most {gate.changed} may be", changed)
    for rule, wanted in (("models", gate.same_models), ("settings", gate.same_settings)):
        other = [line for line in found.exchanged if line.startswith(rule[:-1] + ":")]
        if wanted and other:
            yield Broken(rule, "; ".join(other), changed)


def _later(one: Change) -> bool:
    return one.before.answerable and one.before.prompt and not one.after.prompt


def _floors(gate: Gate, found: Comparison) -> Iterator[Broken]:
    means = {one.name: one.mean for one in figures(found.after.results)}
    fell = {one.name: one.fell for one in found.differences}
    for name, least in gate.floor.items():
        if means.get(name, least) < least:
            why = f"{means[name]:.3f}, at least {least:g} is wanted"
            yield Broken(f"floor of {name}", why, fell.get(name, ()))


def _falls(gate: Gate, found: Comparison) -> Iterator[Broken]:
    for one in found.differences:
        if one.name in LOWER:
            continue
        gap = f"{one.before:.3f} to {one.after:.3f}"
        most = gate.fall.get(one.name)
        if most is not None and one.before - one.after > most + 1e-12:
            yield Broken(f"fall of {one.name}", f"{gap}, at most {most:g} is allowed", one.fell)
        if one.after < one.before and one.p < gate.alpha:
            yield Broken(f"{one.name} is worse", f"{gap}, p = {one.p:.4f}", one.fell)
