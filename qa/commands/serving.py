"""``pullquote serve``."""

from __future__ import annotations

import argparse

from qa.commands.command import Command, open_library


def _serving(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="address to listen on")
    command.add_argument("--port", type=int, default=7860, help="port to listen on")
    command.add_argument("--open", action="store_true", help="open the page in the browser")


def _serve(args: argparse.Namespace) -> int:
    from qa.web.serve import serve

    with open_library(args) as library:
        serve(library, args.host, args.port, open_page=args.open)
    return 0


COMMANDS = (
    Command("serve", "Open the web desk.", "pullquote serve --port 7860", _serving, _serve),
)
