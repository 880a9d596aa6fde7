"""A trainer's skills."""

from flask import request

from admin_app.core import clock
from admin_app.core.access import current_actor, origin
from admin_app.core.pages import done, go, invalid, keep, or_404, render
from admin_app.people import operations, queries
from admin_app.people.forms import SkillForm
from admin_app.people.office.pages import MANAGE, Reply, pages
from admin_app.people.office.trainers import BASE, shown


@pages.post(f"{BASE}/<int:trainer_id>/competences", allow=MANAGE)
def add_skill(trainer_id: int) -> Reply:
    """Add a skill."""
    found, form = or_404(queries.trainer(trainer_id)), SkillForm()
    if form.is_sent:
        skill = keep(
            form,
            lambda: operations.add_skill(
                found, form.details(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if skill is not None:
            words = f"« {skill.skill} » est ajoutée."
            return go("people_office.trainer", words, trainer_id=trainer_id)
    return shown(found, skill_form=form, status=422)


@pages.form(f"{BASE}/<int:trainer_id>/competences/<int:skill_id>", allow=MANAGE)
def edit_skill(trainer_id: int, skill_id: int) -> Reply:
    """Change a skill, or check it again."""
    found = or_404(queries.trainer(trainer_id))
    skill, form = or_404(queries.skill(trainer_id, skill_id)), SkillForm()
    if form.is_sent:
        changed = keep(
            form,
            lambda: operations.change_skill(
                found, skill, form.details(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if changed is not None:
            words = f"« {changed.skill} » est enregistrée."
            return go("people_office.trainer", words, trainer_id=trainer_id)
    if request.method == "POST":
        return invalid("people/skill.html", form=form, trainer=found, skill=skill)
    form.show(skill)
    return render("people/skill.html", form=form, trainer=found, skill=skill)


@pages.post(f"{BASE}/<int:trainer_id>/competences/<int:skill_id>/retirer", allow=MANAGE)
def remove_skill(trainer_id: int, skill_id: int) -> Reply:
    """Take a skill away."""
    found = or_404(queries.trainer(trainer_id))
    skill = or_404(queries.skill(trainer_id, skill_id))
    words = f"« {skill.skill} » est retirée."
    return done(
        lambda: operations.remove_skill(
            found, skill, by=current_actor(), at=clock.now(), origin=origin()
        ),
        "people_office.trainer",
        words,
        trainer_id=trainer_id,
    )
