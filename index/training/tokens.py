"""Makes the encoding of ``index.tokens``: ``python -m index.training.tokens``.

Byte-pair merges are learned from the shipped collection and the project's own prose. That is too
little to know ordinary English, so the embedding model's vocabulary is read along as a list of
words, each as often as its place in the list suggests (Zipf: place r about 1/r as often as the
first). Chinese, Japanese and Korean characters of the everyday national sets are one token each,
before anything is learned.
"""

from __future__ import annotations

import sys
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.export import source
from index.tokens import PIECES, RANKS

MERGES = 16_000
ROOT = Path(__file__).resolve().parents[2]
PROSE = ("docs/**/*.md", "*.md")


def main() -> int:
    """Trains, writes ``index/data/pullquote.tiktoken`` and prints how many tokens it has."""
    texts = [path.read_text("utf-8") for path in prose(ROOT)]
    tokens = ordered(everyday(), learned([*texts, *words(source() / "vocab.txt")]))
    RANKS.parent.mkdir(exist_ok=True)
    RANKS.write_bytes(
        b"".join(b64encode(token) + b" %d\n" % rank for rank, token in enumerate(tokens))
    )
    print(f"{len(tokens)} tokens from {sum(map(len, texts))} characters of prose: {RANKS}")
    return 0


def prose(root: Path) -> list[Path]:
    """The project's own texts, in one order on every machine."""
    return sorted({path for pattern in PROSE for path in root.glob(pattern)})


def words(vocabulary: Path) -> Iterator[str]:
    """Lines of words, the r-th of the list about 20,000 / r times, some with a capital."""
    listed = [w for w in vocabulary.read_text("utf-8").split("\n") if w.isalpha() and w.isascii()]
    for place, word in enumerate((w for w in listed if len(w) > 1), start=1):
        times = 1 + 40_000 // place
        yield f" {word}" * times + f" {word.capitalize()}" * (times // 5)


def everyday() -> list[str]:
    """GB 2312 (punctuation and level 1), Big5 level 1, KS X 1001, kana and Japanese punctuation."""
    rows = (
        ("gb2312", [0xA1, 0xA3, *range(0xB0, 0xD8)], range(0xA1, 0xFF)),
        ("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]),
        ("euc_kr", range(0xB0, 0xC9), range(0xA1, 0xFF)),
        ("euc_jp", [0xA1, 0xA4, 0xA5], range(0xA1, 0xFF)),
    )
    pairs = ((codec, bytes([a, b])) for codec, high, low in rows for a in high for b in low)
    return sorted({char for codec, pair in pairs for char in pair.decode(codec, "ignore")})


def learned(texts: Iterable[str]) -> list[bytes]:
    """The merged tokens, most frequent first, learned on pieces without everyday CJK."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

    split = pre_tokenizers.Split(Regex(PIECES), "isolated")
    level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, level])
    blank = str.maketrans(dict.fromkeys(everyday(), "\n"))
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=256 + MERGES, min_frequency=2, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator((text.translate(blank) for text in texts), trainer)
    ranked = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    back = _bytes_by_letter()
    return [bytes(back[letter] for letter in token) for token, _ in ranked if len(token) > 1]


def ordered(characters: Iterable[str], merged: Iterable[bytes]) -> list[bytes]:
    """All tokens by rank: single bytes, halves of characters, characters, what was learned.

    tiktoken merges the pair of lowest rank first, so characters come together before words.
    """
    whole = [encoded for c in characters if len(encoded := c.encode()) == 3]
    halves = dict.fromkeys(c[:2] for c in whole)
    single = [bytes([b]) for b in range(256)]
    return list(dict.fromkeys([*single, *halves, *whole, *merged]))


def _bytes_by_letter() -> dict[str, int]:
    """The byte behind each letter of the byte-level alphabet: printable Latin-1 stands for itself,
    the others follow from code point 256 in order.
    """
    same = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [b for b in range(256) if b not in same]
    return {**{chr(b): b for b in same}, **{chr(256 + i): b for i, b in enumerate(others)}}


if __name__ == "__main__":
    sys.exit(main())
