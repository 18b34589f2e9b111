from __future__ import annotations

import subprocess
import sys
from base64 import b64decode

from hypothesis import given
from hypothesis import strategies as st

from index import tokens
from index.export import source
from index.training.tokens import everyday, learned, ordered, words


@given(st.text(max_size=200))
def test_tokens_hold_the_whole_text(text: str) -> None:
    # lone surrogates cannot be encoded; tiktoken puts a replacement character for them
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    encoding = tokens.encoding()
    assert encoding.decode(encoding.encode_ordinary(text)) == whole
    assert tokens.count(text) <= len(whole.encode())


@given(st.text(max_size=80), st.text(max_size=80))
def test_two_texts_need_no_fewer_tokens_apart(one: str, other: str) -> None:
    """Up to the two pieces that meet at the border."""
    assert tokens.count(one + " . " + other) <= tokens.count(one) + tokens.count(other) + 3


def test_ordinary_english_is_near_a_token_a_word() -> None:
    text = "The ferry to the island left the harbour late because of the storm in the north."
    assert len(text.split()) <= tokens.count(text) <= 1.4 * len(text.split())


def test_an_everyday_character_is_one_token() -> None:
    assert tokens.count("港口在六月开放") == 7
    assert tokens.count("フェリー") == 4
    assert tokens.count("항구") == 2


def test_nothing_is_special() -> None:
    assert tokens.count("") == 0
    assert tokens.count("<|endoftext|>") > 1


def test_a_long_run_of_one_letter_is_counted_at_once() -> None:
    assert 0 < tokens.count("a" * 100_000) <= 100_000


def test_every_byte_and_every_rank_is_there_once() -> None:
    pairs = [line.split() for line in tokens.RANKS.read_bytes().splitlines()]
    known = [b64decode(token) for token, _ in pairs]
    assert {bytes([b]) for b in range(256)} <= set(known)
    assert len(set(known)) == len(known)
    assert [int(rank) for _, rank in pairs] == list(range(len(pairs)))


def test_merges_are_learned_from_the_texts() -> None:
    learnt = learned(["the harbour the harbour the harbour"])
    assert learnt[0] in {b"th", b"he", b"ar", b" h"}
    assert b" harbour" in learnt


def test_everyday_characters_come_before_what_was_learned() -> None:
    order = ordered(["港"], [b"th"])
    assert order[:256] == [bytes([b]) for b in range(256)]
    assert order[256:] == ["港".encode()[:2], "港".encode(), b"th"]


def test_the_list_of_words_is_long_and_falls_off() -> None:
    lines = list(words(source() / "vocab.txt"))
    assert len(lines) > 15_000
    assert lines[0].count(" ") > 100 * lines[1000].count(" ")
    assert len(everyday()) > 8_000


def test_importing_costs_no_tiktoken() -> None:
    script = "import sys, index.tokens; print('tiktoken' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr
