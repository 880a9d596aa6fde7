"""The entry point of gunicorn and of the `flask` command."""

import gc
import sys

from admin_app import create_app
from admin_app.core.config import SettingsError

try:
    app = create_app()
except SettingsError as error:  # said in words, without a traceback
    sys.exit(f"Liasse : {error}")

# What is here now stays for ever: looking for waste in it again and again costs a page in twenty,
# and has each worker copy the memory that it shares with the others.
gc.freeze()
