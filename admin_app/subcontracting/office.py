"""The office's pages about subcontractors."""

from typing import Any

from flask import request
from flask_login import current_user
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor
from admin_app.core.formatting import day
from admin_app.core.pages import done, download, go, or_404, page_number, render
from admin_app.core.pages.answers import Reply, answer, did
from admin_app.core.uploads import MIME
from admin_app.subcontracting import forms, operations, queries
from admin_app.subcontracting.models import Subcontractor
from admin_app.subcontracting.words import (
    ASKED,
    CHECK,
    EVALUATION,
    KINDS,
    NAMES,
    PROOFS,
    STATES,
    VERDICTS,
)
from compliance.clauses import clauses_on

pages = Pages("subcontracting", "office", prefix="/sous-traitance")
FOLLOW, MANAGE = Permission.SUBCONTRACTING_FOLLOW, Permission.SUBCONTRACTING_MANAGE
ACT = "layouts/act.html"
ONE = "/<int:subcontractor_id>"
HOME: tuple[str, str, dict[str, Any]] = ("Sous-traitance", "subcontracting_office.index", {})


@pages.get("/", allow=FOLLOW)
def index() -> str:
    """The register."""
    sought, today = request.args, clock.today()
    return render(
        "subcontracting/index.html",
        page=queries.subcontractors(
            page_number(), today, text=sought.get("q", ""), state=sought.get("etat", "")
        ),
        is_filtered=any(sought.get(name) for name in ("q", "etat")),
        kinds=KINDS,
    )


@pages.form("/ajouter", allow=FOLLOW)
def add() -> Reply:
    """Enter a subcontractor."""
    form = forms.SubcontractorForm(data={"kind": "subcontractor", "added_on": clock.today()})
    if did(
        form,
        lambda: operations.add_subcontractor(form.details(), by=current_actor(), at=clock.now()),
    ):
        return go("subcontracting_office.index", "Le sous-traitant est au registre.")
    return answer(ACT, form=form, title="Ajouter un sous-traitant", trail=[HOME])


@pages.get(ONE, allow=FOLLOW)
def show(subcontractor_id: int) -> str:
    """One subcontractor."""
    found, today = _the(subcontractor_id), clock.today()
    return render(
        "subcontracting/show.html",
        row=found,
        file=queries.file_of(found, today),
        today=today,
        kinds=KINDS,
        proofs=PROOFS,
        asked=ASKED,
        states=STATES,
        verdicts=VERDICTS,
        clauses=clauses_on(today),
    )


@pages.form(f"{ONE}/modifier", allow=FOLLOW)
def edit(subcontractor_id: int) -> Reply:
    """Change what is said of it."""
    found = _the(subcontractor_id)
    form = forms.SubcontractorForm(obj=found)
    if did(
        form,
        lambda: operations.change_subcontractor(
            found, form.details(), by=current_actor(), at=clock.now()
        ),
    ):
        return _back(subcontractor_id, "La fiche est enregistrée.")
    return _answer(form, found, "Modifier la fiche")


@pages.post(f"{ONE}/archiver", allow=FOLLOW)
def archive(subcontractor_id: int) -> Reply:
    """Work with it no more."""
    found = _the(subcontractor_id)
    return done(
        lambda: operations.archive(found, by=current_actor(), at=clock.now()),
        "subcontracting_office.index",
        f"{found.name} est archivé.",
    )


@pages.post(f"{ONE}/reprendre", allow=FOLLOW)
def restore(subcontractor_id: int) -> Reply:
    """Work with it again."""
    found = _the(subcontractor_id)
    return done(
        lambda: operations.restore(found, by=current_actor(), at=clock.now()),
        "subcontracting_office.show",
        f"{found.name} est repris.",
        subcontractor_id=subcontractor_id,
    )


@pages.form(f"{ONE}/contrats/ajouter", allow=FOLLOW)
def add_contract(subcontractor_id: int) -> Reply:
    """Enter a signed contract with its scan."""
    found, form = _the(subcontractor_id), forms.ContractForm()
    if did(
        form,
        lambda: operations.sign_contract(
            found, form.details(), file=form.upload(), by=current_actor(), at=clock.now()
        ),
    ):
        return _back(subcontractor_id, "Le contrat est consigné : vérifiez-en les clauses.")
    return _answer(form, found, "Consigner un contrat signé")


@pages.form(f"{ONE}/clauses", allow=MANAGE)
def check_clauses(subcontractor_id: int) -> Reply:
    """Look at the clauses of the contract one by one (the last one, or « ?contrat= »)."""
    found = _the(subcontractor_id)
    wanted = request.args.get("contrat", type=int)
    contract = (
        or_404(queries.contract(subcontractor_id, wanted))
        if wanted
        else queries.latest_contract(subcontractor_id)
    )
    if contract is None:
        words = "Consignez d’abord le contrat signé : ses clauses se vérifient ensuite."
        return go("subcontracting_office.add_contract", words, subcontractor_id=subcontractor_id)
    clauses = clauses_on(clock.today())
    form = forms.clauses_form(clauses)(data={"on": clock.today()})
    if did(
        form,
        lambda: operations.check_clauses(
            found,
            contract,
            forms.answers_of(form, clauses),
            on=form.on.data,
            by=current_actor(),
            at=clock.now(),
        ),
    ):
        return _back(subcontractor_id, "La vérification des clauses est consignée.")
    context = {"trail": _trail(found), "subtitle": f"Contrat signé le {day(contract.signed_on)}"}
    return answer(
        "subcontracting/clauses.html",
        form=form,
        title="Vérifier les clauses",
        clauses=clauses,
        contract=contract,
        **context,
    )


@pages.form(f"{ONE}/justificatifs/ajouter", allow=FOLLOW)
def add_proof(subcontractor_id: int) -> Reply:
    """Keep a proof."""
    found = _the(subcontractor_id)
    form = forms.ProofForm(
        data={"obtained_on": clock.today(), "kind": request.args.get("sorte", "")}
    )
    if did(
        form,
        lambda: operations.add_proof(
            found, form.details(), file=form.upload(), by=current_actor(), at=clock.now()
        ),
    ):
        return _back(subcontractor_id, "Le justificatif est consigné.")
    return _answer(form, found, "Recueillir un justificatif")


@pages.form(f"{ONE}/evaluations/ajouter", allow=MANAGE)
def add_evaluation(subcontractor_id: int) -> Reply:
    """Keep the evaluation of the year."""
    found = _the(subcontractor_id)
    form = forms.EvaluationForm(data={"held_on": clock.today(), "held_by": current_user.name})
    if did(
        form,
        lambda: operations.evaluate(found, form.details(), by=current_actor(), at=clock.now()),
    ):
        return _back(subcontractor_id, "L’évaluation est consignée.")
    return _answer(form, found, "Évaluer le sous-traitant")


@pages.form(f"{ONE}/intervenants/ajouter", allow=FOLLOW)
def link_trainer(subcontractor_id: int) -> Reply:
    """Say which trainer it sends."""
    found, form = _the(subcontractor_id), forms.TrainerForm()
    form.offer(queries.trainer_choices())
    if did(
        form,
        lambda: operations.link_trainer(
            found, form.trainer_id.data, by=current_actor(), at=clock.now()
        ),
    ):
        return _back(subcontractor_id, "L’intervenant est rattaché.")
    return _answer(form, found, "Rattacher un intervenant")


@pages.post(f"{ONE}/intervenants/<int:trainer_id>/detacher", allow=FOLLOW)
def unlink_trainer(subcontractor_id: int, trainer_id: int) -> Reply:
    """Say that it no longer sends a trainer."""
    found = _the(subcontractor_id)
    trainer = or_404(queries.trainer_of(subcontractor_id, trainer_id))
    return done(
        lambda: operations.unlink_trainer(found, trainer, by=current_actor(), at=clock.now()),
        "subcontracting_office.show",
        f"{trainer.name} n’est plus rattaché.",
        subcontractor_id=subcontractor_id,
    )


@pages.form(f"{ONE}/ecarter/<kind>/<int:key>", allow=FOLLOW)
def set_aside(subcontractor_id: int, kind: str, key: int) -> Reply:
    """Set aside what was entered by mistake."""
    found, form = _the(subcontractor_id), forms.WhyForm()
    kept = or_404(queries.kept(subcontractor_id, kind, key))
    if kind in {CHECK, EVALUATION} and MANAGE not in current_user.permissions:
        raise Forbidden
    if did(
        form,
        lambda: (
            operations.set_aside(
                found, kind, kept, form.why.data or "", by=current_actor(), at=clock.now()
            )
            or True
        ),
    ):
        return _back(subcontractor_id, "C’est écarté : cela ne compte plus, et reste lisible.")
    return _answer(form, found, f"Écarter {NAMES[kind]}")


@pages.get(f"{ONE}/fichiers/<kind>/<int:key>", allow=FOLLOW)
def scan(subcontractor_id: int, kind: str, key: int) -> Response:
    """The scan of a contract or of a proof."""
    row = or_404(queries.kept(subcontractor_id, kind, key))
    or_404(row if hasattr(row, "file_sha256") else None)
    return download(or_404(queries.stored(row)), row.file_name, MIME[row.file_kind])


def _the(key: int) -> Subcontractor:
    return or_404(queries.subcontractor(key))


def _trail(found: Subcontractor) -> list[tuple[str, str, dict[str, Any]]]:
    one = {"subcontractor_id": found.id}
    return [HOME, (found.name, "subcontracting_office.show", one)]


def _answer(form: Any, found: Subcontractor, title: str) -> Reply:
    return answer(ACT, form=form, title=title, subtitle=found.name, trail=_trail(found))


def _back(key: int, words: str) -> Response:
    return go("subcontracting_office.show", words, subcontractor_id=key)
