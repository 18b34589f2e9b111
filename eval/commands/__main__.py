"""``python -m eval.commands``: the same where the command ``pullquote`` is not installed."""

import sys

from eval.commands import main

sys.exit(main())
