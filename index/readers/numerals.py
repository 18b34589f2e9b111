"""Roman numerals, written and read."""

from __future__ import annotations

_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_SIGNS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def roman_value(word: str) -> int:
    """The value of a roman numeral in small letters, 0 if it is none ("iix", "mix")."""
    if not word or set(word) - set(_VALUES):
        return 0
    digits = [_VALUES[c] for c in word]
    value = sum(-d if d < max(digits[i:]) else d for i, d in enumerate(digits))
    return value if roman(value) == word else 0


def roman(value: int) -> str:
    """A number as a roman numeral in small letters."""
    out = ""
    for worth, sign in _SIGNS:
        count, value = divmod(value, worth)
        out += sign * count
    return out
