"""What a user can put right. Each message is one line and carries the remedy."""


class PullquoteError(Exception):
    """A user error: printed as one line, exit status 1, no traceback."""


class UnreadableDocument(PullquoteError):
    """This source cannot become a document; nothing was stored."""


class LibraryBusy(PullquoteError):
    """Another process is writing to the library."""


class LibraryMissing(PullquoteError):
    """There is no library at the given place."""


class DamagedLibrary(PullquoteError):
    """The catalog itself cannot be read; derived indexes never raise this, they are rebuilt."""
