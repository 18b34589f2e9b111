from __future__ import annotations

import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from index.export import source
from qa.training.reader_vocabulary import OUT, VARIANTS, added, main, renumbered, tokens, variants


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(OUT))
    found.no_padding()
    return found


@pytest.fixture(scope="module")
def encoders() -> Tokenizer:
    found = Tokenizer.from_file(str(source() / "tokenizer.json"))
    found.no_padding()
    return found


def test_english_is_read_with_the_encoders_own_tokens(
    tokenizer: Tokenizer, encoders: Tokenizer
) -> None:
    text = "The café's 3.5% levy — “unfair”, said Zoë; see § 7 (a) of the 1998 Act… naïvely?"
    assert tokenizer.encode(text).ids == encoders.encode(text).ids


def test_characters_and_marks_of_chinese_are_known(
    tokenizer: Tokenizer, encoders: Tokenizer
) -> None:
    text = "劳动合同法：职工培训经费，８％；气温35℃。「養老保險」的參保人數"
    unknown = tokenizer.token_to_id("[UNK]")
    assert unknown in encoders.encode(text).ids and unknown not in tokenizer.encode(text).ids


def test_forms_of_one_character_are_one_token(tokenizer: Tokenizer) -> None:
    simplified, traditional, japanese = (
        tokenizer.encode(text, add_special_tokens=False).ids
        for text in ("经济发战", "經濟發戰", "経済発戦")
    )
    assert simplified == traditional == japanese
    assert len(set(simplified)) == 4


def test_a_table_of_variants_is_read() -> None:
    lines = ["% <U7D93> in a comment line is alone", "<U7D93> <U7D4C>;<U7ECF>", "translit_start"]
    assert dict(variants(lines)) == {"經": ["経", "经"]}


def test_what_the_encoder_knows_keeps_its_number_and_the_rest_follows() -> None:
    made = tokens({"[UNK]": 0, "the": 1, "人": 2, "か": 3, "##か": 4}, {"經": ["経", "经"]})
    assert (made["[UNK]"], made["the"]) == (0, 1)
    assert made["經"] == made["经"] != made["濟"] != made["济"]
    assert min(made["人"], made["か"], made["##か"], made["，"]) > 4
    assert sorted(set(made.values())) == [0, 1, *range(5, max(made.values()) + 1)]


def test_added_tokens_are_counted_from_the_encoders_last() -> None:
    known = json.loads((source() / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    moved = renumbered(OUT)
    assert moved[known["人"]] >= len(known) and known["the"] not in moved
    assert max(moved.values()) < len(known) + added(OUT)


@pytest.mark.skipif(not VARIANTS.exists(), reason="the C library's table is not here")
def test_what_ships_is_what_the_program_writes(tmp_path: Path) -> None:
    main(["--out", str(tmp_path / "made.json")])
    assert (tmp_path / "made.json").read_bytes() == OUT.read_bytes()
