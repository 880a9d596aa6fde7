"""One real cohort, from the first run to the auditor, as its people live it.

The steps stand in `story/`, one file a part. They are gathered in this one module: they share one
house, in order, on one process.
"""

import pytest

from tests.journeys.story import (
    step_0_house,
    step_1_programme,
    step_2_adaptation,
    step_3_cohort,
    step_4_agreement,
    step_5_before,
    step_6_during,
    step_7_after,
    step_8_auditor,
)

pytestmark = pytest.mark.browser
IN_ORDER = True  # a step stands on the one before
PARTS = (
    step_0_house,
    step_1_programme,
    step_2_adaptation,
    step_3_cohort,
    step_4_agreement,
    step_5_before,
    step_6_during,
    step_7_after,
    step_8_auditor,
)

for part in PARTS:
    globals().update({name: step for name, step in vars(part).items() if name.startswith("test_")})
