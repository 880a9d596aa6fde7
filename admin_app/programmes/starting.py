"""What a new programme starts with: what the organisation has said of itself already."""

from admin_app.organisation.queries import provider
from admin_app.programmes.text import ProgrammeText


def starting_text(title: str) -> ProgrammeText:
    """A first draft: contact and accessibility are proposed, to be read again."""
    title = title.strip()
    known = provider()
    if known is None:
        return ProgrammeText(title=title)
    contact = ", ".join(word for word in (known.name, known.email, known.phone) if word)
    accessibility = ""
    if known.disability_officer:
        how = known.disability_email or known.disability_phone or known.email
        accessibility = (
            "Une personne en situation de handicap peut demander un aménagement à notre "
            f"référent handicap, {known.disability_officer} ({how})."
        )
    return ProgrammeText(title=title, contact=contact, accessibility=accessibility)
