"""The entry point of gunicorn and of the `flask` command."""

import sys

from admin_app import create_app
from admin_app.core.config import SettingsError

try:
    app = create_app()
except SettingsError as error:  # said in words, without a traceback
    sys.exit(f"Liasse : {error}")
