"""The words of agreements: what a new one proposes; the office changes them as it likes."""

from admin_app.agreements.models import CONTRACT, CONVENTION

NATURE = "Action de formation (article L. 6313-1, 1°, du code du travail)"
NAMES = {CONVENTION: "convention", CONTRACT: "contrat"}
# the name with its article, as it stands within a sentence
THE = {CONVENTION: "la convention", CONTRACT: "le contrat"}

PAYMENT = {
    CONVENTION: (
        "Facture émise à l’issue de la formation, accompagnée des certificats de réalisation. "
        "Règlement par virement à trente jours."
    ),
    CONTRACT: (
        "30 % à l’expiration du délai de rétractation ; le solde, échelonné au fur et à mesure du "
        "déroulement de la formation, est réglé au plus tard le dernier jour. Par virement."
    ),
}
CANCELLATION = {
    CONVENTION: (
        "Toute annulation ou demande de report se fait par écrit ; les parties cherchent d’abord "
        "une nouvelle date.\n"
        "Si l’organisme n’exécute pas tout ou partie de la formation, la part correspondante n’est "
        "pas due ; ce qui en aurait été payé est remboursé.\n"
        "En cas d’absence ou d’abandon du fait du client, seules les heures réellement suivies "
        "sont facturées comme formation. Un dédommagement éventuel est facturé à part, sans "
        "pouvoir être imputé sur un budget de formation."
    ),
    CONTRACT: (
        "Si un cas de force majeure dûment reconnu empêche le stagiaire de suivre la formation, il "
        "peut rompre le contrat ; seules les prestations effectivement dispensées sont alors dues, "
        "au prorata de leur valeur prévue au contrat (article L. 6353-7 du code du travail).\n"
        "En cas de cessation anticipée du fait de l’organisme, ou d’abandon du stagiaire pour un "
        "autre motif, seules les heures effectivement dispensées sont dues, au prorata."
    ),
}
OTHER = (
    "En cas de différend, les parties recherchent un accord amiable avant de saisir le tribunal."
)
ATTESTATION = (
    "Chaque stagiaire reçoit une attestation de fin de formation (objectifs, nature, durée, "
    "résultats de l’évaluation des acquis) et un certificat de réalisation."
)
REMOTE_PLACE = "À distance, en classe virtuelle ; le lien est donné dans la convocation"


def consent_of(kind: str, reference: str, party: str) -> str:
    """What someone declares in signing, kept with the signature."""
    if kind == CONTRACT:
        return f"J’ai lu le contrat {reference} en entier et je l’accepte."
    return (
        f"J’ai lu la convention {reference} en entier, j’ai qualité pour engager {party} "
        "et je l’accepte."
    )


def sentence(name: str) -> str:
    """« La convention », « Le contrat »: the kind at the head of a sentence."""
    return THE[name][0].upper() + THE[name][1:]


def agreed(kind: str, word: str) -> str:
    """A past participle that agrees: « établie » for a convention, « établi » for a contract."""
    return word if kind == CONVENTION else word.removesuffix("e")
