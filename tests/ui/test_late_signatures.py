"""What PySide says of its functions, loaded as the window loads it and as it loads itself: asked of fresh processes."""

import json
import subprocess
import sys

ASKED = """
import json, sys
{}
from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget
found = {{"late": "DEFAULT_PARAM_KIND" not in vars(sys.modules["shibokensupport.signature.layout"])}}
app = QApplication([])
def error(call):
    try:
        call()
    except Exception as wrong:
        return type(wrong).__name__, str(wrong)
found["errors"] = [error(call) for call in (
    lambda: QObject().setObjectName([]),
    lambda: QRect("a", 2),
    lambda: QRect(1, 2, 3, 4, 5, 6),
    lambda: QWidget(nonsense=3),
    lambda: QWidget().resize("wide"),
    lambda: Qt.AlignmentFlag("left"),
    lambda: QBoxLayout(),
)]
from shibokensupport.signature import get_signature
asked = [vars(kind)[name] for kind in (QObject, QRect, QWidget, QBoxLayout) for name in sorted(vars(kind))]
found["signatures"] = [str(get_signature(one)) for one in asked if callable(one)]
import shibokensupport.signature.lib.pyi_generator as generator
from PySide6.support.signature import parser
assert generator.EnumFormatter
found["names"] = sorted(vars(generator)) + sorted(vars(parser))
found["finders"] = [type(one).__name__ for one in sys.meta_path]
assert type(sys.meta_path) is list
print(json.dumps(found))
"""


def answers(loading: str) -> dict:
    words = [sys.executable, "-c", ASKED.format(loading)]
    return json.loads(subprocess.run(words, check=True, capture_output=True, text=True, timeout=60).stdout)


def test_late_signatures_are_the_same_and_errors_are_worded_as_ever() -> None:
    ours, theirs = answers("import reader.ui.plain_import"), answers("import PySide6.QtCore")
    assert (ours.pop("late"), theirs.pop("late")) == (True, False), "PySide is loaded in another way than it was"
    assert "called with wrong argument types" in ours["errors"][0][1]
    assert len(ours["signatures"]) > 200
    assert ours == theirs
