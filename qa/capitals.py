"""Capitals by which newspapers call a government: "Beijing plans ..." for China's."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Not Washington, which is a state and a president, too.
_CAPITALS = {
    "Abuja": ("Nigeria", "Nigerian"),
    "Addis Ababa": ("Ethiopia", "Ethiopian"),
    "Ankara": ("Turkey", "Turkish", "Türkiye"),
    "Athens": ("Greece", "Greek"),
    "Baghdad": ("Iraq", "Iraqi"),
    "Bangkok": ("Thailand", "Thai"),
    "Beijing": ("China", "Chinese"),
    "Berlin": ("Germany", "German"),
    "Bern": ("Switzerland", "Swiss"),
    "Brussels": ("European Union", "EU", "European Commission", "Belgium", "Belgian"),
    "Budapest": ("Hungary", "Hungarian"),
    "Buenos Aires": ("Argentina", "Argentine"),
    "Cairo": ("Egypt", "Egyptian"),
    "Canberra": ("Australia", "Australian"),
    "Caracas": ("Venezuela", "Venezuelan"),
    "Copenhagen": ("Denmark", "Danish"),
    "Dublin": ("Ireland", "Irish"),
    "Hanoi": ("Vietnam", "Vietnamese"),
    "Havana": ("Cuba", "Cuban"),
    "Helsinki": ("Finland", "Finnish"),
    "Islamabad": ("Pakistan", "Pakistani"),
    "Jakarta": ("Indonesia", "Indonesian"),
    "Kiev": ("Ukraine", "Ukrainian"),
    "Kuala Lumpur": ("Malaysia", "Malaysian"),
    "Kyiv": ("Ukraine", "Ukrainian"),
    "Lisbon": ("Portugal", "Portuguese"),
    "London": ("United Kingdom", "UK", "Britain", "British"),
    "Madrid": ("Spain", "Spanish"),
    "Manila": ("Philippines", "Philippine"),
    "Minsk": ("Belarus", "Belarusian"),
    "Moscow": ("Russia", "Russian"),
    "Nairobi": ("Kenya", "Kenyan"),
    "New Delhi": ("India", "Indian"),
    "Oslo": ("Norway", "Norwegian"),
    "Ottawa": ("Canada", "Canadian"),
    "Paris": ("France", "French"),
    "Prague": ("Czech",),
    "Pretoria": ("South Africa", "South African"),
    "Pyongyang": ("North Korea", "North Korean", "DPRK"),
    "Riyadh": ("Saudi Arabia", "Saudi"),
    "Rome": ("Italy", "Italian"),
    "Seoul": ("South Korea", "South Korean", "Korea"),
    "Stockholm": ("Sweden", "Swedish"),
    "Tehran": ("Iran", "Iranian"),
    "Tokyo": ("Japan", "Japanese"),
    "Vienna": ("Austria", "Austrian"),
    "Warsaw": ("Poland", "Polish"),
}
_WILLS = (
    "want|plan|intend|aim|hope|wish|expect|propose|promise|pledge|vow|say|announce|claim|call for"
    "|demand|seek|urge|warn|think|insist|argue"
)
_DONE = (
    "wants|wanted|plans|planned|intends|intended|aims|aimed|hopes|hoped|wishes|expects|expected"
    "|proposes|proposed|promises|promised|pledges|pledged|vows|vowed|says|said|announces|announced"
    "|claims|claimed|calls for|called for|demands|demanded|seeks|sought|urges|urged|warns|warned"
    "|thinks|thought|insists|insisted|argues|argued"
)
_WILLING = "wanting|planning|intending|aiming|hoping|proposing|promising|demanding|seeking|going to"
_NO_NOUN = r"(?!\s+(?:is|are|was|were|do|did|have|had|will|would|can|could|may|might|must)\b)"
_NAME = "|".join(_CAPITALS)
# "does Beijing want", "is Beijing planning", "Beijing has promised"; but neither Jack London nor
# "London plans were".
_DOER = re.compile(
    rf"\b(?i:do|does|did|will|would)\s+(?P<asked>{_NAME})\s+(?:\w+ly\s+)?(?:{_WILLS})\b"
    rf"|\b(?i:is|was|has|had)\s+(?P<doing>{_NAME})\s+(?:\w+ly\s+)?(?:{_WILLING}|{_DONE})\b"
    rf"|(?:^|[^\w\s]\s*|\b[a-z]\w*\s+)(?P<told>{_NAME})\s+(?:(?:has|had|is|was)\s+)?"
    rf"(?:\w+ly\s+)?(?:{_WILLING}|{_DONE})\b{_NO_NOUN}"
)

_KNOWN = re.compile(
    rf"\b(?:{'|'.join({*_CAPITALS, *(n for names in _CAPITALS.values() for n in names)})})\b"
)


def governments(text: str) -> Iterator[tuple[str, str]]:
    """The capital that wants, plans or says something in a text, with each name of its country."""
    for found in _DOER.finditer(text):
        capital = next(filter(None, found.groups()))
        for country in _CAPITALS[capital]:
            yield capital, country


def countries(text: str) -> Iterator[str]:
    """The capitals, countries and their adjectives that a text names."""
    return (found[0] for found in _KNOWN.finditer(text))
