"""The closed vocabularies of the rules: values are codes, ``label`` is what people read.

Values are stable (they are stored in databases, written in data files and printed by the
command line); labels are French and may be improved at any time.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A code with its French label: ``MEMBER = "code", "libellé"``."""

    _label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member._label = label
        return member

    @property
    def label(self) -> str:
        """The French words shown to users."""
        return self._label


class ActionCategory(Word):
    """The four kinds of action of article L. 6313-1 of the code du travail."""

    TRAINING = "AF", "action de formation"
    SKILLS_REVIEW = "BC", "bilan de compétences"
    VAE = "VAE", "validation des acquis de l’expérience"
    APPRENTICESHIP = "CFA", "action de formation par apprentissage"


class Modality(Word):
    """Where and how a cohort is taught."""

    IN_PERSON = "in-person", "présentiel"
    REMOTE = "remote", "distanciel"
    BLENDED = "blended", "mixte"
    WORKPLACE = "workplace", "en situation de travail (AFEST)"


class HalfDayPeriod(Word):
    """The two halves of a training day; attendance is signed for each."""

    MORNING = "morning", "matin"
    AFTERNOON = "afternoon", "après-midi"


class MarkState(Word):
    """What the trainer notes of one trainee on one half-day. Reasons are kept beside it."""

    PRESENT = "present", "présent"
    LATE = "late", "arrivé en retard"
    LEFT_EARLY = "left-early", "parti avant la fin"
    LATE_AND_LEFT_EARLY = "late-and-left-early", "arrivé en retard et parti avant la fin"
    ABSENT = "absent", "absent"

    @property
    def attends(self) -> bool:
        """True when the trainee was in the room for at least a part, hence must sign."""
        return self is not MarkState.ABSENT


class Departure(Word):
    """How an enrolment ended before its term."""

    WITHDRAWN_BEFORE = "withdrawn-before", "désistement avant le début"
    REPLACED = "replaced", "remplacé avant le début"
    DROPOUT = "dropout", "abandon en cours de formation"


class RecognitionKind(Word):
    """What a programme leads to (« type de reconnaissance » of the public information)."""

    ATTESTATION = "attestation", "attestation de fin de formation, sans certification"
    RNCP = "rncp", "certification enregistrée au RNCP"
    RNCP_BLOCK = "rncp-block", "bloc de compétences d’une certification du RNCP"
    RS = "rs", "certification ou habilitation enregistrée au Répertoire spécifique"
    CQP = "cqp", "certificat de qualification professionnelle non enregistré"
    REGULATORY = "regulatory", "habilitation ou formation exigée par un texte"

    @property
    def is_certifying(self) -> bool:
        """True for what is registered at the RNCP or at the Répertoire spécifique."""
        return self in (RecognitionKind.RNCP, RecognitionKind.RNCP_BLOCK, RecognitionKind.RS)


class ScopeKind(Word):
    """What a piece of evidence is about; together with a key, it names the exact subject."""

    COHORT = "cohort", "session"
    PROGRAMME = "programme", "formation du catalogue"
    CLIENT = "client", "client de la session"
    ENROLMENT = "enrolment", "inscription"
    HALF_DAY = "half-day", "demi-journée"
    MARK = "mark", "pointage d’un stagiaire"
    TRAINER = "trainer", "formateur"
    TRAINER_IN_COHORT = "trainer-in-cohort", "formateur de la session"
    ADAPTATION = "adaptation", "demande d’adaptation"
    ACCOMMODATION = "accommodation", "demande d’aménagement"
    PROVIDER = "provider", "organisme de formation"
    CATALOGUE_ENTRY = "catalogue-entry", "formation, toutes versions"
    PLACE = "place", "lieu de formation"
    STAFF = "staff", "membre de l’équipe"
    SUBCONTRACTOR = "subcontractor", "sous-traitant"
    FUNDER = "funder", "financeur"
    COMPLAINT = "complaint", "réclamation ou aléa"
    IMPROVEMENT = "improvement", "action d’amélioration"
    RISK = "risk", "risque"
    REPORT = "report", "signalement"


class Owner(Word):
    """Who owes a piece; the label carries its article (« l’équipe administrative »)."""

    OFFICE = "office", "l’équipe administrative"
    TRAINER = "trainer", "le formateur ou la formatrice"
    TRAINEE = "trainee", "le ou la stagiaire"
    CLIENT = "client", "le client"
    FUNDER = "funder", "le financeur"
    QUALITY_MANAGER = "quality-manager", "le ou la responsable qualité"
    DISABILITY_OFFICER = "disability-officer", "le référent handicap"


class CoverageStatus(Word):
    """What can be said of an indicator or of one expected piece on a given day.

    Never « conforme »: only a certification body judges.
    """

    COVERED = "covered", "couvert"
    PARTIAL = "partial", "partiel"
    UPCOMING = "upcoming", "à venir"
    LATE = "late", "en retard"
    REVIEW = "review", "à examiner"
    AWAITED = "awaited", "texte attendu"
    NOT_APPLICABLE = "not-applicable", "non applicable"


class Layer(Word):
    """Who speaks: the text itself, the official guide that reads it, or Liasse."""

    LAW = "law", "exigence du texte"
    READING = "reading", "guide de lecture"
    OURS = "ours", "bonne pratique"


class Gravity(Word):
    """How a nonconformity on an indicator may be graded by the certification body."""

    MAJOR = "major", "majeure uniquement"
    MINOR_OR_MAJOR = "minor-or-major", "mineure ou majeure"
    AWAITED = "awaited", "gradation attendue (texte à paraître)"


class Outcome(Word):
    """What a piece of evidence proves: the thing itself, or that it was asked for."""

    OBTAINED = "obtained", "obtenu"
    TRIED = "tried", "sollicité sans réponse"


class ReviewDecision(Word):
    """What a person decided after looking at a piece of evidence."""

    ACCEPTED = "accepted", "acceptée"
    REJECTED = "rejected", "écartée"
    TO_EXAMINE = "to-examine", "à examiner"


class EvidenceFlag(Word):
    """A mention attached to a piece of evidence: it explains, it does not accuse."""

    REGULARISED = "regularised", "signature régularisée après coup"
    RETROACTIVE = "retroactive", "saisie a posteriori"
    EXPLAINED = "explained", "date expliquée par l’équipe"
    SHORT_NOTICE = "short-notice", "envoyée à bref délai"
    REASONED = "reasoned", "compétence non établie, choix motivé"
    UNSHOWN = "unshown", "compétence non établie aux jours de la session"


class PieceStatus(Word):
    """What can be said of one expected piece on a given day."""

    COVERED = "covered", "obtenu"
    TRIED = "tried", "sollicité sans réponse"
    REVIEW = "review", "à examiner"
    UPCOMING = "upcoming", "à venir"
    LATE = "late", "en retard"


class ChangeKind(Word):
    """What became of a requirement from one edition to the next."""

    UNCHANGED = "unchanged", "inchangé"
    WORDING = "wording", "rédaction modifiée"
    SUBSTANCE = "substance", "exigence modifiée"
    NEW = "new", "nouvel indicateur"
    WITHDRAWN = "withdrawn", "indicateur retiré"


class Publication(Word):
    """Whether a text could be read."""

    PUBLISHED = "published", "publié"
    AWAITED = "awaited", "texte attendu"


class OddityKind(Word):
    """An « incohérence de date »: what makes a date worth a look."""

    AFTER_DEADLINE = "after-deadline", "daté après l’échéance du texte"
    TOO_EARLY = "too-early", "daté trop tôt"
    RECORDED_LATE = "recorded-late", "enregistré longtemps après"
    TO_EXAMINE = "to-examine", "à examiner, à la demande d’une personne"
