"""A quotation -> verbatim, elided, altered, stitched or not found; with every place and speaker.

Similarity finds candidates, it never passes a quotation: what is verbatim or elided is decided word
by word (:mod:`index.wording` says what a word is, :mod:`qa.quotes.exact` where one may begin).
"""

from __future__ import annotations

from typing import Any

from index.errors import PullquoteError
from index.library import Library
from qa.answer import document_json
from qa.quotes.describe import Describer, numbered
from qa.quotes.marks import read
from qa.quotes.near import Difference
from qa.quotes.places import Places
from qa.quotes.records import Check, Match, Omission
from qa.quotes.verdict import decide

LONGEST = 20_000  # characters


def check(library: Library, quotation: str, speaker: str | None = None) -> Check:
    """Look a quotation up in every document of the library, boilerplate and footnotes included.

    ``speaker`` is who is said to have said it: a match whose words the source gives to somebody
    else is marked as misattributed. Raises PullquoteError for a quotation without words and for
    one longer than ``LONGEST`` characters.
    """
    found = read(quotation)
    if len(quotation) > LONGEST:
        raise PullquoteError(
            f"The quotation has {len(quotation):,} characters; at most {LONGEST:,} can be checked "
            "at once. Check it in parts."
        )
    if not any(part.size for part in found.parts):
        raise PullquoteError("The quotation holds no words. Give the words to be checked.")
    places = Places(library)
    verdict = decide(places, found)
    describer = Describer(library, places, found, speaker)
    headers = library.headers(f.document_id for f in verdict.findings)
    matches = [describer.match(headers[f.document_id], f) for f in verdict.findings]
    return Check(quotation, verdict.verdict, numbered(matches, verdict.total))


def as_json(check: Check, id: Any = None) -> dict[str, Any]:
    """The check as ``quote --json`` prints it."""
    return {
        "id": id,
        "quote": check.quote,
        "verdict": check.verdict,
        "matches": [match_json(m) for m in check.matches],
    }


def match_json(m: Match) -> dict[str, Any]:
    said = m.attribution
    return {
        "document": document_json(m.document),
        "locator": m.locator,
        "page": m.page,
        "start": m.start,
        "end": m.end,
        "source_text": m.source_text,
        "speaker": said.speaker if said else None,
        "speaker_span": {"start": said.start, "end": said.end, "text": said.text} if said else None,
        "misattributed": m.misattributed,
        "differences": [_difference_json(d) for d in m.differences],
        "omitted": [_omission_json(o) for o in m.omitted],
        "warnings": list(m.warnings),
        "notes": list(m.notes),
    }


def _difference_json(d: Difference) -> dict[str, str]:
    return {"kind": d.kind, "quote": d.quote, "source": d.source}


def _omission_json(o: Omission) -> dict[str, Any]:
    return {"start": o.start, "end": o.end, "text": o.text, "inserted": o.inserted}
