"""From what remains to be done to the very page where it is done.

Each `act` of the catalogue of pieces names one of these.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from admin_app.core.access import may_open

Arguments = Callable[[int | None, int], Mapping[str, int | str]]


@dataclass(frozen=True, slots=True)
class Place:
    """The page where an act is done, and the words of the link that leads there.

    Where that page is also read by people who do not act, `by` names the page that acts.
    """

    endpoint: str
    words: str
    arguments: Arguments
    by: str = ""

    @property
    def is_mine(self) -> bool:
        """Whether the reader may do it (pages only)."""
        return may_open(self.by or self.endpoint)


def _cohort(cohort_id: int | None, _scope_id: int) -> dict[str, int]:
    return {"cohort_id": cohort_id or 0}


def _nothing(_cohort_id: int | None, _scope_id: int) -> dict[str, int]:
    return {}


def _of_scope(name: str) -> Arguments:
    return lambda _cohort_id, scope_id: {name: scope_id}


def _always(**values: str) -> Arguments:
    return lambda _cohort_id, _scope_id: values


PLACES: dict[str, Place] = {
    "programme.publish": Place(
        "programmes_office.version",
        "Ouvrir la fiche publique",
        _of_scope("version_id"),
        "programmes_office.publish",
    ),
    "cohort.session-plan": Place("cohorts_office.half_days", "Établir le déroulé", _cohort),
    "cohort.room-and-trainer": Place("cohorts_office.edit", "Affecter", _cohort),
    "resources.hand-over": Place(
        "resources_office.index", "Remettre", _cohort, "resources_office.share"
    ),
    "needs.analyse": Place("needs_office.cohort", "Saisir l’analyse", _cohort),
    "agreement.sign": Place("agreements_office.cohort", "Ouvrir la convention", _cohort),
    "agreement.sign-individual": Place("agreements_office.cohort", "Ouvrir le contrat", _cohort),
    "feedback.client": Place(
        "evaluations_office.cohort", "Solliciter", _cohort, "evaluations_office.send"
    ),
    "feedback.exit": Place(
        "evaluations_office.cohort", "Relancer", _cohort, "evaluations_office.send"
    ),
    "feedback.follow-up": Place(
        "evaluations_office.cohort", "Relancer", _cohort, "evaluations_office.send"
    ),
    "feedback.trainer": Place(
        "evaluations_office.cohort", "Solliciter", _cohort, "evaluations_office.send"
    ),
    "joining.send": Place(
        "joining_office.index", "Envoyer la convocation", _cohort, "joining_office.send_all"
    ),
    "joining.safeguarding": Place(
        "joining_office.index", "Informer", _cohort, "joining_office.send_all"
    ),
    "cohort.remote-assistance": Place("joining_office.remote_assistance", "L’écrire", _cohort),
    "needs.position": Place("needs_office.positioning", "Relancer", _cohort),
    "adaptation.accommodate": Place("adaptations_office.accommodations", "Ouvrir", _nothing),
    "evaluation.assess": Place(
        "evaluations_office.assessments", "Évaluer", _cohort, "evaluations_office.assess"
    ),
    "certificate.attestation": Place("certificates_office.index", "Établir", _cohort),
    "certificate.completion": Place("certificates_office.index", "Établir", _cohort),
    "attendance.remote": Place(
        "attendance_office.cohort", "Consigner le suivi", _cohort, "attendance_office.follow_up"
    ),
    "attendance.absence": Place(
        "attendance_office.cohort", "Consigner le motif", _cohort, "attendance_office.absence"
    ),
    "attendance.close": Place("attendance_office.cohort", "Ouvrir l’émargement", _cohort),
    "enrolment.departure": Place(
        "cohorts_office.trainees", "Consigner le motif", _cohort, "cohorts_office.reason"
    ),
    "people.trainer-review": Place(
        "people_office.add_review", "Consigner l’entretien", _of_scope("trainer_id")
    ),
    "people.trainer-development": Place(
        "people_office.add_development", "Consigner", _of_scope("trainer_id")
    ),
    "programme.required-skills": Place(
        "programmes_office.skills", "Voir ce qui est demandé", _of_scope("programme_id")
    ),
    "programme.resources-review": Place(
        "programmes_office.resources", "Consigner la revue", _of_scope("programme_id")
    ),
    "programme.certification": Place(
        "results_office.certification", "Compléter", _of_scope("programme_id")
    ),
    "results.publish": Place("results_office.programme", "Publier", _of_scope("programme_id")),
    "results.planned": Place("results_office.planned", "Choisir", _nothing),
    "cohort.particular": Place("cohorts_office.particulars", "Consigner", _cohort),
    "people.trainer-skills": Place(
        "people_office.trainer", "Ouvrir la fiche", _of_scope("trainer_id")
    ),
    "adaptation.decide": Place("adaptations_office.show", "Décider", _of_scope("request_id")),
    "adaptation.programme": Place("adaptations_office.show", "Ouvrir", _of_scope("request_id")),
    "adaptation.applied": Place("adaptations_office.show", "L’indiquer", _of_scope("request_id")),
    "complaints.acknowledge": Place(
        "complaints_office.acknowledge", "Accuser réception", _of_scope("complaint_id")
    ),
    "complaints.answer": Place("complaints_office.answer", "Répondre", _of_scope("complaint_id")),
    "complaints.close": Place("complaints_office.close", "Clore", _of_scope("complaint_id")),
    "complaints.solve": Place(
        "complaints_office.solve", "Noter la solution", _of_scope("complaint_id")
    ),
    # the register opens to those who are named alone: everyone else reads what prevention says
    "safeguarding.report": Place("safeguarding_office.index", "Ouvrir", _nothing),
    "safeguarding.contact": Place("safeguarding_office.contacts", "Nommer", _nothing),
    "safeguarding.tell-trainer": Place("safeguarding_office.trainers", "Informer", _cohort),
    "organisation.house-rules": Place("organisation_office.house_documents", "Publier", _nothing),
    "organisation.welcome-booklet": Place(
        "organisation_office.house_documents", "Publier", _nothing
    ),
    "organisation.safeguarding-procedure": Place(
        "organisation_office.house_documents", "Publier", _nothing
    ),
    "organisation.house-document": Place(
        "organisation_office.house_documents", "Écrire et publier", _nothing
    ),
    "organisation.communications-review": Place(
        "organisation_office.review_publications", "Noter la relecture", _nothing
    ),
    "organisation.place": Place(
        "organisation_office.check_place", "Vérifier le lieu", _of_scope("place_id")
    ),
    "organisation.disability-officer": Place(
        "organisation_office.identity", "Le désigner", _nothing
    ),
    "network.check": Place("adaptations_office.check_network", "Vérifier la liste", _nothing),
    "network.contact": Place("adaptations_office.note_contact", "Noter un contact", _nothing),
    "network.officer-training": Place(
        "adaptations_office.note_training", "Noter la formation", _nothing
    ),
    "watch.add": Place("watch_office.add", "Ajouter", _nothing),
    "watch.use": Place("watch_office.index", "Donner une suite", _nothing),
    "improvements.feedback-analysis": Place(
        "improvements_office.hold", "Écrire l’analyse", _always(nature="appreciations")
    ),
    "improvements.review": Place(
        "improvements_office.hold", "Tenir la revue", _always(nature="amelioration")
    ),
    "improvements.done": Place(
        "improvements_office.mark_done", "Dire qu’elle est menée", _of_scope("action_id")
    ),
    "improvements.effect": Place(
        "improvements_office.check_effect", "Vérifier l’effet", _of_scope("action_id")
    ),
    "risks.analysis": Place("risks_office.approve", "Approuver l’analyse", _nothing),
    "staff.functional-chart": Place("staff_office.chart", "Ouvrir l’organigramme", _nothing),
    "staff.team-meeting": Place("staff_office.add_meeting", "Consigner", _nothing),
    "staff.development-plan": Place("staff_office.add_plan", "Arrêter le plan", _nothing),
    "staff.review": Place(
        "staff_office.add_review", "Consigner l’entretien", _of_scope("member_id")
    ),
    "staff.development": Place("staff_office.add_development", "Consigner", _of_scope("member_id")),
    "subcontracting.contract": Place(
        "subcontracting_office.add_contract", "Consigner", _of_scope("subcontractor_id")
    ),
    "subcontracting.clauses": Place(
        "subcontracting_office.check_clauses", "Vérifier", _of_scope("subcontractor_id")
    ),
    "subcontracting.proofs": Place(
        "subcontracting_office.add_proof", "Recueillir", _of_scope("subcontractor_id")
    ),
    "subcontracting.evaluation": Place(
        "subcontracting_office.add_evaluation", "Évaluer", _of_scope("subcontractor_id")
    ),
    "funders.feedback": Place(
        "people_office.note_funder_feedback", "Consigner", _of_scope("client_id")
    ),
    "risks.review": Place("risks_office.review", "Revoir", _of_scope("risk_id")),
}


def place_of(act: str, cohort_id: int | None, scope_id: int) -> tuple[str, str]:
    """The address and the words of the link to the page where an act is done.

    Both are empty when there is no such page: what remains to be done is still told.
    """
    place = PLACES.get(act)
    if place is None or place.endpoint not in current_app.view_functions:
        return "", ""
    values: dict[str, Any] = {**place.arguments(cohort_id, scope_id)}
    return url_for(place.endpoint, **values), place.words


def way_of(act: str, cohort_id: int | None, scope_id: int) -> tuple[str, str]:
    """The same for the reader of a page: empty when that act is not theirs (pages only)."""
    place = PLACES.get(act)
    if place is None or not place.is_mine:
        return "", ""
    return place_of(act, cohort_id, scope_id)
