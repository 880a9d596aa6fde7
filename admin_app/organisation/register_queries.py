"""What is read of the places that are looked at, and of what is published and read again."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, or_, select

from admin_app.core.database import db
from admin_app.core.pages import Page, paginate
from admin_app.organisation.models import Place, PlaceCheck, PublicationReview
from compliance.expectations import catalogue


def fresh_days(piece: str) -> int:
    """How many days that piece of the catalogue stays good; 0 when it does not age."""
    return catalogue().piece(piece).fresh_days or 0


def to_check(today: date) -> Any:
    """The condition of a place to be looked at: never seen, too long ago, or found lacking."""
    last_good = today - timedelta(days=fresh_days("place-checked"))
    return Place.is_remote.is_(False) & or_(
        Place.checked_on.is_(None), Place.checked_on < last_good, Place.has_defect.is_(True)
    )


def places_to_check(today: date) -> int:
    """How many of the places in use are to be looked at."""
    statement = select(func.count(Place.id)).where(Place.archived_at.is_(None), to_check(today))
    return db.session.scalar(statement) or 0


def place_checks(place_id: int, number: int) -> Page[PlaceCheck]:
    """A page of the checks of a place, the last first, those taken away included."""
    statement = (
        select(PlaceCheck)
        .where(PlaceCheck.place_id == place_id)
        .order_by(PlaceCheck.checked_on.desc(), PlaceCheck.id.desc())
    )
    return paginate(statement, number)


def place_check(key: int, place_id: int | None = None) -> PlaceCheck | None:
    """That check, of that place when one is named."""
    found = db.session.get(PlaceCheck, key)
    return found if found and place_id in (None, found.place_id) else None


def publication_reviews(number: int) -> Page[PublicationReview]:
    """A page of reviews of what is published, the last first."""
    statement = select(PublicationReview).order_by(
        PublicationReview.reviewed_on.desc(), PublicationReview.id.desc()
    )
    return paginate(statement, number)


def publication_review(key: int) -> PublicationReview | None:
    """That review."""
    return db.session.get(PublicationReview, key)


def next_review_on() -> date | None:
    """The last day of the year that follows the last review; None when there was none."""
    last: date | None = db.session.scalar(
        select(func.max(PublicationReview.reviewed_on)).where(
            PublicationReview.removed_at.is_(None)
        )
    )
    return last + timedelta(days=fresh_days("communications-review")) if last else None
