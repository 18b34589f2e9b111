"""Counts tokens with tiktoken, offline.

The encoding is always the one in ``index/data``, also where a larger one is cached: chunk borders
depend on these counts, and the same document must fall into the same chunks on every machine.
It is made by ``python -m index.training.tokens``.
"""

from __future__ import annotations

from base64 import b64decode
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

RANKS = Path(__file__).parent / "data" / "pullquote.tiktoken"

# Pieces that no token crosses: a word or up to three digits with the space before, punctuation,
# white space. Written so that tiktoken's and tokenizers' regular expressions agree.
PIECES = r" ?\p{L}+| ?\p{N}{1,3}| ?[^\s\p{L}\p{N}]+|\s+"


def count(text: str) -> int:
    """The number of tokens in ``text``; text that looks like a special token is plain text."""
    return len(encoding().encode_ordinary(text))


@cache
def encoding() -> Encoding:
    """The shipped encoding. Loaded at the first call, for tiktoken costs a tenth of a second."""
    from tiktoken import Encoding

    pairs = (line.split() for line in RANKS.read_bytes().splitlines())
    ranks = {b64decode(token): int(rank) for token, rank in pairs}
    return Encoding("pullquote", pat_str=PIECES, mergeable_ranks=ranks, special_tokens={})
