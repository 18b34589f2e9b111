"""Development questions with their candidates read: what the confidence is calibrated on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval import metrics
from eval.bench import wikipedia, written
from eval.cases import Case, load, of_split
from eval.public import Sentences, names
from eval.sets import DATA, Query, QuestionSet, passage_ids, read_set
from eval.strings import holds_characters, holds_words, letters
from index.library import Library
from index.scripts import is_cjk
from qa.candidates import Candidate, describe
from qa.compose import READ
from qa.model import load as load_models
from qa.question import Question, parse
from qa.rank import Seen, look, model_for
from qa.retrieve import embed, fused

PUBLIC = ("clapnq", "wikipedia", "written", "written-zh", "cmrc2018", "drcd")
CHINESE = 200  # questions of each of the last two
WRITTEN = 1000  # questions at most of eval/bench/written.py


@dataclass(frozen=True, slots=True)
class Asked:
    """A development question with its candidates read: which of them answer, (n,), and whether an
    answer made of some of them, in their order, would be right."""

    source: str
    library: Library
    question: Question
    seen: Seen
    answering: NDArray[np.bool_]
    right: Callable[[Sequence[Candidate]], bool]


Look = Callable[[Library, str], tuple[Question, Seen] | None]


def look_at(name: str, reader: str, library: Library, text: str) -> tuple[Question, Seen] | None:
    """None for what is not asked in the language of the model ``name``, and where nothing is
    found."""
    question, model = parse(text), load_models()[name]
    if model_for(question, reader) != name:
        return None
    vector = embed(library, question)
    described = describe(library, question, vector, fused(library, question, vector, READ))
    return (question, look(model, question, described)) if described.candidates else None


def from_cases(path: Path, library: Library, look: Look) -> Iterator[Asked]:
    files = {d.id: d.file for d in library.documents()}
    for case in of_split(load(path), "tune"):
        found = look(library, case.question)
        if found:
            right = partial(_complete, case, files)
            one = np.array([_tells(case, files, c) for c in found[1].described.candidates])
            yield Asked(path.stem, library, *found, one, right)


def _complete(case: Case, files: Mapping[str, str], chosen: Sequence[Candidate]) -> bool:
    cited = metrics.cites_document([files[c.chunk.document_id] for c in chosen], case.documents)
    whole = metrics.fact_recall(" ".join(c.text for c in chosen), case.facts) == 1
    return case.answerable and whole and cited


def _tells(case: Case, files: Mapping[str, str], one: Candidate) -> bool:
    """Whether a sentence holds a wanted fact and stands in a wanted document."""
    held = any(metrics.fact_recall(one.text, [fact]) == 1 for fact in case.facts)
    cited = metrics.cites_document([files[one.chunk.document_id]], case.documents)
    return case.answerable and held and cited


def from_clapnq(library: Library, questions: QuestionSet, look: Look) -> Iterator[Asked]:
    own = {p.id: p.sentences for p in questions.passages}
    home = passage_ids(library, questions)

    for query in questions.queries[::2]:
        found = look(library, query.question)
        if found:
            gold = partial(_selected, query, own, home)
            one = np.array([gold([c]) for c in found[1].described.candidates])
            yield Asked("clapnq", library, *found, one, gold)


def _selected(
    query: Query, own: Sentences, home: Mapping[str, str], chosen: Sequence[Candidate]
) -> bool:
    """Whether the first sentence is one that an annotator selected."""
    said = names(chosen[0].text, [home[chosen[0].chunk.document_id]], own)
    wanted = [{letters(s) for s in each} for each in query.selected]
    return query.answerable and any(not g.isdisjoint(said) for g in wanted)


def from_pool(name: str, library: Library, questions: QuestionSet, look: Look) -> Iterator[Asked]:
    """Right is the sentence of the text asked about that holds the answer."""
    home = passage_ids(library, questions)

    for query in questions.queries:
        found = look(library, query.question)
        if found:
            one = np.array(
                [
                    home[c.chunk.document_id] in query.relevant and _tells_of([c], query)
                    for c in found[1].described.candidates
                ]
            )
            yield Asked(name, library, *found, one, partial(_tells_of, query=query))


def _tells_of(chosen: Sequence[Candidate], query: Query) -> bool:
    holds = holds_characters if is_cjk(query.question) else holds_words
    return query.answerable and holds(" ".join(c.text for c in chosen), query.answers)


def pools_of() -> Iterator[QuestionSet]:
    """Paragraphs and documents with a part of the questions asked of them."""
    questions = wikipedia.question_set(DATA.parent / "train")
    yield replace(questions, queries=questions.queries[: wikipedia.TUNED])
    for chinese in (False, True):
        yield written.drawn(written.question_set(chinese=chinese, spared=False), WRITTEN)
    for name in ("cmrc2018", "drcd"):
        yield written.drawn(read_set(DATA / name), CHINESE)
