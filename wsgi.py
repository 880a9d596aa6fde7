"""The entry point of gunicorn and of the `flask` command."""

import gc
import sys

# Nothing is thrown away while all is being imported: looking for it costs an eighth of the start.
gc.disable()

from admin_app import create_app  # noqa: E402
from admin_app.core.config import SettingsError  # noqa: E402

try:
    app = create_app()
except SettingsError as error:  # said in words, without a traceback
    sys.exit(f"Liasse : {error}")

# What is here now stays for ever: looking for waste in it again and again costs a page in twenty,
# and has each worker copy the memory that it shares with the others.
gc.freeze()
gc.enable()
