"""The demo's folder: only what the demo itself has made there before is deleted."""

from pathlib import Path

import pytest

from reader.ui import demo
from reader.ui.demo_hand import DemoFailed


def test_what_is_not_its_own_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(demo, "_journey", lambda out: None)
    mine = [tmp_path / "library.sqlite", tmp_path / "library.sqlite.files" / "ab", tmp_path / "library.sqlite-wal"]
    older = [tmp_path / "demo-library.sqlite", tmp_path / "demo-library.sqlite.files" / "ab"]
    for path in (*mine, *older):
        path.parent.mkdir(exist_ok=True)
        path.write_text("held", "utf-8")
    assert demo.run(tmp_path) == 0
    assert all(path.read_text("utf-8") == "held" for path in mine)
    assert not any(path.exists() for path in older)


def test_a_step_that_does_not_hold_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stops(out: Path) -> None:
        raise DemoFailed("the key 1 makes a mark")

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(demo, "_journey", stops)
    assert demo.run(tmp_path) == 1
    assert capsys.readouterr().err == "The demo stopped: the key 1 makes a mark\n"
