"""Texts published after this version of Liasse, added by an installation as data files.

``use`` names the ones in use in this process; the loaders merge them over the shipped data.
``compliance.additions.trial`` reads a folder of them and refuses those that do not hold.
"""

from compliance.additions.model import Added, in_use, use

__all__ = ["Added", "in_use", "use"]
