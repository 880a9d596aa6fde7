"""Pages that cannot exist without saying who may open them."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Flask, abort, current_app, g, has_request_context, request
from flask_login import current_user

from admin_app.core.access.rules import Access, Linked, Open
from admin_app.core.access.ways import declared_access, is_open
from admin_app.core.actor import Actor, ActorKind, Origin
from admin_app.core.links import LinkProblem, open_link
from admin_app.core.received import clean

V = TypeVar("V", bound=Callable[..., Any])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Pages(Blueprint):
    """The pages of one capability for one actor; each declares who may open it.

    Args:
        capability: the room, as its folder is named.
        actor: whose pages they are (office, trainer, trainee, client, auditor, public).
        prefix: the start of their addresses, in French.
    """

    def __init__(self, capability: str, actor: str, prefix: str = "") -> None:
        super().__init__(
            f"{capability}_{actor}", f"admin_app.{capability}.{actor}", url_prefix=prefix or None
        )

    def page(self, rule: str, *methods: str, allow: Access, **options: Any) -> Callable[[V], V]:
        """A page at this address, for those whom `allow` names."""

        def declare(view: V) -> V:
            view.access = allow  # type: ignore[attr-defined]
            self.add_url_rule(rule, view_func=view, methods=list(methods) or ["GET"], **options)
            return view

        return declare

    def get(self, rule: str, *, allow: Access, **options: Any) -> Callable[[V], V]:
        """A page that only reads."""
        return self.page(rule, "GET", allow=allow, **options)

    def post(self, rule: str, *, allow: Access, **options: Any) -> Callable[[V], V]:
        """An act."""
        return self.page(rule, "POST", allow=allow, **options)

    def form(self, rule: str, *, allow: Access, **options: Any) -> Callable[[V], V]:
        """A form: shown by GET, sent by POST."""
        return self.page(rule, "GET", "POST", allow=allow, **options)


def init_guards(app: Flask) -> None:
    """Check every request against what its page declares; refuse where it declares nothing."""
    app.before_request(_check)


def current_actor() -> Actor:
    """Who makes this request (pages only)."""
    link = g.get("link")
    if link is not None:
        return Actor(ActorKind(link.actor_kind), link.label, link.subject_id)
    if current_user.is_authenticated:
        return Actor(ActorKind.USER, current_user.name, current_user.id)
    return Actor(ActorKind.PUBLIC, "visiteur")


def origin() -> Origin:
    """Where this request came from (pages only)."""
    if not has_request_context():
        return Origin()
    return Origin(
        clean(request.remote_addr or "")[:45], clean(request.user_agent.string or "")[:300]
    )


def _check() -> None:
    if request.endpoint is None:
        return
    access = declared_access(current_app, request.endpoint)
    if access is None:
        abort(403)
    if isinstance(access, Linked):
        _check_link(access)
    elif access is not Open.PUBLIC and not current_user.is_authenticated:
        abort(current_app.login_manager.unauthorized())
    elif not is_open(access):
        abort(403)
    if request.method not in SAFE and current_app.config.get("WTF_CSRF_ENABLED", True):
        current_app.extensions["csrf"].protect()


def _check_link(access: Linked) -> None:
    arguments = request.view_args or {}
    try:
        g.link = open_link(str(arguments.get("token", "")), access.purposes)
    except LinkProblem as problem:
        g.link = None
        abort(current_app.extensions["liasse.link_problem"](problem))
