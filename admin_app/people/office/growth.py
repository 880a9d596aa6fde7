"""Where a trainer stands: diplomas and what expires, yearly reviews, development of skills."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask import request
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.core import clock
from admin_app.core.access import current_actor, origin
from admin_app.core.formatting import day
from admin_app.core.pages import Form, download, go, invalid, keep, or_404, render
from admin_app.core.uploads import MIME
from admin_app.people import operations, queries
from admin_app.people.figures import TrainerFigure, figures_of
from admin_app.people.forms import (
    DevelopmentForm,
    DiplomaForm,
    NewDiplomaForm,
    RemovalForm,
    ReviewForm,
)
from admin_app.people.models import Trainer, TrainerDevelopment, TrainerDiploma
from admin_app.people.office.pages import FOLLOW, Reply, pages
from admin_app.people.office.trainers import BASE
from admin_app.people.standing import REVIEW_DAYS, standing
from admin_app.people.words import DEVELOPMENT_KINDS, DIPLOMA_KINDS, REVIEW_MATERIALS

ONE = f"{BASE}/<int:trainer_id>"
WORDS = {
    "diploma_kinds": DIPLOMA_KINDS,
    "development_kinds": DEVELOPMENT_KINDS,
    "materials": REVIEW_MATERIALS,
}


@pages.get(f"{ONE}/suivi", allow=FOLLOW)
def trainer_growth(trainer_id: int) -> Reply:
    """Where that trainer stands."""
    found, today = or_404(queries.trainer(trainer_id)), clock.today()
    reviews, developments = queries.reviews_of(trainer_id), queries.developments_of(trainer_id)
    return render(
        "people/growth.html",
        trainer=found,
        standing=standing(found, reviews, developments, today),
        diplomas=queries.diplomas_of(trainer_id),
        reviews=reviews,
        developments=developments,
        figures=_figures(trainer_id),
        today=today,
        **WORDS,
    )


@pages.form(f"{ONE}/diplomes/ajouter", allow=FOLLOW)
def add_diploma(trainer_id: int) -> Reply:
    """Add a diploma, certification or authorisation."""
    found, form = or_404(queries.trainer(trainer_id)), NewDiplomaForm()
    if form.is_sent and keep(form, lambda: _add_diploma(found, form)) is not None:
        return _back(trainer_id, "Le diplôme est ajouté.")
    if request.method != "POST":
        form.checked_on.data = clock.today()
    return _answer("people/diploma.html", found, form, diploma=None, known=queries.skills_known())


@pages.form(f"{ONE}/diplomes/<int:diploma_id>", allow=FOLLOW)
def edit_diploma(trainer_id: int, diploma_id: int) -> Reply:
    """Change a diploma, or renew it."""
    found = or_404(queries.trainer(trainer_id))
    row, form = or_404(queries.diploma(trainer_id, diploma_id)), DiplomaForm()
    if form.is_sent and keep(form, lambda: _change_diploma(found, row, form)) is not None:
        return _back(trainer_id, "Le diplôme est enregistré.")
    if request.method != "POST":
        form.show(row)
    return _answer("people/diploma.html", found, form, diploma=row)


@pages.form(f"{ONE}/diplomes/<int:diploma_id>/retirer", allow=FOLLOW)
def remove_diploma(trainer_id: int, diploma_id: int) -> Reply:
    """Take a diploma away from the file."""
    row = or_404(queries.diploma(trainer_id, diploma_id))
    return _removing(trainer_id, row, operations.remove_diploma, row.title)


@pages.get(f"{ONE}/diplomes/<int:diploma_id>/copie", allow=FOLLOW)
def diploma_file(trainer_id: int, diploma_id: int) -> Response:
    """The copy of a diploma."""
    return _download(or_404(queries.diploma(trainer_id, diploma_id)))


@pages.form(f"{ONE}/entretiens/ajouter", allow=FOLLOW)
def add_review(trainer_id: int) -> Reply:
    """Keep a yearly review; the figures of the trainer's cohorts are shown."""
    found, form = or_404(queries.trainer(trainer_id)), ReviewForm()
    figures = _figures(trainer_id)
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.record_review(
                found,
                form.details(),
                figures=figures,
                by=current_actor(),
                at=clock.now(),
                origin=origin(),
            ),
        )
        if made is not None:
            return _back(trainer_id, "L’entretien est consigné.")
    if request.method != "POST":
        form.held_on.data, form.held_by.data = clock.today(), current_user.name
    reviews = queries.reviews_of(trainer_id)
    previous = next((one for one in reviews if one.removed_at is None), None)
    return _answer("people/review_edit.html", found, form, figures=figures, previous=previous)


@pages.get(f"{ONE}/entretiens/<int:review_id>", allow=FOLLOW)
def review(trainer_id: int, review_id: int) -> Reply:
    """A review as it was kept."""
    found = or_404(queries.trainer(trainer_id))
    row = or_404(queries.review(trainer_id, review_id))
    return render("people/review.html", trainer=found, review=row, **WORDS)


@pages.form(f"{ONE}/entretiens/<int:review_id>/ecarter", allow=FOLLOW)
def remove_review(trainer_id: int, review_id: int) -> Reply:
    """Set a review aside."""
    row = or_404(queries.review(trainer_id, review_id))
    name = f"Entretien du {day(row.held_on)}"
    return _removing(trainer_id, row, operations.remove_review, name)


@pages.form(f"{ONE}/developpement/ajouter", allow=FOLLOW)
def add_development(trainer_id: int) -> Reply:
    """Keep a training followed, a watch, a practice among peers."""
    found, form = or_404(queries.trainer(trainer_id)), DevelopmentForm()
    if form.is_sent and keep(form, lambda: _add_development(found, form)) is not None:
        return _back(trainer_id, "C’est consigné.")
    return _answer("people/development.html", found, form)


@pages.form(f"{ONE}/developpement/<int:development_id>/ecarter", allow=FOLLOW)
def remove_development(trainer_id: int, development_id: int) -> Reply:
    """Set it aside."""
    row = or_404(queries.development(trainer_id, development_id))
    return _removing(trainer_id, row, operations.remove_development, row.title)


@pages.get(f"{ONE}/developpement/<int:development_id>/copie", allow=FOLLOW)
def development_file(trainer_id: int, development_id: int) -> Response:
    """What shows it."""
    return _download(or_404(queries.development(trainer_id, development_id)))


def _figures(trainer_id: int) -> list[TrainerFigure]:
    last: date = clock.today()
    return figures_of(trainer_id, last - timedelta(days=REVIEW_DAYS), last)


def _add_diploma(found: Trainer, form: NewDiplomaForm) -> TrainerDiploma:
    return operations.add_diploma(
        found,
        form.details(),
        file=form.upload(),
        shows=form.shows.data or "",
        by=current_actor(),
        at=clock.now(),
        origin=origin(),
    )


def _change_diploma(found: Trainer, row: TrainerDiploma, form: DiplomaForm) -> TrainerDiploma:
    return operations.change_diploma(
        found,
        row,
        form.details(),
        file=form.upload(),
        by=current_actor(),
        at=clock.now(),
        origin=origin(),
    )


def _add_development(found: Trainer, form: DevelopmentForm) -> TrainerDevelopment:
    return operations.record_development(
        found,
        form.details(),
        file=form.upload(),
        by=current_actor(),
        at=clock.now(),
        origin=origin(),
    )


def _removing(trainer_id: int, row: Any, remove: Callable[..., object], name: str) -> Reply:
    found, form = or_404(queries.trainer(trainer_id)), RemovalForm()
    if form.is_sent:
        why = form.why.data or ""
        act = keep(
            form,
            lambda: remove(
                found, row, why=why, by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if act is not None:
            return _back(trainer_id, f"« {name} » ne compte plus.")
    return _answer("people/remove.html", found, form, name=name)


def _download(row: TrainerDiploma | TrainerDevelopment) -> Response:
    return download(or_404(queries.file_of(row)), row.file_name, MIME[row.file_kind])


def _back(trainer_id: int, words: str) -> Reply:
    return go("people_office.trainer_growth", words, trainer_id=trainer_id)


def _answer(template: str, found: Trainer, form: Form, **context: Any) -> Reply:
    made = invalid if request.method == "POST" else render
    return made(template, trainer=found, form=form, **context)
