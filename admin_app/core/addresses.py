"""E-mail addresses and phone numbers that people type: checked, and kept in one form."""

import re

from admin_app.core.errors import Refused

LONGEST_EMAIL = 254
_PHONE = re.compile(r"\+?\d{6,15}")


def clean_email(text: str, field: str = "email") -> str:
    """The address in lower case, as it is stored and compared.

    Args:
        field: the form field, for the message.

    Raises:
        Refused: it cannot be an e-mail address.
    """
    from email_validator import EmailNotValidError, validate_email

    typed = text.strip()
    if not typed:
        raise Refused("Indiquez une adresse e-mail.", field)
    try:
        found = validate_email(typed, check_deliverability=False)
    except EmailNotValidError as error:
        raise Refused(
            f"« {typed[:60]} » n’est pas une adresse e-mail. Exemple : prenom.nom@exemple.fr.",
            field,
        ) from error
    if len(found.normalized) > LONGEST_EMAIL:
        raise Refused("Cette adresse est trop longue.", field)
    return found.normalized.lower()


def clean_phone(text: str, field: str = "phone") -> str:
    """The number without spaces nor dots; empty when none was given.

    Raises:
        Refused: it cannot be a phone number.
    """
    typed = text.strip()
    if not typed:
        return ""
    digits = re.sub(r"[\s.\-()\u00a0\u202f/]", "", typed)
    digits = re.sub(r"^00", "+", digits)
    digits = re.sub(r"^\+33(?=[1-9]\d{8}$)", "0", digits.replace("+330", "+33"))
    if not _PHONE.fullmatch(digits):
        raise Refused(
            f"« {typed[:30]} » n’est pas un numéro de téléphone. Exemple : 05 56 00 00 00.", field
        )
    return digits
