"""The texts that this installation added: in use, or refused and why."""

from admin_app.cli.health.check import Check
from admin_app.referentiel.added import read_now
from compliance.wording import counted

NAME = "referentiel"


def added_texts() -> Check:
    """Every file of `instance/referentiel` holds; one that does not is left out, and told."""
    found = read_now()
    if found.refused:
        told = " ".join(
            f"{one.file} [{one.key}] : {one.message} ; remède : {one.remedy}."
            for one in found.refused
        )
        return Check(NAME, False, f"Textes ajoutés non pris en compte : {told}")
    if not found.accepted:
        return Check(NAME, True, "Aucun texte ajouté : le référentiel est celui de Liasse.")
    names = ", ".join(one.file for one in found.accepted)
    return Check(
        NAME, True, f"{counted(len(found.accepted), 'texte ajouté', 'textes ajoutés')} : {names}."
    )
