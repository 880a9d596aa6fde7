"""Refusals: what an act answers, in French, when it cannot be done."""

from collections.abc import Iterable


class Refused(Exception):
    """An act that cannot be done, with the sentence its author reads.

    Args:
        message: a French sentence, ready for the page.
        field: the form field it concerns; None when it concerns the whole act.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    @property
    def problems(self) -> tuple["Refused", ...]:
        """Every refusal carried here; one, unless several were found together."""
        return (self,)


class Problems(Refused):
    """Several refusals found together, so that all can be mended at once."""

    def __init__(self, problems: Iterable[Refused]) -> None:
        found = tuple(problems)
        super().__init__(" ".join(problem.message for problem in found))
        self._found = found

    @property
    def problems(self) -> tuple[Refused, ...]:
        return self._found


class Overtaken(Refused):
    """An act that someone else made impossible in between: the same thing done twice at once."""


def refuse_if_any(problems: Iterable[Refused]) -> None:
    """Raise all problems together; nothing when there is none.

    Raises:
        Problems: at least one problem was given.
    """
    found = tuple(problems)
    if found:
        raise Problems(found)
