"""Trainers: the list, a file, its changes."""

from datetime import date, timedelta
from typing import NamedTuple

from flask import request
from werkzeug.wrappers import Response

from admin_app.accounts.queries import user_of_trainer
from admin_app.core import clock
from admin_app.core.access import current_actor, origin
from admin_app.core.formatting import of_name
from admin_app.core.pages import done, download, go, invalid, keep, or_404, page_number, render
from admin_app.people import operations, panels, queries
from admin_app.people.forms import CvForm, SkillForm, TrainerForm
from admin_app.people.models import Trainer
from admin_app.people.office.pages import FOLLOW, MANAGE, Reply, pages
from admin_app.people.operations.proofs import what_is_missing
from admin_app.people.standing import REVIEW_DAYS, Expiry, expiries, notice_days
from admin_app.people.words import TRAINER_STATUSES

BASE = "/personnes/formateurs"


class Line(NamedTuple):
    """A trainer in the list: what their file lacks, what expires, their last yearly review."""

    trainer: Trainer
    missing: list[str]
    expiries: tuple[Expiry, ...]
    last_review: date | None


@pages.get(BASE, allow=FOLLOW)
def trainers() -> Reply:
    """The trainers, each with what their file still lacks."""
    today, sought = clock.today(), request.args
    soon = today + timedelta(days=notice_days(today))
    page = queries.trainers(
        page_number(),
        today,
        text=sought.get("q", ""),
        state=sought.get("etat", ""),
        status=sought.get("statut", ""),
        soon=soon,
        review_since=today - timedelta(days=REVIEW_DAYS),
    )
    reviewed = queries.last_reviews([one.id for one in page.items])
    shown = page.map(
        lambda one: Line(
            one, what_is_missing(one, today), expiries(one, today, soon), reviewed.get(one.id)
        )
    )
    statuses = list(TRAINER_STATUSES.items())
    return render(
        "people/trainers.html",
        page=shown,
        statuses=statuses,
        words=TRAINER_STATUSES,
        reviewed_since=today - timedelta(days=REVIEW_DAYS),
    )


@pages.form(f"{BASE}/ajouter", allow=MANAGE)
def add_trainer() -> Reply:
    """Add a trainer."""
    form = TrainerForm()
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.create_trainer(
                form.details(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if made is not None:
            words = f"La fiche {of_name(made.name)} est créée. Ajoutez maintenant ses compétences."
            return go("people_office.trainer", words, trainer_id=made.id)
    if request.method == "POST":
        return invalid("people/trainer_edit.html", form=form, trainer=None)
    return render("people/trainer_edit.html", form=form, trainer=None)


@pages.get(f"{BASE}/<int:trainer_id>", allow=MANAGE)
def trainer(trainer_id: int) -> Reply:
    """A trainer's file."""
    return shown(or_404(queries.trainer(trainer_id)))


@pages.form(f"{BASE}/<int:trainer_id>/modifier", allow=MANAGE)
def edit_trainer(trainer_id: int) -> Reply:
    """Change a trainer's file."""
    found, form = or_404(queries.trainer(trainer_id)), TrainerForm()
    if form.is_sent:
        changed = keep(
            form,
            lambda: operations.change_trainer(
                found, form.details(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if changed is not None:
            words = f"La fiche {of_name(changed.name)} est enregistrée."
            return go("people_office.trainer", words, trainer_id=trainer_id)
    if request.method == "POST":
        return invalid("people/trainer_edit.html", form=form, trainer=found)
    form.show(found)
    return render("people/trainer_edit.html", form=form, trainer=found)


@pages.post(f"{BASE}/<int:trainer_id>/archiver", allow=MANAGE)
def archive_trainer(trainer_id: int) -> Reply:
    """Offer a trainer no more."""
    found = or_404(queries.trainer(trainer_id))
    return done(
        lambda: operations.archive_trainer(
            found, by=current_actor(), at=clock.now(), origin=origin()
        ),
        "people_office.trainers",
        f"La fiche {of_name(found.name)} est archivée.",
    )


@pages.post(f"{BASE}/<int:trainer_id>/reprendre", allow=MANAGE)
def restore_trainer(trainer_id: int) -> Reply:
    """Offer an archived trainer again."""
    found = or_404(queries.trainer(trainer_id))
    return done(
        lambda: operations.restore_trainer(
            found, by=current_actor(), at=clock.now(), origin=origin()
        ),
        "people_office.trainer",
        f"La fiche {of_name(found.name)} est de nouveau proposée.",
        trainer_id=trainer_id,
    )


@pages.post(f"{BASE}/<int:trainer_id>/cv", allow=MANAGE)
def put_cv(trainer_id: int) -> Reply:
    """Keep a CV."""
    found, form = or_404(queries.trainer(trainer_id)), CvForm()
    if form.is_sent and keep(form, lambda: _put_cv(found, form)):
        return go("people_office.trainer", "Le CV est gardé.", trainer_id=trainer_id)
    return shown(found, cv_form=form, status=422)


@pages.post(f"{BASE}/<int:trainer_id>/cv/retirer", allow=MANAGE)
def remove_cv(trainer_id: int) -> Reply:
    """Take the CV away."""
    found = or_404(queries.trainer(trainer_id))
    return done(
        lambda: operations.remove_cv(found, by=current_actor(), at=clock.now(), origin=origin()),
        "people_office.trainer",
        "Le CV est retiré.",
        trainer_id=trainer_id,
    )


@pages.get(f"{BASE}/<int:trainer_id>/cv.pdf", allow=MANAGE)
def cv(trainer_id: int) -> Response:
    """The CV."""
    found = or_404(queries.trainer(trainer_id))
    data = or_404(queries.cv(found))
    return download(data, found.cv_name, "application/pdf")


def shown(
    trainer: Trainer,
    *,
    cv_form: CvForm | None = None,
    skill_form: SkillForm | None = None,
    status: int = 200,
) -> Reply:
    """A trainer's file, with the form that was sent if one was refused."""
    today = clock.today()
    if skill_form is None:
        skill_form = SkillForm(formdata=None)
        skill_form.checked_on.data = today
    page = render(
        "people/trainer.html",
        trainer=trainer,
        missing=what_is_missing(trainer, today),
        today=today,
        words=TRAINER_STATUSES,
        account=user_of_trainer(trainer.id),
        panels=panels.of("trainer", trainer.id),
        skills_known=queries.skills_known(),
        cv_form=cv_form or CvForm(formdata=None),
        skill_form=skill_form,
    )
    return page if status == 200 else (page, status)


def _put_cv(found: Trainer, form: CvForm) -> bool:
    operations.put_cv(found, form.upload(), by=current_actor(), at=clock.now(), origin=origin())
    return True
