"""Markdown with YAML or TOML front matter.

The canonical text is the body as it reads: without heading signs, emphasis, link targets, code
fences, bullets and note references, which would stand in the middle of a quotation. Numbers of
lists, the words of links and the text of code stay. A table becomes lines with tabs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from index.readers import facts as stated
from index.readers.building import LINE, Builder, open_piece
from index.readers.dialects import plainer
from index.readers.html.parse import add_html
from index.readers.layout import classified
from index.readers.pieces import Facts
from index.readers.plain import finish
from index.readers.sections import blocks
from index.records import Block, Kind

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(
    r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
    r"|\+\+\+[ \t]*\n(?P<toml>.*?)^\+\+\+[ \t]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_NOTE = re.compile(r"^\[\^[^\]\s]{1,40}\]:[ \t]*", re.MULTILINE)
_NOTE_REFERENCE = re.compile(r"\[\^[^\]\s]{1,40}\](?!:)")
# A comment or script that nothing ends would take the rest of the document along.
_UNCLOSED = re.compile(
    r"\A\s*<(?:!--(?!.*-->)|(script|style|textarea)\b(?!.*</\1)[^>]*>)", re.DOTALL | re.IGNORECASE
)
_NOTE_SIGN = "\ue000"  # private use: cannot stand in a text by itself
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d)?)?(?!\d)")
_NOTHING = frozenset({"", "~", "null"})


def parse_markdown(raw: str) -> tuple[str, tuple[Block, ...], Facts]:
    """Canonical text, blocks and stated facts; the front matter is no part of the text."""
    from markdown_it import MarkdownIt

    front, body = front_matter(raw)
    body = _NOTE.sub(f"\n{_NOTE_SIGN}", _NOTE_REFERENCE.sub("", plainer(body)))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    builder = _built(tokens)
    text, items, read, title = finish(builder.text, classified(builder.text, builder.pieces))
    return text, blocks(text, items, title), stated.merged(front, read)


def front_matter(raw: str) -> tuple[Facts, str]:
    """What the front matter states, and the body behind it; a broken one states nothing."""
    m = _FRONT.match(raw)
    if not m:
        return Facts(), raw
    keys = _toml(m["toml"]) if m["toml"] is not None else _yaml(m["yaml"])
    if not isinstance(keys, dict):
        return Facts(), raw[m.end() :] if keys is None else raw
    known = {str(k).lower(): v for k, v in keys.items() if _said(v)}

    def value(*names: str) -> str:
        found = next((known[n] for n in names if n in known), "")
        return found.strip() if isinstance(found, str) else ""

    source = value("url", "source_url", "link", "canonical", "source")
    return Facts(
        value("title"),
        value("publisher", "site", "source_name"),
        _front_date(value("date", "published")),
        source if source.startswith(("http://", "https://")) else "",
        value("language", "lang").split("-")[0].lower(),
        _front_author(known.get("author", known.get("authors"))),
    ), raw[m.end() :]


def _yaml(written: str) -> object:
    """Its keys, every value as it is written; None where it is broken."""
    import yaml

    try:
        return yaml.load(written, yaml.BaseLoader)
    except yaml.YAMLError:
        return None


def _toml(written: str) -> object:
    """Its keys, days as ISO 8601; None where it is broken."""
    import tomllib

    try:
        keys = tomllib.loads(written)
    except tomllib.TOMLDecodeError:
        return None
    return {k: v if isinstance(v, list | dict) else str(v) for k, v in keys.items()}


def _said(value: object) -> bool:
    return not (isinstance(value, str) and value.strip().lower() in _NOTHING)


def _front_author(value: object) -> str:
    names = value if isinstance(value, list) else [value]
    names = [n.get("name") if isinstance(n, dict) else n for n in names]
    return "; ".join(" ".join(n.split()) for n in names if isinstance(n, str) and n.strip())


def _front_date(s: str) -> str:
    """As precise as stated; empty for a day or an hour that no calendar or clock has."""
    if m := _MOMENT.match(s):
        try:
            return datetime.fromisoformat(m.group()).date().isoformat()
        except ValueError:
            return ""
    return s if _YEAR.fullmatch(s) else stated.iso_date(s)


def _built(tokens: Sequence[Token]) -> Builder:
    out, at = Builder(), 0
    lists: list[str] = []
    while at < len(tokens):
        token = tokens[at]
        if token.type == "table_open":
            end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
            out.table(_grid(tokens[at:end]), header_rows=1)
            at = end
        elif token.type == "list_item_open":
            lists.append(f"{token.info}{token.markup} " if token.info else "")
        elif token.type == "list_item_close":
            lists.pop()
        elif token.type == "inline":
            _add_inline(out, token, tokens[at - 1], lists)
        elif token.type in ("fence", "code_block"):
            out.add(token.content, open_piece(Kind.PARAGRAPH))
        elif token.type == "html_block":
            add_html(out, _UNCLOSED.sub("", token.content))
        at += 1
    return out


def _add_inline(out: Builder, token: Token, opening: Token, lists: list[str]) -> None:
    """A heading, paragraph, note or (part of a) list item; a list number goes before it once."""
    text = inline_text(token)
    if opening.type == "paragraph_open" and _is_picture(token):
        out.add(text, open_piece(Kind.CAPTION))
        return
    if opening.type == "heading_open":
        out.add(text, open_piece(Kind.HEADING, int(opening.tag[1])))
    elif text.startswith(_NOTE_SIGN):
        out.add(text.strip(_NOTE_SIGN), open_piece(Kind.FOOTNOTE))
    elif lists:
        out.add(lists[-1] + text, open_piece(Kind.LIST_ITEM), LINE)
        lists[-1] = ""
    else:
        _ended_list(out)
        out.add(text, open_piece())


def _is_picture(token: Token) -> bool:
    """Whether it holds nothing but images, such as badges, be they links."""
    kinds = {c.type for c in token.children or [] if c.type != "text" or c.content.strip()}
    return "image" in kinds and kinds <= {"image", "link_open", "link_close", "softbreak"}


def _ended_list(out: Builder) -> None:
    if out.pieces and out.pieces[-1].kind is Kind.LIST_ITEM:
        out.raw(LINE)


def inline_text(token: Token) -> str:
    """The words of an inline token: line breaks stay, marks go, an image gives its description."""
    parts = []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "image" or child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
        elif child.type == "html_inline" and child.content.lower().startswith("<br"):
            parts.append("\n")
    return "".join(parts)


def _grid(tokens: Sequence[Token]) -> list[list[list[str]]]:
    rows: list[list[list[str]]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            text = inline_text(token).replace("\n", " ").strip()
            rows[-1].append([text] if text else [])
    return rows
