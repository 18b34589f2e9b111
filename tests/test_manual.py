"""The manual, the README and the code say the same."""

from __future__ import annotations

import argparse
import ast
import dataclasses
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.readers import SUFFIXES
from index.readers.sniff import _OTHER
from qa import answer, cli, compose, question

ROOT = Path(__file__).parents[1]
MANUAL = sorted((ROOT / "docs" / "manual").glob("*.md"))
PAGES = {path.name: path.read_text("utf-8") for path in MANUAL}
WHOLE = "\n".join(PAGES.values())
README = (ROOT / "README.md").read_text("utf-8")
LINKED = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]

ASKING_ONLY = {"--caution", "--format", "--output"}  # what a search has no use for


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of every command, by name."""
    actions = cli._parser(cli._commands([]))._actions
    found = next(a for a in actions if isinstance(a, argparse._SubParsersAction))
    return dict(found.choices)


def own_options(parser: argparse.ArgumentParser) -> set[str]:
    return {flag for action in parser._actions for flag in action.option_strings}


def options(parser: argparse.ArgumentParser) -> set[str]:
    """Its own and those of the parts that it has."""
    parts = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    inner = [options(part) for one in parts for part in one.choices.values()]
    return own_options(parser).union(*inner)


def shell_lines(text: str) -> Iterator[str]:
    """The commands in fenced shell blocks, prompts and comments left out."""
    for block in re.findall(r"^```(?:sh|console)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            line = line.removeprefix("$ ").split(" # ")[0].split(" | ")[0].strip()
            if re.match(r"(?:[A-Z_]+=\S+ )*(?:pullquote|make)\b", line):
                yield re.sub(r"^(?:[A-Z_]+=\S+ )*", "", line)


def mentions(text: str) -> set[tuple[str, str]]:
    """(command, option) of inline code such as `pullquote ask --json`."""
    found = re.findall(r"`pullquote ([a-z]+)([^`\n]*)`", text)
    return {(name, flag) for name, rest in found for flag in ["", *re.findall(r"--[a-z]+", rest)]}


def section_of(command: str) -> str:
    """What the manual says under the heading of one command."""
    heading = re.search(rf"^## [^\n]*pullquote {command}$", PAGES["using.md"], re.MULTILINE)
    assert heading, f"using.md has no section that ends in 'pullquote {command}'"
    return PAGES["using.md"][heading.end() :].split("\n## ")[0]


def test_every_command_has_a_section_and_a_line_in_the_list() -> None:
    for name in commands():
        assert f"\n- `pullquote {name}` " in PAGES["using.md"]
        assert f"`pullquote {name}`" in section_of(name)


def test_every_option_is_named_where_its_command_is_explained() -> None:
    common = {"--library", "--help", "-h"}
    assert common <= set(re.findall(r"-{1,2}[a-z]+", PAGES["using.md"]))
    for name, parser in commands().items():
        if name == "search":  # it takes the options of ask, and the manual says so
            assert options(parser) == options(commands()["ask"]) - ASKING_ONLY
            assert "same options as `pullquote ask`" in section_of(name)
            continue
        missing = [o for o in options(parser) - common if o not in section_of(name)]
        assert not missing, f"using.md does not tell of {name} {missing}"


def test_the_options_before_a_command_are_named() -> None:
    for flag in own_options(cli._parser(cli._commands([]))):
        assert flag in PAGES["using.md"]


@pytest.mark.parametrize("path", [*MANUAL, ROOT / "README.md"], ids=lambda p: p.name)
def test_commands_in_code_blocks_are_understood(path: Path) -> None:
    parser = cli._parser(cli._commands([]))
    for line in shell_lines(path.read_text("utf-8")):
        words = shlex.split(line)
        if words[0] == "pullquote" and words[1:] != ["--version"]:
            assert callable(parser.parse_args(words[1:]).run), line


@pytest.mark.parametrize("path", LINKED, ids=lambda p: str(p.relative_to(ROOT)))
def test_commands_named_in_the_text_exist(path: Path) -> None:
    known = commands()
    for name, flag in mentions(path.read_text("utf-8")):
        assert name in known, f"there is no command {name}"
        assert not flag or flag in options(known[name]), f"{name} has no option {flag}"


def test_make_targets_named_exist() -> None:
    makefile = ROOT / "Makefile"
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile.read_text("utf-8"), re.MULTILINE))
    text = "\n".join([README, (ROOT / "CONTRIBUTING.md").read_text("utf-8"), WHOLE])
    named = set(re.findall(r"`make ([a-z][\w-]*)", text))
    named |= {shlex.split(line)[1] for line in shell_lines(text) if line.startswith("make ")}
    assert {"run", "test", "ask"} <= named
    assert named <= targets


def test_the_manual_lists_the_fields_of_the_json() -> None:
    fields = {
        "id",
        "question",
        "status",
        "answer",
        "sentences",
        "citations",
        "disagreements",
        "passages",
        "confidence",
        "composer",
        "timings_ms",
    }
    blank: dict[str, Any] = {"tuple": (), "dict": {}, "float": 0.0}
    kinds = {f.name: str(f.type).split("[")[0] for f in dataclasses.fields(answer.Answer)}
    empty = answer.Answer(**{name: blank.get(kind, "") for name, kind in kinds.items()})
    assert set(answer.as_json(empty)) == fields
    told = section_of("ask")
    cited = {"document", "locator", "page", "start", "end", "quote"}
    cited |= {"section", "printed_page", "link", "permalink"}
    for field in fields | cited | {"score"}:
        assert f"`{field}`" in told, field


def test_figures_in_the_manual_are_those_of_the_code() -> None:
    assert f"{question.LONGEST:,} characters" in PAGES["using.md"]
    assert compose.MOST == 4 and "at most four otherwise" in PAGES["answers.md"]
    assert f"{compose.WORDS} words at most" in PAGES["answers.md"]
    assert f"probability of {compose.ENOUGH:.0%}".replace("%", " %") in PAGES["answers.md"]
    assert f"less than {compose.SLIGHT:.0%}".replace("%", " %") in PAGES["answers.md"]
    assert f"best {compose.READ} passages" in PAGES["answers.md"]
    ask = commands()["ask"]
    assert f"{ask.get_default('top')} unless told otherwise" in section_of("ask")
    serve = commands()["serve"]
    assert f"{serve.get_default('port')} unless told otherwise" in section_of("serve")
    assert f"{serve.get_default('host')} unless told otherwise" in section_of("serve")
    for suffix in SUFFIXES:
        assert suffix in PAGES["using.md"] and suffix in PAGES["documents.md"]


def test_every_reason_for_refusing_a_file_is_in_the_list_of_messages() -> None:
    for path in (ROOT / "index" / "readers").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "unreadable"
                and isinstance(node.args[1], ast.Constant)
            ):
                reason = ast.literal_eval(node.args[1])
                assert f'\n- "{reason}": ' in PAGES["documents.md"], path.name
    for what in [str(row[1]) for row in _OTHER]:
        assert f'\n- "it is {what}": ' in PAGES["documents.md"]


def test_the_licence_of_every_part_is_told() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    table = PAGES["privacy.md"].split("## Licences")[1].lower().replace("_", "-")
    for requirement in project["dependencies"]:
        match = re.match(r"[\w.-]+", requirement)
        assert match and match.group().lower().replace("_", "-") in table, requirement


def test_pages_have_front_matter_that_names_pullquote() -> None:
    assert {"using.md", "answers.md", "documents.md", "privacy.md", "operations.md"} <= set(PAGES)
    for name, text in PAGES.items():
        head = text.split("---\n")[1]
        assert re.search(r"^title: \S", head, re.MULTILINE), name
        assert "publisher: Pullquote\n" in head and "language: en\n" in head, name


def test_the_reliability_block_is_there_to_be_filled() -> None:
    begin, end = "<!-- reliability:begin -->", "<!-- reliability:end -->"
    page = PAGES["answers.md"]
    assert page.count(begin) == page.count(end) == 1 and page.index(begin) < page.index(end)


def test_docs_readme_says_first_that_it_is_the_collection() -> None:
    first = (ROOT / "docs" / "README.md").read_text("utf-8").splitlines()[0]
    assert "collection" in first and "docs/" in first


@pytest.mark.parametrize("path", LINKED, ids=lambda p: str(p.relative_to(ROOT)))
def test_relative_links_resolve(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", target) and not target.startswith("#"):
            assert (path.parent / target.split("#")[0]).exists(), f"{path.name}: {target}"


def test_contributing_has_a_line_for_every_module() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    packages = ["index", "index/readers", "index/web", "qa", "qa/commands", "qa/web"]
    for package in (*packages, "qa/export", "qa/references"):
        for path in sorted((ROOT / package).glob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            assert path.stem == "__init__" or f"`{name}`" in text, name


def test_paths_named_in_contributing_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`((?:index|qa|eval|docs|tests)/[\w./-]*\w)`", text)
    assert len(named) > 20
    missing = [name for name in named if not (ROOT / name).exists()]
    assert not missing
