"""Every error that Qala raises on purpose: one base, few children."""


class QalaError(Exception):
    """Base of all errors that Qala raises on purpose; its text is one line for people."""


class ReadError(QalaError):
    """An input that cannot be read, with the reason."""


class LexiconError(QalaError):
    """A data file of the lexicon that breaks its schema; the text starts with ``file:line``."""


class LedgerError(QalaError):
    """A ledger that cannot be opened, read or written, with the reason."""


class LedgerBusyError(LedgerError):
    """Another process is writing to the ledger and did not finish in time."""


class LedgerReadOnlyError(LedgerError):
    """A ledger that can be read but not written here."""


class LedgerFullError(LedgerError):
    """No space is left to write: nothing of the batch was kept, and all before it was."""


class SearchError(QalaError):
    """A query or a filter that cannot be searched for, with the reason."""


class SearchTimeoutError(SearchError):
    """A search that did not end in the seconds it was given."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the search took more than {seconds:g} s: use rarer words, or a filter")


class LedgerConnectionError(LedgerError):
    """The connection to a ledger's server was lost: nothing of the batch was acknowledged; do it again."""
