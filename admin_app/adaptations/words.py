"""The words of requests for adaptation and of accommodations."""

STATES = {
    "received": "reçue",
    "acknowledged": "accusé de réception envoyé",
    "analysed": "besoin analysé",
    "accepted": "acceptée",
    "declined": "déclinée",
    "withdrawn": "retirée",
}
OPEN = ("received", "acknowledged", "analysed")
DECIDED = ("accepted", "declined")

ACCOMMODATION_STATES = {
    "received": "à traiter",
    "decided": "réponse donnée",
    "closed": "close",
}
