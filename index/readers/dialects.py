"""What dialects of Markdown add to it and no reader of the page sees: marks that go before parsing.

Hugo's and Jekyll's tags, attributes of Pandoc and Quarto, links and callouts of Obsidian, GitHub
and MkDocs. The words that they show stay; code stays as it is.
"""

from __future__ import annotations

import re

_ATTRIBUTE = r"""(?:[#.][A-Za-z][\w:.-]*|[A-Za-z][\w-]*=(?:"[^"\n]*"|[^\s"{}]+))"""
_MARKS = re.compile(
    rf"""
    (?P<code>^[ \t]*(?P<fence>`{{3,}}|~{{3,}})[^\n]*\n.*?(?:^[ \t]*(?P=fence)|\Z)
        |(?<!`)(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`))
    |(?P<tag>\{{\{{[<%][^\n]{{0,900}}?[>%]\}}\}}|\{{%[^\n]{{0,900}}?%\}})
    |[ \t]{{0,8}}\{{(?:(?=[#.])|(?<=[)\]]\{{))-?{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*\}}
    |!?\[\[(?=[^\s\]])(?:[^\[\]|\n]*\|)?(?P<shown>[^\[\]|\n]+)\]\](?![(\[])
    |^(?P<quote>[ \t]*>[ \t]*)\[![A-Za-z]+\][+-]?[ \t]*(?P<title>[^\n]*)$
    |^(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+"(?P<named>[^"\n]*)")?[ \t]*\n
        (?P<body>(?:[ \t]*\n|(?:\ {{4}}|\t)[^\n]*(?:\n|\Z))*)
    |^:{{3,}}[ \t]*(?:\{{[^}}\n]*\}}|[\w-]*)(?P<boxed>[^\n]*)$
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_SHOWN = re.compile(r"""\b(?:caption|title)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_INDENT = re.compile(r"^(?: {4}|\t)", re.MULTILINE)


def plainer(body: str) -> str:
    """``body`` without such marks."""
    return _MARKS.sub(_said, body)


def _said(m: re.Match[str]) -> str:
    """What a mark shows."""
    if m["code"] is not None:
        return m.group()
    if m["tag"] is not None:
        return " ".join(a or b for a, b in _SHOWN.findall(m["tag"]))
    if m["quote"] is not None:
        return f"{m['quote']}{m['title']}\n{m['quote']}"
    if m["body"] is not None:
        return f"{m['named'] or ''}\n\n{_INDENT.sub('', m['body'])}\n"
    if m["boxed"] is not None:
        return f"\n{m['boxed'].strip()}\n"
    return m["shown"] or ""
