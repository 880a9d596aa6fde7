"""Trainees: the list, a file, its changes."""

from flask import request

from admin_app.core import clock
from admin_app.core.access import current_actor, origin
from admin_app.core.formatting import of_name
from admin_app.core.pages import go, invalid, keep, or_404, page_number, render
from admin_app.people import operations, panels, queries
from admin_app.people.forms import TraineeForm
from admin_app.people.office.pages import MANAGE, Reply, pages

BASE = "/personnes/stagiaires"


@pages.get(BASE, allow=MANAGE)
def trainees() -> Reply:
    """The trainees."""
    page = queries.trainees(page_number(), text=request.args.get("q", ""))
    return render("people/trainees.html", page=page)


@pages.form(f"{BASE}/ajouter", allow=MANAGE)
def add_trainee() -> Reply:
    """Add a trainee, before any enrolment."""
    form = TraineeForm()
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.create_trainee(
                form.details(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if made is not None:
            words = f"La fiche {of_name(made.name)} est créée."
            return go("people_office.trainee", words, trainee_id=made.id)
    if request.method == "POST":
        return invalid("people/trainee_edit.html", form=form, trainee=None)
    return render("people/trainee_edit.html", form=form, trainee=None)


@pages.get(f"{BASE}/<int:trainee_id>", allow=MANAGE)
def trainee(trainee_id: int) -> Reply:
    """A trainee's file, with their enrolments."""
    found = or_404(queries.trainee(trainee_id))
    return render("people/trainee.html", trainee=found, panels=panels.of("trainee", trainee_id))


@pages.form(f"{BASE}/<int:trainee_id>/modifier", allow=MANAGE)
def edit_trainee(trainee_id: int) -> Reply:
    """Change a trainee's file."""
    found, form = or_404(queries.trainee(trainee_id)), TraineeForm()
    if form.is_sent:
        changed = keep(
            form,
            lambda: operations.change_trainee(
                found, form.details(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if changed is not None:
            words = f"La fiche {of_name(changed.name)} est enregistrée."
            return go("people_office.trainee", words, trainee_id=trainee_id)
    if request.method == "POST":
        return invalid("people/trainee_edit.html", form=form, trainee=found)
    form.show(found)
    return render("people/trainee_edit.html", form=form, trainee=found)
