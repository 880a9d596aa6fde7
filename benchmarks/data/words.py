"""What the people and the things of a measured organisation are called, and say."""

from random import Random

_FIRST = """
Nadia Hugo Marta Yann Aïcha Paul Élise Jean-Luc Claire Inès Samuel Léa Karim Sophie Mathis Chloé
Antoine Fatou Bruno Zoé Gaël Anaïs Rémi Manon Idriss Lucie Thomas Émilie Nicolas Sarah Vincent
Camille Julien Awa Maxime Hélène Théo Margaux Olivier Naïma Pierre Agathe Loïc Yasmine François
Justine Éric Salomé Denis Maëlle
"""
_LAST = """
Benali Tessier Lopes Le-Goff Moreau Ribeiro Noël Œuvrard Vasseur Caron Marchand Delorme Nguyen
Fontaine Diallo Lemaître Garnier Perrin Haddad Rousseau Chevalier Boyer Gauthier Masson Da-Silva
Legrand Brunet Fabre Colin Renard Picard Aubert Lacroix Bouvier Guérin Traoré Meunier Baron
Prévost Royer Schmitt Barbier Klein Maillard Lefèvre Mercier Roussel Hamon Payet Hoarau Berger
Jacquet Carpentier Vidal Cousin Besson Pons Texier Ferrand Poirier Coulon
"""
FIRST, LAST = tuple(_FIRST.split()), tuple(_LAST.split())
TITLES = (
    "Réseau départemental des chargés de coopération CTG",
    "Animer une réunion de concertation",
    "Accueillir le public en situation de tension",
    "Conduire un projet de territoire",
    "Les écrits professionnels",
    "Prévenir les risques psychosociaux",
    "Manager une équipe de proximité",
    "Évaluer une politique publique locale",
    "Le règlement général sur la protection des données au quotidien",
    "Tableur : analyser et présenter des données",
    "Posture d’accompagnement et entretien",
    "Prise de parole en public",
)
ORGANISATIONS = (
    ("CAF de {town}", "public-body"),
    ("Communauté de communes de {town}", "public-body"),
    ("Ville de {town}", "public-body"),
    ("Centre social de {town}", "association"),
    ("Association Les Tilleuls, {town}", "association"),
    ("Mutuelle de {town}", "company"),
    ("Ateliers mécaniques de {town}", "company"),
)
_TOWNS = """
Champniers Saint-Aubin Montréjeau L’Isle-d’Aubrée Verneuil Castelnau Beaumont La-Ferté Rochefort
Bellegarde Villefranche Argenton Châteauneuf Pont-l’Évêque Sainte-Foy Clermont
"""
TOWNS = tuple(_TOWNS.split())
OBJECTIVES = (
    "Situer ses missions parmi celles de ses pairs",
    "Comparer trois pratiques et en choisir une à essayer",
    "Formuler un défi individuel et un défi collectif",
)
THEMES = ("Panorama des missions", "Étude de pratiques", "Mise en situation", "Bilan et suites")
PARAGRAPH = (
    "Deux jours pour faire communauté, préciser le métier et repartir avec une action à essayer "
    "dans son propre territoire, appuyée sur des situations apportées par les participants. "
)
MAIL = (
    "Bonjour,\n\nVous êtes inscrit à la formation qui commence bientôt. Vous trouverez les "
    "horaires, le lieu et les documents utiles en suivant votre lien personnel.\n\nNous restons à "
    "votre écoute.\n\nAtelier des Territoires\n"
)
MAIL_PAGE = (
    "<!doctype html><html lang='fr'><body>"
    + "".join(
        f"<p style='margin:0 0 16px;font:16px/1.5 sans-serif'>{part}</p>"
        for part in MAIL.split("\n\n")
    )
    * 2
    + "</body></html>"
)


def person(random: Random) -> tuple[str, str]:
    """A first and a last name."""
    return random.choice(FIRST), random.choice(LAST).replace("-", " ")


def address(first: str, last: str, number: int) -> str:
    """An e-mail address that nobody else has."""
    return f"{first}.{last}{number}@example.org".lower().replace(" ", "-").replace("’", "")
