"""`flask documents issue`: what is missing is issued, what was issued is given back."""

import hashlib
import json
from pathlib import Path

from flask import Flask

from admin_app.core.database import db
from admin_app.documents.models import Document
from tests.factories.agreements import OFFICE, agreement_in, cohort_to_agree, sponsor_of


def run(app: Flask, *arguments: str):  # type: ignore[no-untyped-def]
    return app.test_cli_runner().invoke(args=["documents", "issue", *arguments])


def test_the_convention_of_a_cohort_is_issued_once(app: Flask, tmp_path: Path) -> None:
    cohort = cohort_to_agree()
    agreement = agreement_in("draft", cohort)
    outs = [
        run(app, "convention", cohort.reference, "--out", str(tmp_path / "x"), "--json")
        for _ in "ab"
    ]
    assert [one.exit_code for one in outs] == [0, 0]
    first, second = (json.loads(one.stdout) for one in outs)
    assert first == second
    (line,) = first
    assert line["number"] == agreement.reference
    assert line["kind"] == "convention"
    assert line["for"].startswith("CAF de l’Aubrée")
    copy = Path(line["path"])
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == line["sha256"]
    assert db.session.query(Document).count() == 1
    db.session.refresh(agreement)
    assert agreement.state == "issued", "the room's own act did it"


def test_without_a_folder_there_is_no_path(app: Flask) -> None:
    cohort = cohort_to_agree()
    agreement_in("issued", cohort)
    (line,) = json.loads(run(app, "convention", cohort.reference.lower(), "--json").stdout)
    assert line["path"] is None


def test_a_cohort_without_any_gives_an_empty_list(app: Flask) -> None:
    cohort = cohort_to_agree()
    done = run(app, "convention", cohort.reference, "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])


def test_what_cannot_be_issued_is_said_and_fails(app: Flask) -> None:
    from admin_app.agreements import operations
    from tests.factories.agreements import AT, terms_of

    cohort = cohort_to_agree()
    agreement = operations.draft_convention(sponsor_of(cohort).id, by=OFFICE, at=AT)
    operations.edit_agreement(agreement, terms_of(agreement, price=None), by=OFFICE, at=AT)
    done = run(app, "convention", cohort.reference, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout) == []
    assert "D. 6353-1" in done.stderr


def test_unknown_names_are_refused(app: Flask) -> None:
    cohort = cohort_to_agree()
    for arguments, told in (
        (("convention", "RIEN-1"), "RIEN-1"),
        (("poeme", cohort.reference), "poeme"),
    ):
        done = run(app, *arguments)
        assert done.exit_code == 1
        assert told in done.stderr
    assert run(app, "convention").exit_code == 2
