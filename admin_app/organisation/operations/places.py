"""Places where training happens."""

from dataclasses import asdict, dataclass
from datetime import datetime

from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act, touch_scope
from admin_app.journal.operations import record
from admin_app.organisation.models import Place
from admin_app.organisation.queries import place_of_name


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDetails:
    """A place. `address` is needed unless it is a remote classroom; `accessibility` says how
    someone with a disability comes in and moves about, or whom to ask."""

    name: str
    address: str = ""
    is_remote: bool = False
    accessibility: str = ""
    equipment: str = ""


@act
def add_place(
    details: PlaceDetails, *, by: Actor, at: datetime, origin: Origin | None = None
) -> Place:
    """Add a place.

    Raises:
        Problems: no name, no address, or a place of that name exists.
    """
    place = Place(**_checked(details, None))
    db.session.add(place)
    db.session.flush()
    _note("organisation.place-added", f"Lieu ajouté : {place.name}.", place, by, at, origin)
    return place


@act
def change_place(
    place: Place, details: PlaceDetails, *, by: Actor, at: datetime, origin: Origin | None = None
) -> Place:
    """Change a place. Documents issued before keep what they said.

    Raises:
        Problems: as for `add_place`.
    """
    for name, value in _checked(details, place).items():
        setattr(place, name, value)
    _note("organisation.place-changed", f"Lieu modifié : {place.name}.", place, by, at, origin)
    return place


@act
def archive_place(place: Place, *, by: Actor, at: datetime, origin: Origin | None = None) -> None:
    """Offer a place no more; the cohorts that used it keep it.

    Raises:
        Refused: it is archived already.
    """
    if place.archived_at is not None:
        raise Refused("Ce lieu est déjà archivé.")
    place.archived_at = at
    _note("organisation.place-archived", f"Lieu archivé : {place.name}.", place, by, at, origin)


@act
def restore_place(place: Place, *, by: Actor, at: datetime, origin: Origin | None = None) -> None:
    """Offer an archived place again.

    Raises:
        Refused: it is not archived.
    """
    if place.archived_at is None:
        raise Refused("Ce lieu n’est pas archivé.")
    place.archived_at = None
    _note("organisation.place-restored", f"Lieu repris : {place.name}.", place, by, at, origin)


def _checked(details: PlaceDetails, place: Place | None) -> dict[str, object]:
    name = " ".join(details.name.split())
    problems = []
    if not name:
        problems.append(Refused("Indiquez le nom du lieu.", "name"))
    if not details.is_remote and not details.address.strip():
        problems.append(Refused("Indiquez l’adresse, ou cochez « classe à distance ».", "address"))
    same = place_of_name(name) if name else None
    if same is not None and (place is None or same.id != place.id):
        problems.append(Refused(f"Un lieu s’appelle déjà « {name} ».", "name"))
    refuse_if_any(problems)
    values = asdict(details)
    texts = ("address", "accessibility", "equipment")
    return values | {"name": name} | {text: values[text].strip() for text in texts}


def _note(
    action: str, summary: str, place: Place, by: Actor, at: datetime, origin: Origin | None
) -> None:
    subject = ("place", place.id)
    record(action, by=by, at=at, summary=summary, subject=subject, origin=origin)
    touch_scope(*subject)  # its name and whether it is in use change what is expected
