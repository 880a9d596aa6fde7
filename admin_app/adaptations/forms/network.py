"""The forms of the network of partners for disability."""

from collections.abc import Iterable

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from admin_app.adaptations.models import NetworkPartner
from admin_app.adaptations.network_words import HOW, KINDS, TOPICS
from admin_app.adaptations.operations.network import Made, Partner
from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, asked, choices, offered
from admin_app.core.received import the_key

TOO_LONG = "Pas plus de %(max)d caractères."


def _short(most: int) -> Length:
    return Length(max=most, message=TOO_LONG)


class PartnerForm(Form):
    """A partner."""

    name = StringField("Nom", [Needed("Donnez le nom du partenaire."), _short(200)])
    kind = SelectField(
        "Nature", [Needed("Choisissez la nature.")], choices=asked(KINDS), validate_choice=False
    )
    purpose = TextAreaField("Pour quoi le solliciter", [Needed("Dites pour quoi."), _short(5_000)])
    contact_name = StringField("Interlocuteur", [_short(120)])
    email = StringField("Adresse électronique", [_short(254)])
    phone = StringField("Téléphone", [_short(30)])
    website = StringField("Site", [_short(200)])

    def details(self) -> Partner:
        """What was typed."""
        return Partner(**{name: self[name].data or "" for name in Partner.__dataclass_fields__})

    def show(self, row: NetworkPartner) -> None:
        """Fill the form from a partner."""
        for name in Partner.__dataclass_fields__:
            self[name].data = getattr(row, name)


class CheckForm(Form):
    """The list was gone through."""

    on = DayField("Vérifiée le", [Needed("Indiquez le jour.")])
    who = StringField("Par", [Needed("Dites qui a vérifié."), _short(120)])
    words = TextAreaField("Ce qui a changé", [_short(2_000)])


class ContactForm(Form):
    """A contact that was made."""

    partner = SelectField("Partenaire", coerce=the_key, default=0, validate_choice=False)
    on = DayField("Le", [Needed("Indiquez le jour.")])
    who = StringField("Pris par", [Needed("Dites qui l’a pris."), _short(120)])
    with_whom = StringField("Avec qui, chez ce partenaire", [_short(120)])
    how = SelectField(
        "Comment", [Needed("Dites comment.")], choices=asked(HOW), validate_choice=False
    )
    topic = SelectField(
        "À quel sujet",
        [Needed("Dites à quel sujet.")],
        choices=asked(TOPICS),
        validate_choice=False,
    )
    answered = RadioField(
        "Ce partenaire",
        [Needed("Dites s’il a répondu.")],
        choices=choices({"yes": "a répondu", "no": "n’a pas répondu"}),
        validate_choice=True,
    )
    words = TextAreaField("Ce qui en ressort", [_short(2_000)])
    is_anonymous = BooleanField(
        "Ce texte ne nomme personne et ne dit rien de la santé de quiconque"
    )

    def offer(self, partners: Iterable[tuple[int, str]]) -> None:
        """Propose the partners on the list."""
        self.partner.choices = offered(partners)

    def made(self) -> Made:
        """What was typed."""
        return Made(
            on=self.on.data,
            who=self.who.data or "",
            how=self.how.data or "",
            topic=self.topic.data or "",
            answered=self.answered.data == "yes",
            with_whom=self.with_whom.data or "",
            words=self.words.data or "",
            is_anonymous=bool(self.is_anonymous.data),
        )


class TrainingForm(Form):
    """What the officer followed."""

    on = DayField("Terminée le", [Needed("Indiquez le jour.")])
    officer = StringField("Suivie par", [Needed("Dites qui l’a suivie."), _short(120)])
    title = StringField("Titre", [Needed("Donnez son titre."), _short(200)])
    organiser = StringField("Organisée par", [Needed("Dites par qui."), _short(200)])
    proof = StringField("Où est l’attestation", [_short(300)])


class WhyForm(Form):
    """A reason."""

    why = TextAreaField("Pourquoi", [Needed("Dites pourquoi."), _short(500)])
