"""What the tests of the workspace stand on."""

import pytest

from tests.ui.conftest import Desk
from tests.ui.workspace.facet_helpers import marked
from tests.ui.workspace.hands import Hands


@pytest.fixture
def hands(desk: Desk) -> Hands:
    marked(desk.library, desk.uid)
    return Hands(desk)
