"""The forms of agreements."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from admin_app.agreements.models import Agreement
from admin_app.agreements.operations import Hand, Signing, Terms
from admin_app.core.drawing import Ink, ink_of, parse
from admin_app.core.errors import Refused
from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, EurosField, Needed, WholeField, choices

SHORT = Length(max=120, message="120 caractères au plus.")
LONG = Length(max=5_000, message="5 000 caractères au plus.")
REASON = Length(max=500, message="500 caractères au plus.")


class TermsForm(Form):
    """What the office may change of a draft. Empty is allowed: issuing says what is missing."""

    price = EurosField("Prix")
    headcount = WholeField("Nombre de stagiaires", validators=[Optional()])
    payment_terms = TextAreaField("Modalités de règlement", validators=[LONG])
    cancellation_terms = TextAreaField("Annulation, report, abandon", validators=[LONG])
    means = TextAreaField("Moyens pédagogiques et techniques", validators=[LONG])
    monitoring = TextAreaField("Suivi de l’exécution", validators=[LONG])
    recognition = TextAreaField("Sanction de la formation", validators=[LONG])
    other_terms = TextAreaField("Autres dispositions", validators=[LONG])
    signatory_name = StringField("Prénom et nom", validators=[SHORT])
    signatory_quality = StringField("Qualité", validators=[SHORT])
    signatory_email = StringField("Adresse e-mail")
    address = StringField("Adresse postale", validators=[Length(max=300)])
    concluded_remotely = RadioField(
        "Où le contrat est-il conclu ?",
        [Needed("Dites où le contrat est conclu : le délai de rétractation en dépend.")],
        choices=choices([("yes", "À distance, par le lien envoyé"), ("no", "Dans nos locaux")]),
        coerce=lambda value: {True: "yes", False: "no"}.get(value, value),  # the row’s, or sent
        default="yes",
    )

    @classmethod
    def of(cls, agreement: Agreement) -> "TermsForm":
        """The form filled with the draft; what was sent wins."""
        form = cls(obj=agreement)
        if agreement.is_convention:
            del form.address, form.concluded_remotely
        return form

    @property
    def terms(self) -> Terms:
        """What was typed."""
        values = {
            name: field.data
            for name, field in self._fields.items()
            if name in Terms.__dataclass_fields__
        }
        values = {name: "" if value is None else value for name, value in values.items()} | {
            "price": self.price.data,
            "headcount": self.headcount.data,
            "concluded_remotely": values.get("concluded_remotely", "yes") == "yes",
        }
        return Terms(**values)


class SignForm(Form):
    """Signing: who, in what quality, the consent, and the signature, drawn or typed."""

    name = StringField(
        "Vos prénom et nom", validators=[Needed("Indiquez vos prénom et nom."), SHORT]
    )
    quality = StringField("En qualité de", validators=[SHORT])
    consent = BooleanField("")
    drawn = HiddenField("Votre signature")
    typed = StringField("Votre nom, en guise de signature", validators=[SHORT])
    shown = HiddenField()

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Everything that is wrong at once, the signature and the consent included."""
        found = [] if self.consent.data else [Refused("Cochez cette case pour signer.", "consent")]
        try:
            self._ink()
        except Refused as refused:
            found += refused.problems
        is_right = super().validate(*args, **kwargs)
        for problem in found:
            self.refuse(problem)
        return is_right and not found

    @property
    def signing(self) -> Signing:
        """What was given.

        Raises:
            Refused: there is no signature, or it cannot be read.
        """
        return Signing(
            name=self.name.data or "",
            quality=(self.quality.data if self.quality else "") or "",
            ink=self._ink(),
            consents=bool(self.consent.data),
        )

    def _ink(self) -> Ink:
        strokes = parse(self.drawn.data or "")
        if not strokes and not (self.typed.data or "").strip():
            raise Refused("Signez dans le cadre, ou écrivez votre prénom et votre nom.", "drawn")
        return ink_of(
            way="drawn" if strokes else "typed",
            strokes=strokes,
            typed_name=self.typed.data or "",
            name=self.name.data or "",
        )


class ReasonForm(Form):
    """Why: for a refusal or a cancellation."""

    why = TextAreaField("Motif", validators=[Needed("Dites pourquoi."), REASON])


class PaperForm(Form):
    """A paper signed by hand, scanned."""

    scan = FileField(
        "Le document signé", validators=[FileRequired("Choisissez le fichier numérisé.")]
    )
    client_name = StringField("Prénom et nom", validators=[Needed("Indiquez qui a signé."), SHORT])
    client_quality = StringField("Qualité", validators=[SHORT])
    client_signed_on = DayField("Signé le", validators=[Needed("Indiquez le jour écrit.")])
    provider_name = StringField(
        "Prénom et nom", validators=[Needed("Indiquez qui a signé."), SHORT]
    )
    provider_quality = StringField("Qualité", validators=[SHORT])
    provider_signed_on = DayField("Signé le", validators=[Needed("Indiquez le jour écrit.")])

    @property
    def client(self) -> Hand:
        """Who signed for the other side."""
        return Hand(
            self.client_name.data or "", self.client_quality.data or "", self.client_signed_on.data
        )

    @property
    def provider(self) -> Hand:
        """Who signed for the organisation."""
        return Hand(
            self.provider_name.data or "",
            self.provider_quality.data or "",
            self.provider_signed_on.data,
        )
