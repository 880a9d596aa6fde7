"""What an office that has just installed Liasse does in this room."""

from sqlalchemy import select

from admin_app.organisation.first_steps import Step
from admin_app.programmes.models import ProgrammeVersion

FIRST_PROGRAMME = Step(
    60,
    "Publier votre première formation",
    "Objectifs, durée, prix, délais d’accès, accessibilité : la page dit ce qui manque avant de "
    "publier. Le catalogue public la montre ensuite.",
    "programmes_office.index",
    select(ProgrammeVersion.id).where(ProgrammeVersion.published_at.is_not(None)),
)
