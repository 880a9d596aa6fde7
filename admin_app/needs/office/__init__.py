"""The office's pages about needs: the client's (analysis), the trainees' (positioning)."""

from importlib import import_module
from importlib.util import find_spec

from admin_app.needs.office.pages import pages

for _part in ("analysis", "positioning"):
    if find_spec(f"{__name__}.{_part}"):
        import_module(f"{__name__}.{_part}")

__all__ = ["pages"]
