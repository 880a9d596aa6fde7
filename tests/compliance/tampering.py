"""Helps to spoil a copy of the data files, to see the loaders refuse it."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from compliance.errors import DataError
from compliance.tables import data_root


def spoiled(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """A copy of the data where the first ``old`` of ``file`` is replaced by ``new``."""
    root = tmp_path / "data"
    copytree(str(data_root()), root)
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return root


def refused(load: Callable[[Path], object], root: Path, file: str, key: str) -> DataError:
    """The refusal of ``load``, which must name the file, the key and a remedy."""
    with pytest.raises(DataError) as caught:
        load(root)
    error = caught.value
    assert error.file == file
    assert key in error.key, error.key
    assert error.message
    assert error.remedy
    for part in (error.file, error.key, error.message, error.remedy):
        assert part in str(error)
    return error
