"""A list that was sent and is kept while its sender looks at it: a token tells which, for whom."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from admin_app.cohorts.operations import Payer
from admin_app.core.storage import store

SALT = "enrolment-list"
KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored list: its hash, its kind and name, the cohort it is for, who pays, from when."""

    cohort_id: int
    sha256: str
    kind: str
    name: str
    client_id: int | None = None
    personally: bool = False
    later: bool = False
    takes_part_from: str = ""

    @property
    def first_day(self) -> date | None:
        """From when those take part of whom the list does not say it; None: the whole cohort."""
        return date.fromisoformat(self.takes_part_from) if self.takes_part_from else None

    @property
    def payer(self) -> Payer:
        """Who pays for its people."""
        return Payer(self.client_id, self.personally, self.later)

    def as_dict(self) -> dict[str, Any]:
        """What a token or a job remembers of it."""
        return asdict(self)

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return store.get(self.sha256)


def token_of(stored: Stored) -> str:
    """What stands in the address of the preview; it cannot be made up."""
    return str(_signer().dumps(stored.as_dict()))


def open_token(token: str, cohort_id: int) -> Stored | None:
    """The stored list of that token, None when it is too old or was made for another cohort."""
    try:
        stored = Stored(**_signer().loads(token, max_age=KEPT_SECONDS))
    except (BadData, TypeError):
        return None
    return stored if stored.cohort_id == cohort_id else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=SALT)
