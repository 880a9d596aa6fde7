"""The words of results."""

AUTHORISATION_KINDS = {
    "certifier": "nous sommes certificateur",
    "habilitation": "habilitation donnée par le certificateur",
    "convention": "convention avec le certificateur",
}
