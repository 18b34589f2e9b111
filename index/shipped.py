"""Where the collection that ships with Pullquote lies."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from index.errors import PullquoteError

PACKAGE = "pullquote_docs"  # the name under which pyproject.toml installs docs/


def collection() -> Path:
    """The folder docs/ of the checkout, or its copy in the installed wheel.

    Raises PullquoteError when neither is there.
    """
    root = Path(__file__).resolve().parents[1]
    if (root / "pyproject.toml").is_file() and (root / "docs" / "README.md").is_file():
        return root / "docs"
    spec = find_spec(PACKAGE)
    for place in spec.submodule_search_locations or () if spec else ():
        if (folder := Path(place)).joinpath("README.md").is_file():
            return folder
    raise PullquoteError("the shipped collection is missing: install Pullquote again")
