"""The desk's panel "Documents": the list, adding with progress, removing, what failed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Query, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from index.addition import Tell
from index.errors import PullquoteError
from index.ingest import Report
from index.library import Library
from index.records import Document
from qa.web import render
from qa.web.additions import Additions
from qa.web.refusing import Refusing, page
from qa.web.service import Service
from qa.web.uploads import WRITE_WAIT, Uploaded, add, shown
from qa.web.views import archived

SHOWN = 200  # documents in the list at once
SORTS = ("title", "publisher", "date", "pages", "passages", "size")


def routes(service: Service) -> APIRouter:
    router = APIRouter(prefix="/desk", route_class=Refusing, include_in_schema=False)
    library, additions = service.library, Additions(service.library)
    service.at_close(additions.finish)

    @router.get("/documents")
    def documents(
        q: Annotated[str, Query(max_length=500)] = "",
        sort: str = "title",
        down: bool = False,
        most: Annotated[int, Query(ge=1, le=100_000)] = SHOWN,
    ) -> Response:
        return page(listed(library, q, (sort, down), most))

    @router.delete("/documents/{document}")
    async def remove(document: str) -> Response:
        found = await service.change(lambda: library.remove(_whole(library, document)))
        return JSONResponse({"id": found.id, "name": found.title or found.file})

    @router.post("/files")
    async def upload(
        file: UploadFile, collection: Annotated[str, Form(max_length=100)] = "default"
    ) -> Response:
        """Take one file; it is in the library when ``/desk/additions`` says so."""
        kept = Path(tempfile.mkdtemp(prefix="pullquote-desk-")) / "file"
        await run_in_threadpool(_copied, file, kept)
        name = file.filename or ""
        id = additions.put(
            shown(name), lambda tell: _added(library, kept, (name, collection), tell)
        )
        return JSONResponse({"id": id}, 202)

    @router.post("/addresses")
    def address(
        url: Annotated[str, Form(max_length=4000)], collection: str = "default"
    ) -> Response:
        """Take one address of the web; it is fetched by this machine, by no one else."""
        id = additions.put(url, lambda tell: _fetched(library, url, collection, tell))
        return JSONResponse({"id": id}, 202)

    @router.get("/additions")
    def progress() -> Response:
        items = additions.items()
        busy = any(item.busy for item in items)
        html = render.additions(items, additions.failures())
        return JSONResponse({"busy": busy, "html": html}, headers={"Cache-Control": "no-store"})

    @router.delete("/additions")
    def clear(name: str = "") -> Response:
        """Take a failure off the list, or all that is done."""
        if name:
            additions.dismiss(name)
        additions.clear()
        return progress()

    return router


def _copied(file: UploadFile, path: Path) -> None:
    with path.open("wb") as target:
        shutil.copyfileobj(file.file, target)


def _added(library: Library, kept: Path, named: tuple[str, str], tell: Tell) -> list[Report]:
    name, collection = named
    try:
        with kept.open("rb") as data:
            return add(library, [Uploaded(name, data)], collection, tell)
    finally:
        shutil.rmtree(kept.parent, ignore_errors=True)


def _fetched(library: Library, url: str, collection: str, tell: Tell) -> list[Report]:
    from index.ingest import Source
    from index.web.fetch import fetch, tidy

    received = fetch(tidy(url))
    source = Source(Path(received.name), received.name, received)
    return library.add_sources([source], collection=collection, tell=tell, wait=WRITE_WAIT)


def _whole(library: Library, document_id: str) -> str:
    """The id, which must be a whole one: no beginning of an id may remove anything."""
    found = library.document(document_id)
    if found.id != document_id:
        raise PullquoteError("To remove a document, its whole id is needed. Load the list again.")
    return found.id


def listed(library: Library, wanted: str, order: tuple[str, bool], most: int) -> str:
    """The list as HTML: those that hold every word of ``wanted`` in what is known of them."""
    sort, down = order
    counts = library.counts()
    rows = [
        render.Row(d, counts[d.id][0], counts[d.id][1], _size(library, d))
        for d in library.documents()
        if d.id in counts
    ]
    words = wanted.casefold().split()
    found = [row for row in rows if all(word in _known(row.document) for word in words)]
    key = sort if sort in SORTS else "title"
    found.sort(key=lambda row: _order(row, key), reverse=down)
    return render.documents(found, len(rows), most, (key, down))


def _known(d: Document) -> str:
    return f"{d.title} {d.file} {d.publisher} {d.date} {d.collection} {d.language}".casefold()


def _order(row: render.Row, key: str) -> tuple[bool, str | int]:
    """Empty values go last, numbers by size and names as a reader sorts them."""
    values: dict[str, str | int] = {
        "title": (row.document.title or row.document.file).casefold(),
        "publisher": row.document.publisher.casefold(),
        "date": row.document.date,
        "pages": row.pages,
        "passages": row.passages,
        "size": row.size,
    }
    return not values[key], values[key]


def _size(library: Library, document: Document) -> int:
    try:
        return archived(library, document).stat().st_size
    except OSError:
        return 0
