"""Every error that Qala raises on purpose: one base, few children."""


class QalaError(Exception):
    """Base of all errors that Qala raises on purpose; its text is one line for people."""


class ReadError(QalaError):
    """An input that cannot be read, with the reason."""


class LexiconError(QalaError):
    """A data file of the lexicon that breaks its schema; the text starts with ``file:line``."""
