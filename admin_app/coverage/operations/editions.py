"""Under which editions a piece counts for an action."""

from collections.abc import Mapping

from admin_app.coverage.queries import audit_day
from compliance import expectations as rules
from compliance.facts import ActionFacts
from compliance.referentiel import Edition, applicable, load


def applicable_requirements(action: ActionFacts) -> dict[str, frozenset[str]]:
    """For each edition, as the next audit will read it, what applies to this action (keys)."""
    return {
        edition.key: frozenset(one.key for one in applicable(edition, action).applicable)
        for edition in load().editions_on(audit_day())
    }


def editions_served(piece: str, requirements: Mapping[str, frozenset[str]]) -> str:
    """The editions in which a piece serves a requirement that applies, between bars."""
    links = rules.catalogue().piece(piece).links
    served = [
        edition
        for edition, keys in requirements.items()
        if any(link.holds_in(edition) and link.requirement in keys for link in links)
    ]
    return "".join(f"|{key}" for key in served) + "|" if served else ""


class Editions:
    """The same, remembered from one action to the next."""

    def __init__(self) -> None:
        self._known: dict[ActionFacts, dict[str, str]] = {}
        self._requirements: dict[ActionFacts, dict[str, frozenset[str]]] = {}

    def of(self, action: ActionFacts, piece: str) -> str:
        """The editions in which that piece counts for that action."""
        found = self._known.setdefault(action, {})
        if piece not in found:
            if action not in self._requirements:
                self._requirements[action] = applicable_requirements(action)
            found[piece] = editions_served(piece, self._requirements[action])
        return found[piece]


_last: tuple[tuple[Edition, ...], Editions] | None = None


def editions_now() -> Editions:
    """The editions as the next audit will read them, with what is remembered of them."""
    global _last
    read = tuple(load().editions_on(audit_day()))
    if _last is None or not _are_same(_last[0], read):
        _last = read, Editions()
    return _last[1]


def _are_same(one: tuple[Edition, ...], other: tuple[Edition, ...]) -> bool:
    """The very same objects: texts added since make others."""
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))
