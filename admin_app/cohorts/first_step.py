"""What an office that has just installed Liasse does in this room."""

from sqlalchemy import select

from admin_app.cohorts.models import Cohort
from admin_app.organisation.first_steps import Step

FIRST_COHORT = Step(
    70,
    "Ouvrir votre première session",
    "Une formation publiée, des dates, un lieu, des formateurs ; puis les stagiaires, un par un ou "
    "par une liste. Ce qui est attendu, et de qui, s’affiche aussitôt.",
    "cohorts_office.index",
    select(Cohort.id),
)
