"""Links opened by this program: what is said to the desktop, in a home of the test's own."""

import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from shutil import which

import pytest

from reader.model.errors import ReaderError
from reader.services import link_opening
from reader.services.link_opening import NAME, SCHEME, opens_links, register, unregister

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="said in files that Linux desktops read")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("HOME", str(place))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CURRENT_DESKTOP", "KDE_FULL_SESSION", "PASSAGE_LIBRARY"):
        monkeypatch.delenv(name, raising=False)
    return place


def entry(home: Path) -> dict[str, str]:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(home / ".local/share/applications" / NAME, "utf-8")
    return dict(parser["Desktop Entry"])


def words(exec_line: str) -> list[str]:
    """The arguments of an Exec key: once as the value of a key, once in quotes as a shell has them."""
    line = exec_line.replace("\\\\", "\\")
    told = subprocess.run(["sh", "-c", f"printf '%s\\n' {line}"], capture_output=True, text=True, check=True)
    return [word.replace("%%", "%") for word in told.stdout.splitlines()]


@pytest.mark.skipif(which("xdg-mime") is None, reason="needs xdg-utils")
def test_it_is_said_and_taken_back_and_others_stay(home: Path) -> None:
    config = home / ".config"
    config.mkdir()
    before = "[Default Applications]\ntext/plain=editor.desktop\n"
    (config / "mimeapps.list").write_text(before)
    assert not opens_links()
    register(home / "my library.sqlite")
    assert opens_links()
    asked = subprocess.run(["xdg-mime", "query", "default", SCHEME], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == NAME
    assert entry(home)["MimeType"] == f"{SCHEME};"
    unregister()
    assert not opens_links()
    assert (config / "mimeapps.list").read_text() == before
    unregister()


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for xdg-mime that writes down how it is called."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "xdg-mime"
    refusal = f"test ! -e {tmp_path}/refuse || {{ echo no >&2; exit 3; }}"
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/said\n{refusal}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return tmp_path / "said"


def test_the_command_survives_any_name_of_the_library(home: Path, said: Path) -> None:
    odd = home / 'a "b" $c `d` \\e 100% ü.sqlite'
    register(odd)
    assert said.read_text() == f"default {NAME} {SCHEME}\n"
    *command, last = words(entry(home)["Exec"])
    assert last == "%u"
    assert command[-2:] == ["--library", str(odd)]
    with pytest.raises(ReaderError, match="line end"):
        register(home / "a\nExec=evil")
    assert not opens_links()


def test_the_users_own_library_is_not_named(home: Path, said: Path) -> None:
    from reader.places import library_path

    register(Path(library_path()))
    assert "--library" not in entry(home)["Exec"]


def test_what_fails_is_said_and_leaves_nothing(home: Path, said: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said.with_name("refuse").touch()
    with pytest.raises(ReaderError, match=r"\(no\); try again"):
        register(home / "library.sqlite")
    assert not opens_links()
    monkeypatch.setattr(link_opening, "which", lambda _name: None)
    with pytest.raises(ReaderError, match="install xdg-utils"):
        register(home / "library.sqlite")


def test_another_program_for_the_same_links_stays_on_the_list(home: Path) -> None:
    (home / ".config").mkdir()
    path = home / ".config/mimeapps.list"
    path.write_text(f"[Added Associations]\n{SCHEME}={NAME};other.desktop;\n[Default Applications]\n{SCHEME}={NAME}\n")
    unregister()
    assert path.read_text() == f"[Added Associations]\n{SCHEME}=other.desktop;\n[Default Applications]\n"
