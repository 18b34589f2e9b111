"""``pullquote serve`` and ``pullquote mcp``."""

from __future__ import annotations

import argparse

from qa.commands.command import Command, open_library, positive


def _serving(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="address to listen on")
    command.add_argument("--port", type=int, default=7860, help="port to listen on")
    command.add_argument("--open", action="store_true", help="open the page in the browser")
    command.add_argument("--mcp", action="store_true", help="offer the tools of MCP at /mcp, too")
    command.add_argument(
        "--name",
        metavar="HOST",
        action="append",
        default=[],
        help="a host name that the server answers to, such as the one of a proxy before it",
    )
    command.add_argument(
        "--waiting",
        metavar="N",
        type=positive,
        default=64,
        help="questions that may wait in line before more are refused",
    )
    command.add_argument(
        "--upload-limit",
        metavar="MB",
        type=positive,
        default=200,
        help="megabytes that one upload may carry",
    )


def _serve(args: argparse.Namespace) -> int:
    from qa.web.serve import serve
    from qa.web.settings import MEGABYTE, Settings

    settings = Settings(
        host=args.host,
        port=args.port,
        names=tuple(name.lower() for name in args.name),
        mcp=args.mcp,
        waiting=args.waiting,
        upload=args.upload_limit * MEGABYTE,
        open_page=args.open,
    )
    with open_library(args) as library:
        serve(library, settings)
    return 0


def _mcp(args: argparse.Namespace) -> int:
    from qa.mcp import server
    from qa.web.service import Service

    with open_library(args) as library:
        service = Service(library)
        server(service).run("stdio")
        service.close()
    return 0


COMMANDS = (
    Command("serve", "Open the web desk.", "pullquote serve --port 7860", _serving, _serve),
    Command(
        "mcp",
        "Offer the library to a program as tools, over standard input and output.",
        "pullquote mcp --library ~/archive",
        lambda command: None,
        _mcp,
    ),
)
