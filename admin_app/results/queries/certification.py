"""What is known of the certification that a programme prepares for."""

from collections.abc import Sequence

from sqlalchemy import select

from admin_app.core.database import db
from admin_app.core.storage import store
from admin_app.programmes.models import ProgrammeVersion
from admin_app.results.models import (
    CertificationAuthorisation,
    CertificationMatch,
    CertificationSheet,
)


def is_certifying(programme_id: int) -> bool:
    """Whether a published version of it leads to something registered (RNCP, RS)."""
    statement = select(ProgrammeVersion.id).where(
        ProgrammeVersion.programme_id == programme_id,
        ProgrammeVersion.published_at.is_not(None),
        ProgrammeVersion.is_certifying,
    )
    return db.session.scalars(statement.limit(1)).first() is not None


def sheets_of(programme_id: int) -> Sequence[CertificationSheet]:
    """Every sheet of a programme, latest first."""
    return db.session.scalars(
        select(CertificationSheet)
        .where(CertificationSheet.programme_id == programme_id)
        .order_by(CertificationSheet.id.desc())
    ).all()


def sheet(programme_id: int) -> CertificationSheet | None:
    """The sheet that the public reads."""
    return next(iter(sheets_of(programme_id)), None)


def matches_of(programme_id: int) -> Sequence[CertificationMatch]:
    """Each time contents were matched with the certification, latest first."""
    return db.session.scalars(
        select(CertificationMatch)
        .where(CertificationMatch.programme_id == programme_id)
        .order_by(CertificationMatch.checked_on.desc(), CertificationMatch.id.desc())
    ).all()


def authorisations_of(programme_id: int) -> Sequence[CertificationAuthorisation]:
    """Every authorisation, latest first, those taken away too."""
    return db.session.scalars(
        select(CertificationAuthorisation)
        .where(CertificationAuthorisation.programme_id == programme_id)
        .order_by(CertificationAuthorisation.id.desc())
    ).all()


def authorisation(programme_id: int, key: int) -> CertificationAuthorisation | None:
    """That authorisation, when it is that programme's."""
    found = db.session.get(CertificationAuthorisation, key)
    return found if found is not None and found.programme_id == programme_id else None


def copy_of(row: CertificationAuthorisation) -> bytes | None:
    """The copy kept with an authorisation, if there is one."""
    return store.get(row.file_sha256) if row.file_sha256 else None
