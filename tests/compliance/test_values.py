from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from compliance.errors import DataError, NotKnownError, UnknownError
from compliance.tables import data_root
from compliance.values import load_values, value_on


def test_a_value_is_read_on_its_day() -> None:
    assert value_on("agreement-withdrawal-days", date(2026, 1, 1)) == 10
    with pytest.raises(NotKnownError):
        value_on("agreement-withdrawal-days", date(2010, 1, 1))
    with pytest.raises(UnknownError):
        value_on("nothing", date(2026, 1, 1))


def test_an_awaited_value_is_not_a_zero() -> None:
    value = load_values()["teaching-referent-threshold"]
    assert value.awaited
    assert value.is_provisional
    assert value.on(date(2026, 12, 1)) is None
    with pytest.raises(NotKnownError):
        _ = value.latest
    with pytest.raises(NotKnownError):
        value_on("teaching-referent-threshold", date(2026, 12, 1))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("history = [{ from = 2018-12-31, value = 10 }]", "history = []", "history"),
        (
            "history = [{ from = 2018-12-31, value = 10 }]",
            "history = [{ from = 2020-01-01, value = 1 }, { from = 2018-12-31, value = 10 }]",
            "history",
        ),
        ('unit = "days"', 'unit = "days"\ncolour = "blue"', "colour"),
    ],
)
def test_refusals(tmp_path: Path, old: str, new: str, key: str) -> None:
    root = tmp_path / "data"
    copytree(str(data_root()), root)
    file = root / "values.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_values(root)
    assert caught.value.file == "values.toml"
    assert caught.value.key.endswith(key)
    assert caught.value.remedy
