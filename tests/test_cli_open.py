"""`reader open`: what is meant by an id or a link, and who is asked to show it."""

from pathlib import Path

import pytest

from reader import handover
from reader.__main__ import window_arguments, with_command
from tests.cli_helpers import Shell

LINK = "passage://annotation/"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "library.sqlite")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The places that the window which runs is asked to show."""
    found: list[str] = []

    def hand_over(library: str, files: list[str], *, place: str = "") -> str:
        assert files == []
        found.append(place)
        return handover.TAKEN

    monkeypatch.setattr(handover, "hand_over", hand_over)
    return found


@pytest.fixture
def document(shell: Shell, tmp_path: Path) -> str:
    shell.added(tmp_path / "minutes.txt")
    return shell("list", "--json").json[0]["uid"]


@pytest.fixture
def annotation(shell: Shell, document: str) -> str:
    return shell("annotate", document, "--exact", "41 million").rows[0][0]


def test_a_document_and_an_annotation_by_id_and_link(
    shell: Shell, asked: list[str], document: str, annotation: str
) -> None:
    for place in (document, document[-8:], annotation, LINK + annotation, LINK + annotation.upper()):
        done = shell("open", place)
        assert (done.status, done.out, done.err) == (0, "", "")
    assert asked == [document, document, annotation, annotation, annotation]


@pytest.mark.parametrize(
    "place",
    ["", "x; rm -rf ~", "../../x", "%2e%2e", " --library=x", "?run=x"],
)
def test_a_link_that_is_none_asks_nobody(shell: Shell, asked: list[str], annotation: str, place: str) -> None:
    for address in (LINK + place, f"{LINK}{annotation}{place or '/'}", "passage:" + place, f"passage://open/{place}"):
        done = shell("open", address)
        assert (done.status, done.out) == (2, "")
        assert done.err.count("\n") == 1
    assert asked == []


def test_what_is_not_there_is_said(shell: Shell, asked: list[str], annotation: str) -> None:
    for place in ("nothing", "", LINK + "01890000-0000-7000-8000-000000000000"):
        done = shell("open", place)
        assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert asked == []


def test_without_a_window_a_new_one_comes_up(
    shell: Shell, annotation: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import reader.app

    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    shown: list[object] = []
    monkeypatch.setattr(reader.app, "run", lambda *given, place: shown.append((*given, place)) or 0)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    assert shell("open", annotation).status == 0
    assert shown == [(shell.library, [], annotation)]


def test_a_desktop_hands_a_link_over_as_the_only_argument() -> None:
    assert with_command([LINK + "x"]) == ["open", LINK + "x"]
    assert with_command(["--library=l", LINK + "x"]) == ["--library", "l", "open", LINK + "x"]
    assert window_arguments(with_command([LINK + "x"])) is None
    for others in ([], ["a.txt"], ["a.txt", LINK + "x"], ["list", LINK + "x"], ["./passage:x"]):
        assert with_command(others) == others
