"""What a run was made with: code, models, library, machine."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import index
import qa
from eval.cases import Case, as_line
from eval.results import FORMAT
from eval.settings import Settings
from index.library import Library

PARTS = ("faiss-cpu", "numpy", "onnxruntime", "tantivy", "tokenizers")  # what the figures hang on


def header(cases: Sequence[Case], sets: Iterable[str], settings: Settings, library: Library) -> Any:
    """The first line of a result file: nothing in it changes when the same run is repeated."""
    return {
        "format": FORMAT,
        "cases": {"files": list(sets), "number": len(cases), "sha256": _cases_sum(cases)},
        "code": {"commit": commit(), "sha256": code_sum()},
        "models": models(library),
        "settings": asdict(settings),
        "library": described(library),
        "machine": machine(),
    }


def described(library: Library) -> dict[str, Any]:
    documents = sorted((one.file, one.sha256) for one in library.documents())
    return {
        "generation": library.catalog.generation,
        "state": library.catalog.state,
        "passages": sum(found[1] for found in library.counts().values()),
        "documents": [{"file": file, "sha256": sha256} for file, sha256 in documents],
    }


def models(library: Library) -> dict[str, str]:
    """Name -> SHA-256 of each model's weights."""
    data = Path(qa.__file__).parent / "data"
    known = {path.name: _sum(path.read_bytes()) for path in sorted(data.glob("*.onnx"))}
    known |= {path.name: _sum(path.read_bytes()) for path in sorted(data.glob("composer*.json"))}
    return {library.encoder.name: library.encoder.sha256, **known}


def machine() -> dict[str, Any]:
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PARTS},
    }


@cache
def commit() -> str:
    """The commit of the checkout, with "+" where answering code differs from it; the version
    where there is no checkout."""
    root = Path(qa.__file__).parents[1]
    told = _git(root, "rev-parse", "--short", "HEAD") if (root / ".git").exists() else ""
    changed = told and _git(root, "status", "--porcelain", "--", "index", "qa")
    return (told + "+" * bool(changed)) or qa.__version__


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words], capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


@cache
def code_sum() -> str:
    """SHA-256 over the sources that answer: every module of index and qa, names and content.

    Of a process once: it goes on with the code that it has loaded."""
    known = hashlib.sha256()
    for package in (index, qa):
        root = Path(str(package.__file__)).parent
        for path in sorted(root.rglob("*.py")):
            known.update(f"{path.relative_to(root.parent).as_posix()}\0".encode())
            known.update(path.read_bytes())
    return known.hexdigest()


def _cases_sum(cases: Sequence[Case]) -> str:
    return _sum("\n".join(map(as_line, cases)).encode())


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
