"""Where the office's pages about needs are declared."""

from admin_app.core.access import Pages

pages = Pages("needs", "office")
