"""What goes wrong in the rules: a data file that cannot be trusted."""

from __future__ import annotations


class ComplianceError(Exception):
    """Base of every error raised by ``compliance``."""


class DataError(ComplianceError):
    """A data file says something that the rules refuse to load.

    ``file`` is the name under ``compliance/data``, ``key`` the place inside it (dotted),
    ``message`` what is wrong and ``remedy`` what to do about it, both in plain words.
    """

    def __init__(self, file: str, key: str, message: str, remedy: str) -> None:
        super().__init__(f"{file} [{key}]: {message} → {remedy}")
        self.file = file
        self.key = key
        self.message = message
        self.remedy = remedy


class NotKnownError(ComplianceError):
    """A figure was asked for that the facts do not allow to compute (never guessed)."""


class UnknownError(ComplianceError):
    """Something is asked for by a name, or at a date, that the rules do not know."""
