"""The reader's vocabulary: the encoder's, and a token for each Chinese character.

    python -m qa.training.reader_vocabulary [VARIANTS]

all-MiniLM-L6-v2 knows 244 of them. Characters that differ in form only (經, 経 and 经) are one
token, so that what is learnt of one script holds in the others; which these are, VARIANTS tells, a
table of the C library (package ``locales``).
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from index.export import source

VARIANTS = Path("/usr/share/i18n/locales/translit_cjk_variants")
OUT = Path(__file__).parents[1] / "data" / "tokenizer.json"

_HAN = re.compile("[\u4e00-\u9fff]")
_KANA = re.compile("(?:##)?[\u3041-\u30ff]")
# Encoding, first and last lead byte, trail bytes of the characters of everyday use.
_SIMPLE = ("gb2312", 0xB0, 0xF7, range(0xA1, 0xFF))
_OTHERS = (
    ("big5", 0xA4, 0xC6, (*range(0x40, 0x7F), *range(0xA1, 0xFF))),
    ("euc_jp", 0xB0, 0xCF, range(0xA1, 0xFF)),
)
_MARKS = ("gb2312", 0xA1, 0xA3, range(0xA1, 0xFF))


def _decoded(*sets: tuple[str, int, int, Iterable[int]]) -> list[str]:
    """The characters of each set, once."""
    codes = (
        bytes([lead, trail]).decode(encoding, "ignore")
        for encoding, first, last, trails in sets
        for lead in range(first, last + 1)
        for trail in trails
    )
    return list(dict.fromkeys(c for c in codes if c))


def variants(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """A character and those that may stand for it, from lines such as <U7D93> <U7D4C>;<U7ECF>"""
    for line in lines:
        codes = re.findall(r"<U([0-9A-F]{4,8})>", line)
        if len(codes) > 1:
            one, *others = (chr(int(code, 16)) for code in codes)
            yield one, others


def tokens(vocabulary: dict[str, int], same: dict[str, list[str]]) -> dict[str, int]:
    """The vocabulary with further numbers: one for each character that is no variant of a
    simplified one, and one for each kana, that these can be trained while the rest stays; and one
    for each mark that it lacks."""
    simple = dict.fromkeys(c for c in _decoded(_SIMPLE) if _HAN.fullmatch(c))
    others = [c for c in _decoded(*_OTHERS) if _HAN.fullmatch(c) and c not in simple]
    twin = {c: next((o for o in same.get(c, ()) if o in simple), c) for c in others}
    alone = [c for c in twin if twin[c] == c]
    kana = [token for token in vocabulary if _KANA.fullmatch(token)]
    marks = [c for c in _decoded(_MARKS) if not c.isspace() and c not in vocabulary]
    following = itertools.count(len(vocabulary))
    made = dict(zip(dict.fromkeys([*simple, *alone, *kana, *marks]), following, strict=False))
    made |= {c: made[twin[c]] for c in others}
    # "35℃" is one word to the encoder: a mark may stand inside one.
    return vocabulary | made | {f"##{c}": made[c] for c in marks}


def added(vocabulary: Path) -> int:
    """How many tokens a vocabulary has beyond the encoder's."""
    return max(_read(vocabulary).values()) + 1 - len(_read(source() / "tokenizer.json"))


def renumbered(vocabulary: Path) -> dict[int, int]:
    """The encoder's number of each token that has another one now -> that one."""
    now = _read(vocabulary)
    before = _read(source() / "tokenizer.json")
    return {number: now[token] for token, number in before.items() if now[token] != number}


def _read(path: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads(path.read_text("utf-8"))["model"]["vocab"]
    return found


def main(given: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("variants", type=Path, nargs="?", default=VARIANTS)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args(given)
    made = json.loads((source() / "tokenizer.json").read_text("utf-8"))
    same = dict(variants(args.variants.read_text("utf-8").splitlines()))
    vocabulary = tokens(made["model"]["vocab"], same)
    made["model"]["vocab"] = vocabulary
    args.out.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")), "utf-8")
    print(f"{max(vocabulary.values()) + 1} tokens")


if __name__ == "__main__":
    main()
