"""Journeys: a browser, and people who act as they would."""

import pytest

pytest.register_assert_rewrite("tests.journeys.story", "tests.journeys.steps")
