"""An organisation made in bulk: realistic, the same at each run, in minutes where the pages would
take weeks."""

from benchmarks.data.maker import Targets, make

__all__ = ["Targets", "make"]
