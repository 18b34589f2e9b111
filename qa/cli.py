"""The command ``pullquote``; thin: arguments in, one call, output."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.errors import PullquoteError
from qa import __version__
from qa.commands import asking, citing, keeping, quoting, serving, users
from qa.commands.command import Command

PLUGINS = "pullquote.commands"  # entry points that name a module's COMMANDS
_OWN = (
    *keeping.COMMANDS[:1],
    *asking.COMMANDS,
    *quoting.COMMANDS,
    *citing.COMMANDS,
    *keeping.COMMANDS[1:],
    *serving.COMMANDS,
    *users.COMMANDS,
)

_TEACH = """examples:
  pullquote add reports/ minutes.pdf        put documents into the library
  pullquote ask "How many jobs are planned for 2025?"
  pullquote ask --json "Who issued the notice?" | jq .citations
  pullquote search "skills subsidy" --top 5 the passages themselves, ranked
  pullquote quote "did not approve the plan" where it stands, word for word
  pullquote documents                       what the library holds

Without documents of your own, Pullquote answers from the collection it ships with.
Every command takes --library DIR (default: $PULLQUOTE_LIBRARY, else your user data folder).
Nothing leaves this machine; only `add` with a web address opens a connection, to fetch it.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status. User errors are one line on stderr and status 1."""
    given = sys.argv[1:] if argv is None else argv
    args = _parser(_commands(given)).parse_args(given)
    try:
        return int(args.run(args))
    except PullquoteError as error:
        print(f"pullquote: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("pullquote: stopped; what was reported as added is kept.", file=sys.stderr)
        return 130


def _commands(given: Sequence[str]) -> tuple[Command, ...]:
    """The commands to offer. Those of other packages are looked up only when none of our own is
    meant, since that reads the metadata of every installed package."""
    if given and given[0] in {c.name for c in _OWN}:
        return _OWN
    return (*_OWN, *_plugged())


def _plugged() -> Iterator[Command]:
    from importlib.metadata import entry_points

    for found in sorted(entry_points(group=PLUGINS), key=lambda e: e.name):
        yield from found.load()


class _Parser(argparse.ArgumentParser):
    """What stands behind an option belongs to the last positional argument, where that takes
    several: "cite 4f2a --style mla 0 20"."""

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        found, rest = super().parse_known_args(args, namespace)
        several = [a for a in self._get_positional_actions() if a.nargs in ("*", "+")]
        if not several or any(word.startswith("-") for word in rest):
            return found, rest
        kind = several[-1].type or str
        try:
            late = [kind(word) for word in rest]  # type: ignore[operator]
        except argparse.ArgumentTypeError as error:
            self.error(str(error))
        setattr(found, several[-1].dest, [*getattr(found, several[-1].dest), *late])
        return found, []


def _parser(offered: Sequence[Command]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pullquote",
        epilog=_TEACH,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Ask a folder of documents; every sentence of the answer is cited to the "
        "exact characters of a source.",
    )
    parser.add_argument("--version", action="version", version=f"pullquote {__version__}")
    commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", required=True, parser_class=_Parser
    )
    for one in offered:
        command = commands.add_parser(
            one.name,
            help=one.about,
            description=one.about,
            epilog=f"example:\n  {one.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument(
            "--library", metavar="DIR", type=Path, help="where the library is kept"
        )
        one.arguments(command)
        command.set_defaults(run=one.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
