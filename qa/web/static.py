"""The desk's own script and style sheet."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.responses import FileResponse, Response

FOLDER = Path(__file__).with_name("static")
NAMES = frozenset(path.name for path in FOLDER.iterdir())
# Part of the addresses, so that a page never runs the script of another version.
VERSION = hashlib.sha256(b"".join((FOLDER / n).read_bytes() for n in sorted(NAMES))).hexdigest()[
    :12
]
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def file(name: str) -> Response:
    """One of ``NAMES``; anything else is 404."""
    if name not in NAMES:
        return Response("There is no such file.", 404, media_type="text/plain")
    path = FOLDER / name
    # Scripts import each other by name: the browser asks each time and mostly hears "unchanged".
    return FileResponse(path, media_type=_TYPES[path.suffix], headers={"Cache-Control": "no-cache"})
