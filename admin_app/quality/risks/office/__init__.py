"""The office's pages of risks: each risk, the analysis as a whole."""

from admin_app.quality.risks.office import analyses, risks
from admin_app.quality.risks.office.pages import pages

__all__ = ["analyses", "pages", "risks"]
