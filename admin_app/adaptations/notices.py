"""The messages of a request for adaptation. None says anything of a person's health."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import current_app

from admin_app.adaptations.models import AdaptationRequest
from admin_app.core import links
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.links import Purpose
from admin_app.core.mail import Attachment, post
from admin_app.organisation.queries import provider
from admin_app.programmes.models import ProgrammeVersion

LINK_LASTS = timedelta(days=400)


def follow_url(request: AdaptationRequest, at: datetime) -> str:
    """The address where whoever asked follows the request; the same at each call."""
    link = links.current_or_create(
        Purpose.ADAPTATION,
        actor_kind=ActorKind.CLIENT,
        subject=("adaptation", request.id),
        label=request.contact_name,
        email=request.email,
        at=at,
        expires_at=at + LINK_LASTS,
    )
    return links.url(link, "/demande")


def received(request: AdaptationRequest, version: ProgrammeVersion, at: datetime) -> None:
    """To whoever asked; to the office; to the disability officer when a call is asked for."""
    _to_client("received", "Votre demande est bien arrivée", request, at, title=version.title)
    known = provider()
    if known is None:
        return
    page = _office_url(f"/adaptations/{request.id}")
    subject = f"Demande d’adaptation {request.reference} – {request.organisation}"
    _inside("to-handle", (known.name, known.email), subject, request, at, url=page)
    if request.particular_needs and known.disability_email:
        to = (known.disability_officer or known.name, known.disability_email)
        page = _office_url("/adaptations/amenagements")
        _inside("to-call", to, f"{request.organisation} : un appel à passer", request, at, url=page)


def acknowledged(request: AdaptationRequest, message: str, by: Actor, at: datetime) -> None:
    """Someone has read the request."""
    subject = "Nous étudions votre demande"
    _to_client("acknowledged", subject, request, at, message=message, who=by.label)


def decided(
    request: AdaptationRequest,
    promises: Sequence[str],
    at: datetime,
    attachments: tuple[Attachment, ...] = (),
) -> None:
    """The answer, its reason and what is promised."""
    subject = "Notre réponse à votre demande"
    _to_client("decided", subject, request, at, attachments=attachments, promises=promises)


def adapted_ready(request: AdaptationRequest, at: datetime) -> None:
    """The adapted programme can be read."""
    _to_client("adapted", "Votre programme adapté est prêt", request, at)


def _to_client(
    template: str,
    subject: str,
    request: AdaptationRequest,
    at: datetime,
    attachments: tuple[Attachment, ...] = (),
    **context: object,
) -> None:
    post(
        f"adaptation-{template}",
        to=(request.contact_name, request.email),
        subject=f"{subject} ({request.reference})",
        about=("adaptation", request.id),
        at=at,
        cohort_id=request.cohort_id,
        attachments=attachments,
        demand=request,
        url=follow_url(request, at),
        **context,
    )


def _inside(
    template: str,
    to: tuple[str, str],
    subject: str,
    request: AdaptationRequest,
    at: datetime,
    url: str,
) -> None:
    post(
        f"adaptation-{template}",
        to=to,
        subject=subject,
        about=("adaptation", request.id),
        at=at,
        demand=request,
        url=url,
    )


def _office_url(path: str) -> str:
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + path
