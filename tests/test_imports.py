"""Imports go one way: app and eval to qa, qa to index. And asking imports nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FORBIDDEN = {
    "index": {"qa", "eval", "app", "tests"},
    "qa": {"eval", "app", "tests"},
    "eval": {"app", "tests"},
}
HEAVY = ("torch", "transformers", "sentence_transformers", "gradio", "fastapi", "onnx", "scipy")
ASKING = ("qa.answer", "qa.cli", "index.library", "index.encode")


def imported(source: str) -> Iterator[tuple[int, str]]:
    """Line and top-level name of every import, also inside functions and relative ones."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." if node.level else (node.module or "").split(".")[0]


def test_all_kinds_of_import_are_seen() -> None:
    source = "import a.b, c\ndef f():\n    from d.e import g\n    from . import h\n"
    assert [name for _, name in imported(source)] == ["a", "c", "d", "."]


@pytest.mark.parametrize("package", sorted(FORBIDDEN))
def test_imports_go_one_way(package: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, name in imported(path.read_text("utf-8"))
        if name in FORBIDDEN[package] | {"."}  # a relative import would hide its direction
    ]
    assert wrong == []


@pytest.mark.parametrize("module", ASKING)
def test_asking_imports_nothing_heavy(module: str) -> None:
    script = f"import sys, {module}; print(*sorted(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_every_package_is_installed() -> None:
    """pyproject.toml lists packages by hand, so that docs/ can be one of them."""
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for top in FORBIDDEN
        for path in (ROOT / top).rglob("__init__.py")
    }
    assert found | {"pullquote_docs"} == set(settings["packages"])
