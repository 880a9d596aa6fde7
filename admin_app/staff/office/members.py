"""Those of the team, their reviews, what keeps their skills up."""

from typing import Any

from flask import request
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import download, go, or_404, page_number, render
from admin_app.core.pages.answers import Reply, answer, did
from admin_app.core.uploads import MIME
from admin_app.people.words import DEVELOPMENT_KINDS
from admin_app.staff import forms, operations, queries
from admin_app.staff.models import StaffMember
from admin_app.staff.office.pages import ACT, FOLLOW, HOME, MANAGE, pages


@pages.get("/", allow=FOLLOW)
def index() -> str:
    """The team, and what is due."""
    today, sought = clock.today(), request.args
    return render(
        "staff/index.html",
        page=queries.members(
            page_number(), today, text=sought.get("q", ""), state=sought.get("etat", "")
        ),
        house=queries.house(today),
        is_filtered=any(sought.get(name) for name in ("q", "etat")),
    )


@pages.form("/ajouter", allow=FOLLOW)
def add() -> Reply:
    """Add someone."""
    form = forms.MemberForm()
    form.offer(queries.trainer_choices())
    if did(
        form,
        lambda: operations.add_member(form.details(), by=current_actor(), at=clock.now()),
    ):
        return go("staff_office.index", "La personne est ajoutée.")
    return answer(ACT, form=form, title="Ajouter une personne", trail=[HOME])


@pages.get("/<int:member_id>", allow=FOLLOW)
def show(member_id: int) -> str:
    """Someone of the team."""
    found, today = or_404(queries.member(member_id)), clock.today()
    return render(
        "staff/show.html",
        line=queries.line_of(found, today),
        member=found,
        roles=queries.roles_of(member_id),
        reviews=queries.reviews_of(member_id),
        developments=queries.developments_of(member_id),
        kinds=DEVELOPMENT_KINDS,
    )


@pages.form("/<int:member_id>/modifier", allow=FOLLOW)
def edit(member_id: int) -> Reply:
    """Change what is said of someone."""
    found = or_404(queries.member(member_id))
    form = forms.MemberForm(obj=found)
    form.offer(queries.trainer_choices())
    if did(
        form,
        lambda: operations.change_member(found, form.details(), by=current_actor(), at=clock.now()),
    ):
        return _back(member_id, "La fiche est enregistrée.")
    return _answer(form, found, "Modifier la fiche")


@pages.form("/<int:member_id>/depart", allow=FOLLOW)
def leave(member_id: int) -> Reply:
    """Someone leaves."""
    found, form = or_404(queries.member(member_id)), forms.LeaveForm()
    if did(
        form,
        lambda: operations.leave(found, form.on.data, by=current_actor(), at=clock.now()),
    ):
        return _back(member_id, "Le départ est noté.")
    return _answer(form, found, "Noter un départ")


@pages.form("/<int:member_id>/entretiens/ajouter", allow=MANAGE)
def add_review(member_id: int) -> Reply:
    """Keep a professional review."""
    found = or_404(queries.member(member_id))
    form = forms.ReviewForm(data={"held_on": clock.today(), "held_by": current_user.name})
    if did(
        form,
        lambda: operations.hold_review(found, form.details(), by=current_actor(), at=clock.now()),
    ):
        return _back(member_id, "L’entretien est consigné.")
    return _answer(form, found, "Consigner un entretien professionnel")


@pages.form("/<int:member_id>/developpement/ajouter", allow=FOLLOW)
def add_development(member_id: int) -> Reply:
    """Keep something done to keep skills up."""
    found, form = or_404(queries.member(member_id)), forms.DevelopmentForm()
    if did(
        form,
        lambda: operations.record_development(
            found, form.details(), file=form.upload(), by=current_actor(), at=clock.now()
        ),
    ):
        return _back(member_id, "C’est consigné.")
    return _answer(form, found, "Ce qui entretient ses compétences")


@pages.get("/<int:member_id>/developpement/<int:development_id>/copie", allow=FOLLOW)
def development_file(member_id: int, development_id: int) -> Response:
    """What shows it."""
    row = or_404(queries.development(member_id, development_id))
    return download(or_404(queries.file_of(row)), row.file_name, MIME[row.file_kind])


def _answer(form: Any, found: StaffMember, title: str) -> Reply:
    one = (found.name, "staff_office.show", {"member_id": found.id})
    return answer(ACT, form=form, title=title, subtitle=found.name, trail=[HOME, one])


def _back(member_id: int, words: str) -> Response:
    return go("staff_office.show", words, member_id=member_id)
