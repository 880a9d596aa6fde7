"""What a trainer's file proves, as the reading room shows it."""

from typing import Any

from admin_app.core.database import db
from admin_app.people import queries
from admin_app.people.models import (
    Client,
    FunderFeedback,
    Trainer,
    TrainerDevelopment,
    TrainerReview,
)
from admin_app.people.words import (
    ASKED_HOW,
    DEVELOPMENT_KINDS,
    DIPLOMA_KINDS,
    FUNDER_OUTCOMES,
    REVIEW_MATERIALS,
)

Content = tuple[str, dict[str, Any]]


def trainer_piece(trainer_id: int) -> Content | None:
    """A trainer's skills, diplomas and titles, as they are today."""
    found = queries.trainer(trainer_id)
    if found is None:
        return None
    return "people/piece_trainer.html", {"trainer": found, "kinds": DIPLOMA_KINDS}


def review_piece(review_id: int) -> Content | None:
    """A review: when, with whom, what was looked at and decided; what was observed stays inside."""
    row = db.session.get(TrainerReview, review_id)
    if row is None:
        return None
    trainer = db.session.get_one(Trainer, row.trainer_id)
    context = {"review": row, "trainer": trainer, "materials": REVIEW_MATERIALS}
    return "people/piece_review.html", context


def development_piece(development_id: int) -> Content | None:
    """Something done to keep skills up."""
    row = db.session.get(TrainerDevelopment, development_id)
    if row is None:
        return None
    trainer = db.session.get_one(Trainer, row.trainer_id)
    context = {"row": row, "trainer": trainer, "kinds": DEVELOPMENT_KINDS}
    return "people/piece_development.html", context


def funder_piece(feedback_id: int) -> Content | None:
    """What a funder said, or that it did not answer."""
    row = db.session.get(FunderFeedback, feedback_id)
    if row is None:
        return None
    funder = db.session.get_one(Client, row.client_id)
    words = {"hows": ASKED_HOW, "outcomes": FUNDER_OUTCOMES}
    return "people/piece_funder.html", {"row": row, "funder": funder, **words}
