"""The window of the tests of the window; and what the checks of a walk compare is told when it differs."""

import pytest

pytest.register_assert_rewrite("tests.walks.checks", "tests.walks.recount")

from tests.ui.conftest import library_path, open_desk  # noqa: E402

__all__ = ["library_path", "open_desk"]
