"""Permissions and the roles that hold them.

A permission is `subject:act`; its label is what an administrator reads. A person may hold
several roles: their permissions add up.
"""

from collections.abc import Iterable
from functools import cache

from compliance.vocabulary import Word


class Permission(Word):
    """What someone may do, in alphabetical order of subject."""

    ACCOUNTS_MANAGE = "accounts:manage", "inviter des personnes et changer leurs rôles"
    ADAPTATIONS_DECIDE = "adaptations:decide", "analyser les demandes d’adaptation et décider"
    AGREEMENTS_MANAGE = "agreements:manage", "établir, envoyer et contresigner les conventions"
    ATTENDANCE_CORRECT = "attendance:correct", "corriger une demi-journée close"
    ATTENDANCE_SIGN = "attendance:sign", "tenir l’émargement de ses propres sessions"
    AUDIT_MANAGE = "audit:manage", "préparer un audit et ouvrir la salle de lecture"
    AUDIT_READ = "audit:read", "lire le dossier de preuves, sans rien changer"
    CERTIFICATES_ISSUE = "certificates:issue", "établir et envoyer les certificats"
    CLIENT_SPACE = "client-space:use", "suivre ses propres dossiers de client"
    COHORTS_MANAGE = "cohorts:manage", "créer et modifier les sessions et les inscriptions"
    COHORTS_READ = "cohorts:read", "consulter les sessions"
    COMPLAINTS_MANAGE = "complaints:manage", "suivre les réclamations et les aléas"
    COVERAGE_READ = "coverage:read", "voir ce qui est couvert et ce qui manque"
    DISABILITY_READ = "disability:read", "lire les demandes liées à un handicap"
    DOCUMENTS_READ = "documents:read", "ouvrir les documents établis"
    EVALUATIONS_READ = "evaluations:read", "lire les évaluations et les questionnaires"
    FUNDERS_FOLLOW = "funders:follow", "demander et noter l’appréciation des financeurs"
    EVIDENCE_REVIEW = "evidence:review", "accepter ou écarter une preuve"
    JOURNAL_READ = "journal:read", "lire le journal"
    NETWORK_MANAGE = (
        "network:manage",
        "tenir le réseau des partenaires du handicap et noter les contacts pris",
    )
    NETWORK_READ = "network:read", "lire le réseau des partenaires du handicap"
    ORGANISATION_MANAGE = "organisation:manage", "modifier l’organisme et ses documents"
    PEOPLE_MANAGE = "people:manage", "gérer stagiaires, formateurs et clients"
    PRACTICES_MANAGE = "practices:manage", "choisir les délais et les bonnes pratiques suivies"
    PROGRAMMES_MANAGE = "programmes:manage", "rédiger et publier les formations"
    PROGRAMMES_UPKEEP = (
        "programmes:upkeep",
        "tenir les conditions, les compétences demandées et les ressources des formations",
    )
    RESULTS_MANAGE = "results:manage", "calculer et publier les résultats"
    QUALITY_ENTER = (
        "quality:enter",
        "alimenter la veille, ouvrir et mener des actions, noter des risques",
    )
    QUALITY_MANAGE = "quality:manage", "vérifier, revoir et approuver les registres de la qualité"
    QUALITY_READ = "quality:read", "lire les registres de la qualité"
    SAFEGUARDING_MANAGE = (
        "safeguarding:manage",
        "désigner les contacts en cas de violence et informer les formateurs",
    )
    SAFEGUARDING_READ = (
        "safeguarding:read",
        "voir la prévention des violences (le registre : aux seules personnes nommées)",
    )
    STAFF_FOLLOW = "staff:follow", "tenir l’équipe : personnes, rôles, réunions, développement"
    STAFF_MANAGE = "staff:manage", "approuver l’organigramme et le plan, tenir les entretiens"
    SUBCONTRACTING_FOLLOW = (
        "subcontracting:follow",
        "tenir les sous-traitants : contrats, justificatifs, intervenants",
    )
    SUBCONTRACTING_MANAGE = (
        "subcontracting:manage",
        "vérifier les clauses et évaluer les sous-traitants",
    )
    TRAINERS_FOLLOW = (
        "trainers:follow",
        "suivre les formateurs : diplômes, entretiens, développement",
    )
    TRAINER_SPACE = "trainer-space:use", "voir ses propres sessions de formateur"


class Role(Word):
    """What someone is, for the organisation."""

    ADMINISTRATOR = "administrator", "administration"
    OFFICE = "office", "secrétariat"
    TRAINER = "trainer", "formateur ou formatrice"
    QUALITY_MANAGER = "quality-manager", "responsable qualité"
    DISABILITY_OFFICER = "disability-officer", "référent handicap"
    AUDITOR = "auditor", "auditeur ou auditrice"
    CLIENT = "client", "client"


_OFFICE_WORK = frozenset(
    {
        Permission.ADAPTATIONS_DECIDE,
        Permission.AGREEMENTS_MANAGE,
        Permission.CERTIFICATES_ISSUE,
        Permission.COHORTS_MANAGE,
        Permission.COHORTS_READ,
        Permission.COMPLAINTS_MANAGE,
        Permission.COVERAGE_READ,
        Permission.DOCUMENTS_READ,
        Permission.EVALUATIONS_READ,
        Permission.NETWORK_READ,
        Permission.PEOPLE_MANAGE,
        Permission.PROGRAMMES_MANAGE,
        Permission.PROGRAMMES_UPKEEP,
        Permission.RESULTS_MANAGE,
        Permission.TRAINERS_FOLLOW,
        Permission.QUALITY_ENTER,
        Permission.QUALITY_READ,
        Permission.SAFEGUARDING_READ,
        Permission.FUNDERS_FOLLOW,
        Permission.STAFF_FOLLOW,
        Permission.SUBCONTRACTING_FOLLOW,
    }
)

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _OFFICE_WORK
    | {
        Permission.ACCOUNTS_MANAGE,
        Permission.AUDIT_MANAGE,
        Permission.JOURNAL_READ,
        Permission.ORGANISATION_MANAGE,
        Permission.PRACTICES_MANAGE,
        Permission.QUALITY_MANAGE,
        Permission.SAFEGUARDING_MANAGE,
        Permission.STAFF_MANAGE,
        Permission.SUBCONTRACTING_MANAGE,
    },
    Role.OFFICE: _OFFICE_WORK,
    Role.TRAINER: frozenset({Permission.TRAINER_SPACE, Permission.ATTENDANCE_SIGN}),
    Role.QUALITY_MANAGER: frozenset(
        {
            Permission.ATTENDANCE_CORRECT,
            Permission.AUDIT_MANAGE,
            Permission.COHORTS_READ,
            Permission.COMPLAINTS_MANAGE,
            Permission.COVERAGE_READ,
            Permission.DOCUMENTS_READ,
            Permission.EVALUATIONS_READ,
            Permission.EVIDENCE_REVIEW,
            Permission.JOURNAL_READ,
            Permission.NETWORK_READ,
            Permission.ORGANISATION_MANAGE,
            Permission.PRACTICES_MANAGE,
            Permission.PROGRAMMES_UPKEEP,
            Permission.RESULTS_MANAGE,
            Permission.TRAINERS_FOLLOW,
            Permission.QUALITY_ENTER,
            Permission.QUALITY_MANAGE,
            Permission.QUALITY_READ,
            Permission.SAFEGUARDING_MANAGE,
            Permission.SAFEGUARDING_READ,
            Permission.FUNDERS_FOLLOW,
            Permission.STAFF_FOLLOW,
            Permission.STAFF_MANAGE,
            Permission.SUBCONTRACTING_FOLLOW,
            Permission.SUBCONTRACTING_MANAGE,
        }
    ),
    Role.DISABILITY_OFFICER: frozenset(
        {
            Permission.COHORTS_READ,
            Permission.COVERAGE_READ,
            Permission.DISABILITY_READ,
            Permission.NETWORK_MANAGE,
            Permission.NETWORK_READ,
            Permission.QUALITY_READ,
            Permission.SAFEGUARDING_READ,
        }
    ),
    Role.AUDITOR: frozenset({Permission.AUDIT_READ}),
    Role.CLIENT: frozenset({Permission.CLIENT_SPACE}),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything these roles allow together."""
    return _together(frozenset(roles))


@cache  # a page asks dozens of times
def _together(roles: frozenset[Role]) -> frozenset[Permission]:
    return frozenset().union(*(GRANTS[role] for role in roles))
