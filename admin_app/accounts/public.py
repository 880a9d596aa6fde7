"""Signing in and out, passwords, personal links: the pages that need no permission."""

from collections.abc import Callable

from flask import g, redirect, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from admin_app.accounts import operations, queries
from admin_app.accounts.forms import ChangePasswordForm, ForgottenForm, PasswordForm, SignInForm
from admin_app.accounts.limits import limiter
from admin_app.accounts.models import User
from admin_app.accounts.operations.signing_in import TooSoon
from admin_app.accounts.queries import home_endpoint
from admin_app.accounts.signed_in import safe_next
from admin_app.core import clock
from admin_app.core.access import PUBLIC, SIGNED_IN, Pages, Purpose, linked, origin
from admin_app.core.errors import Refused
from admin_app.core.pages import go, invalid, keep, or_404, render

pages = Pages("accounts", "public")
Reply = str | tuple[str, int] | Response


@pages.form("/connexion", allow=PUBLIC)
@limiter.limit("30 per minute", methods=["POST"])
def sign_in() -> Reply:
    """The sign-in page."""
    form = SignInForm(suite=request.args.get("suite", ""))
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(url_for(home_endpoint(current_user)))
        return render("accounts/sign_in.html", form=form)
    status = 422
    if form.is_sent:
        try:
            user = operations.sign_in(
                form.email.data or "", form.password.data or "", at=clock.now(), origin=origin()
            )
        except Refused as refused:
            form.refuse(refused)
            status = 429 if isinstance(refused, TooSoon) else 422
        else:
            return _let_in(user, safe_next(form.suite.data or ""))
    return render("accounts/sign_in.html", form=form), status


@pages.post("/deconnexion", allow=SIGNED_IN)
def sign_out() -> Reply:
    """Leave."""
    operations.sign_out(_me(), at=clock.now(), origin=origin())
    _forget()
    return go("accounts_public.sign_in", "Vous êtes déconnecté(e).")


@pages.form("/mot-de-passe-oublie", allow=PUBLIC)
@limiter.limit("6 per minute", methods=["POST"])
def forgotten() -> Reply:
    """Ask for a link to choose a new password; the answer is the same for every address."""
    form = ForgottenForm()
    if form.is_sent:
        operations.ask_reset(form.email.data or "")
        return render("accounts/forgotten_sent.html", email=(form.email.data or "").strip())
    if request.method == "POST":
        return invalid("accounts/forgotten.html", form=form)
    return render("accounts/forgotten.html", form=form)


@pages.form("/l/<token>/acces", allow=linked(Purpose.INVITATION))
def accept(token: str) -> Reply:
    """Choose a first password, from an invitation."""
    return _choose("accounts/accept.html", operations.accept, "Bienvenue. Votre accès est ouvert.")


@pages.form("/l/<token>/mot-de-passe", allow=linked(Purpose.PASSWORD_RESET))
def reset(token: str) -> Reply:
    """Choose a new password, from the link that was asked for."""
    return _choose("accounts/reset.html", operations.reset, "Votre mot de passe est changé.")


@pages.form("/mon-compte", allow=SIGNED_IN)
def account() -> Reply:
    """One's own account: who one is here, one's password, one's open sessions."""
    form = ChangePasswordForm()
    if form.is_sent:
        changed = keep(
            form,
            lambda: operations.change_password(
                _me(),
                form.present.data or "",
                form.password.data or "",
                at=clock.now(),
                origin=origin(),
            ),
        )
        if changed is not None:
            _remember(changed)
            return go(
                "accounts_public.account",
                "Votre mot de passe est changé. Vos autres sessions sont terminées.",
            )
    if request.method == "POST":
        return invalid("accounts/account.html", form=form)
    return render("accounts/account.html", form=form)


@pages.post("/mon-compte/deconnecter-partout", allow=SIGNED_IN)
def sign_out_everywhere() -> Reply:
    """End one's sessions on every device."""
    operations.sign_out_everywhere(_me(), at=clock.now(), origin=origin())
    _forget()
    return go("accounts_public.sign_in", "Toutes vos sessions sont terminées.")


def _choose(template: str, choose: Callable[..., User], message: str) -> Reply:
    form = PasswordForm()
    if form.is_sent:
        link = g.link
        user = keep(
            form, lambda: choose(link, form.password.data or "", at=clock.now(), origin=origin())
        )
        if user is not None:
            _remember(user)
            return go(home_endpoint(user), message)
    if request.method == "POST":
        return invalid(template, form=form, link=g.link)
    return render(template, form=form, link=g.link)


def _let_in(user: User, wanted: str) -> Response:
    _remember(user)
    return redirect(wanted or url_for(home_endpoint(user)), code=303)


def _remember(user: User) -> None:
    g.link = None
    session.clear()
    session.permanent = True
    login_user(user)


def _forget() -> None:
    logout_user()
    session.clear()


def _me() -> User:
    return or_404(queries.user(current_user.id))
