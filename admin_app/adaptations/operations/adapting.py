"""The adapted programme: made from the standard one, published, taught to a cohort."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from admin_app.adaptations import notices
from admin_app.adaptations.models import Adaptation, AdaptationRequest
from admin_app.adaptations.operations.application import refresh_applied
from admin_app.adaptations.operations.common import refuse_unless, told
from admin_app.adaptations.operations.deciding import promise_problems
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.operations import use_version
from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act, locked
from admin_app.documents.packing import digest
from admin_app.evidence import operations as evidence
from admin_app.needs.operations.analysis import link_to_cohort
from admin_app.needs.queries.analysis import of_request
from admin_app.programmes.diff import changed, compare
from admin_app.programmes.models import Programme, ProgrammeVersion
from admin_app.programmes.operations import copy_programme
from admin_app.programmes.text import text_of

ADAPTED = "adapted-programme"


@act
def make_adapted(request: AdaptationRequest, *, by: Actor, at: datetime) -> ProgrammeVersion:
    """Copy the standard programme into a draft for this client, out of the catalogue.

    Raises:
        Refused: the request is not accepted, or its programme was made already.
    """
    refuse_unless(request, ("accepted",), "Seule une demande acceptée a un programme adapté.")
    if request.adapted_version_id is not None:
        raise Refused("Le programme adapté existe déjà.")
    base = db.session.get_one(ProgrammeVersion, request.version_id)
    version = copy_programme(base, reference=_reference(request, base), by=by, at=at)
    request.adapted_version_id, request.changes_programme = version.id, True
    words = f"Demande {request.reference} : programme adapté {version.programme.reference} préparé."
    told(request, "adaptations.make-adapted", words, by=by, at=at)
    return version


@act
def set_promises(
    request: AdaptationRequest, labels: Sequence[str], *, by: Actor, at: datetime
) -> list[Adaptation]:
    """Write the list of promised changes anew; those already applied cannot leave it.

    Raises:
        Refused: the request is not accepted, the list is empty or wrong, or one that leaves it
            was applied.
    """
    refuse_unless(request, ("accepted",), "Les adaptations se promettent en acceptant la demande.")
    wanted = [label.strip() for label in labels if label.strip()]
    if not wanted:
        raise Refused("Dites ce qui est promis : une adaptation par ligne.", "promises")
    refuse_if_any(promise_problems(wanted))
    standing = {one.label: one for one in _promises(request)}
    for label, one in standing.items():
        if label in wanted:
            continue
        if one.half_day_id is not None:
            raise Refused(f"« {label} » est déjà appliquée : gardez cette ligne.", "promises")
        db.session.delete(one)
    db.session.add_all(
        Adaptation(request_id=request.id, label=label) for label in wanted if label not in standing
    )
    db.session.flush()
    words = f"Demande {request.reference} : adaptations promises précisées."
    told(request, "adaptations.promises", words, by=by, at=at)
    refresh_applied(request, by=by, at=at)
    return _promises(request)


@act
def attach_to_cohort(
    request: AdaptationRequest, cohort: Cohort, *, by: Actor, at: datetime
) -> AdaptationRequest:
    """Say for which cohort the request was made: its pieces and its programme follow.

    The evidence already recorded is filed with the cohort as it stands: when it was recorded does
    not change. The cohort then teaches the adapted programme, if that is published. A request whose
    cohort was cancelled before anything was applied can join another.

    Raises:
        Refused: it belongs to another cohort, has no client, or its client is not in the cohort.
    """
    if request.cohort_id == cohort.id:
        return request
    if not is_free(request):
        raise Refused("Cette demande est déjà rattachée à une autre session.")
    if request.client_id is None:
        raise Refused("Rattachez d’abord la demande à un client.", "cohort_id")
    if request.client_id not in {one.client_id for one in cohort.clients}:
        raise Refused(
            f"Ajoutez d’abord {request.organisation} aux clients de la session {cohort.reference}.",
            "cohort_id",
        )
    former_id, request.cohort_id = request.cohort_id, cohort.id
    analysis = of_request(request.id)
    if analysis is not None:
        link_to_cohort(analysis, cohort.id, by=by, at=at)
    evidence.file_with_cohort(("adaptation", request.id), cohort.id, former_id=former_id)
    words = f"Demande {request.reference} rattachée à la session {cohort.reference}."
    told(request, "adaptations.attach-cohort", words, by=by, at=at)
    _teach_adapted(request, by, at)
    return request


def is_free(request: AdaptationRequest) -> bool:
    """Whether a cohort can still be given to it: none has it, or the one it had was cancelled."""
    if request.cohort_id is None:
        return True
    former = db.session.get_one(Cohort, request.cohort_id)
    is_begun = any(one.half_day_id is not None for one in _promises(request))
    return former.cancelled_at is not None and not is_begun


@act
def follow_publication(version: ProgrammeVersion, *, by: Actor, at: datetime) -> None:
    """When the adapted programme of a request is published: evidence, message, cohort.

    Called by `programmes.operations.publish`, whatever page it was published from.
    """
    request = request_of(version.programme)
    if request is None or locked(request).state != "accepted":
        return
    request.adapted_version_id = version.id
    scope = ("adaptation", request.id)
    why = f"remplacé par la version {version.number}"
    evidence.withdraw_all(ADAPTED, scope=scope, why=why, by=by, at=at)
    base = db.session.get_one(ProgrammeVersion, version.programme.adapted_from_id)
    labels = [row.label for row in changed(compare(text_of(base), text_of(version)))]
    evidence.record(
        ADAPTED,
        scope=scope,
        label=f"{version.programme.reference}, version {version.number}, adapté pour "
        f"{request.organisation}",
        occurred_on=clock.day_of(at),
        by=by,
        at=at,
        source=("programme-version", version.id),
        facts={
            "standard_version": base.id,
            "differences": labels,
            "text_sha256": digest(text_of(version).as_dict()),
        },
        cohort_id=request.cohort_id,
    )
    words = f"Demande {request.reference} : programme adapté publié."
    told(request, "adaptations.adapted", words, by=by, at=at)
    notices.adapted_ready(request, at)
    _teach_adapted(request, by, at)


def _teach_adapted(request: AdaptationRequest, by: Actor, at: datetime) -> None:
    if request.cohort_id is None or request.adapted_version_id is None:
        return
    version = db.session.get_one(ProgrammeVersion, request.adapted_version_id)
    cohort = db.session.get_one(Cohort, request.cohort_id)
    if version.published_at is not None and cohort.version_id != version.id:
        use_version(cohort, version.id, by=by, at=at)


def request_of(programme: Programme) -> AdaptationRequest | None:
    """The request that this programme was adapted for."""
    if programme.adapted_from_id is None:
        return None
    return db.session.scalars(
        select(AdaptationRequest)
        .join(ProgrammeVersion, ProgrammeVersion.id == AdaptationRequest.adapted_version_id)
        .where(ProgrammeVersion.programme_id == programme.id)
    ).first()


def _promises(request: AdaptationRequest) -> list[Adaptation]:
    return list(
        db.session.scalars(
            select(Adaptation).where(Adaptation.request_id == request.id).order_by(Adaptation.id)
        )
    )


def _reference(request: AdaptationRequest, base: ProgrammeVersion) -> str:
    return f"{base.programme.reference[:14]}-{request.reference}"
