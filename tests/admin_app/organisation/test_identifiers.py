"""Numbers of the French administration."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from admin_app.core.errors import Refused
from admin_app.organisation.identifiers import (
    REGIONS,
    ZONES,
    clean_activity_number,
    clean_postcode,
    clean_siret,
    clean_website,
)
from admin_app.organisation.vat import VAT_STATUSES, vat_mention


@given(st.integers(min_value=10**7, max_value=10**8 - 1), st.integers(min_value=0, max_value=9999))
def test_any_siret_with_its_key_is_taken_and_no_other_key(root: int, nic: int) -> None:
    siren = f"{root}{luhn.calc_check_digit(str(root))}"
    if siren == "356000000":  # La Poste has a rule of its own
        return
    body = f"{siren}{nic:04d}"
    key = int(luhn.calc_check_digit(body))
    assert clean_siret(f"{body[:3]} {body[3:6]} {body[6:9]} {body[9:]}{key}") == f"{body}{key}"
    with pytest.raises(Refused, match="clé de contrôle"):
        clean_siret(f"{body}{(key + 1) % 10}")


def test_la_poste_has_a_rule_of_its_own() -> None:
    assert clean_siret("356 000 000 00048") == "35600000000048"


@pytest.mark.parametrize(
    "text", ["", "7328293200007", "732829320000745", "ABCDEFGHIJKLMN", "٧٣٢٨٢٩٣٢٠٠٠٠٧٤"]
)
def test_a_siret_has_fourteen_digits(text: str) -> None:
    with pytest.raises(Refused, match="14 chiffres"):
        clean_siret(text)


def test_a_declaration_has_eleven_digits() -> None:
    assert clean_activity_number("75 33 12345 67") == "75331234567"
    for wrong in ("", "7533123456", "753312345678", "75A31234567"):
        with pytest.raises(Refused, match="11 chiffres"):
            clean_activity_number(wrong)


def test_postcodes_and_sites() -> None:
    assert clean_postcode("97 400") == "97400"
    with pytest.raises(Refused):
        clean_postcode("2A004x")
    assert clean_website("www.exemple.fr/formation") == "https://www.exemple.fr/formation"
    assert clean_website(" ") == ""
    for wrong in ("javascript:alert(1)", "exemple", "http://a b.fr"):
        with pytest.raises(Refused):
            clean_website(wrong)


def test_every_region_and_zone_is_there_once() -> None:
    from zoneinfo import ZoneInfo

    assert len(REGIONS) == len(set(REGIONS)) == 18
    assert len({ZoneInfo(zone.name) for zone in ZONES}) == len(ZONES)


def test_each_vat_status_has_its_sentence() -> None:
    from datetime import date

    said = {status.key: vat_mention(status.key, date(2026, 6, 1)) for status in VAT_STATUSES}
    assert "261, 4, 4° a" in said["exempt-3511"]
    assert "293 B" in said["franchise-293b"]
    assert all(said.values())
    assert vat_mention("unknown", date(2026, 6, 1)) == ""
