"""Who has an account: the administrator's pages."""

from typing import Any

from flask import request
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.accounts import operations, queries
from admin_app.accounts.attachments import attachables
from admin_app.accounts.forms import EXPLAINED, AccountForm
from admin_app.accounts.models import User
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, Role, current_actor, origin
from admin_app.core.formatting import of_name
from admin_app.core.pages import done, go, invalid, keep, or_404, page_number, render

pages = Pages("accounts", "office", "/acces")
MANAGE = Permission.ACCOUNTS_MANAGE
Reply = str | tuple[str, int] | Response


@pages.get("", allow=MANAGE)
def index() -> Reply:
    """Everyone who has an account."""
    at, sought = clock.now(), request.args
    page = queries.accounts(
        page_number(),
        at,
        text=sought.get("q", ""),
        role=sought.get("role", ""),
        state=sought.get("etat", ""),
    )
    return render(
        "accounts/index.html",
        page=page.map(lambda user: (user, queries.state_of(user, at))),
        roles=[(role.value, role.label) for role in Role],
        states=list(queries.STATES.items()),
    )


@pages.form("/inviter", allow=MANAGE)
def invite() -> Reply:
    """Invite someone; the address may say whom (`?nom=…&adresse=…&role=trainer&fiche=12`)."""
    form = AccountForm()
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.invite(
                form.account(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if made is not None:
            return go("accounts_office.index", f"L’invitation {of_name(made.label)} est partie.")
    if request.method == "POST":
        return invalid("accounts/invite.html", form=form, **_choices())
    form.suggest(request.args)
    return render("accounts/invite.html", form=form, **_choices())


@pages.form("/<int:user_id>", allow=MANAGE)
def show(user_id: int) -> Reply:
    """One account: its roles, its file, the end of its access."""
    user = or_404(queries.user(user_id))
    form = AccountForm()
    if form.is_sent:
        changed = keep(
            form,
            lambda: operations.change_account(
                user, form.account(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if changed is not None:
            still = user_id != current_user.id or MANAGE in changed.permissions  # they gave it up
            page = "accounts_office.index" if still else "accounts_public.account"
            return go(page, f"L’accès {of_name(changed.name)} est modifié.")
    if request.method == "POST":
        return invalid("accounts/show.html", form=form, **_of(user))
    form.show(user)
    return render("accounts/show.html", form=form, **_of(user))


@pages.post("/<int:user_id>/inviter-de-nouveau", allow=MANAGE)
def invite_again(user_id: int) -> Reply:
    """Send a new invitation."""
    user = or_404(queries.user(user_id))
    return done(
        lambda: operations.invite_again(user, by=current_actor(), at=clock.now(), origin=origin()),
        "accounts_office.show",
        f"Une nouvelle invitation {of_name(user.name)} est partie.",
        user_id=user_id,
    )


@pages.post("/<int:user_id>/fermer", allow=MANAGE)
def disable(user_id: int) -> Reply:
    """Close an access at once."""
    user = or_404(queries.user(user_id))
    return done(
        lambda: operations.disable(user, by=current_actor(), at=clock.now(), origin=origin()),
        "accounts_office.show",
        f"L’accès {of_name(user.name)} est fermé.",
        user_id=user_id,
    )


@pages.post("/<int:user_id>/rouvrir", allow=MANAGE)
def enable(user_id: int) -> Reply:
    """Open a closed access again."""
    user = or_404(queries.user(user_id))
    return done(
        lambda: operations.enable(user, by=current_actor(), at=clock.now(), origin=origin()),
        "accounts_office.show",
        f"L’accès {of_name(user.name)} est rouvert.",
        user_id=user_id,
    )


def _choices() -> dict[str, Any]:
    return {
        "explained": {role.value: words for role, words in EXPLAINED.items()},
        "offered": {
            one.field: [f"{name} (n° {key})" for key, name in one.options(100)]
            for one in attachables()
        },
    }


def _of(user: User) -> dict[str, Any]:
    return _choices() | {"user": user, "state": queries.state_of(user, clock.now())}
