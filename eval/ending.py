"""How a command of the evaluation ends."""

from __future__ import annotations

import sys
from collections.abc import Callable

from index.errors import PullquoteError


def exit_status(run: Callable[[], None]) -> int:
    """0 when ``run`` ends well; 1 for a PullquoteError, which is told in one line on stderr."""
    try:
        run()
    except PullquoteError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
