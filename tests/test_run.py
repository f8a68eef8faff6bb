"""`./run` with a Python, an `ldd` and an `apt-get` that only pretend: what it says, and when it installs again."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(
    not (ROOT / "run").exists() or not sys.platform.startswith("linux"), reason="a script of the checkout, for Linux"
)

PYTHON = """#!/bin/sh
echo "python $*" >>"$LOG"
case "$*" in
    *"-m venv"*)
        for folder; do :; done
        mkdir -p "$folder/bin" && cp "$0" "$folder/bin/python"
        printf '#!/bin/sh\\necho "reader $*"\\n' >"$folder/bin/reader" && chmod +x "$folder/bin/reader" ;;
    *"-m pip"*) exit "${PIP_STATUS:-0}" ;;
    *"import pip"*) [ -e "$(dirname "$0")/reader" ] ;;
    *ensurepip*) exit "${VENV_STATUS:-0}" ;;
esac
"""
LDD = """#!/bin/sh
for file; do
    case "$file" in
        *xcb*) echo "	libxcb-cursor.so.0 => not found" ;;
        *) [ -z "$CORE" ] || echo "	libEGL.so.1 => not found" ;;
    esac
done
"""
SCRIPTS = {
    "python3": PYTHON,
    "ldd": "#!/bin/sh\n",
    "apt-get": '#!/bin/sh\necho "apt-get $*" >>"$LOG"\nexit "${APT_STATUS:-0}"\n',
    "id": '#!/bin/sh\necho "${FAKE_ID:-1000}"\n',
    "uname": "#!/bin/sh\necho Linux\n",
}


class Checkout:
    """A copy of the script, with `tools` first in the PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"
        self.tools = folder / "tools"
        self.tools.mkdir()
        (folder / ".ci").mkdir()
        shutil.copy(ROOT / "run", folder / "run")
        for name in ("pyproject.toml", ".ci/constraints.txt"):
            (folder / name).write_text("", "utf-8")
        for name, script in SCRIPTS.items():
            self.tool(name, script)

    def tool(self, name: str, script: str) -> None:
        path = self.tools / name
        path.write_text(script, "utf-8")
        path.chmod(0o755)

    def __call__(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        self.log.write_text("", "utf-8")
        environment = {"PATH": f"{self.tools}:/usr/bin:/bin", "LOG": str(self.log), "PYTHON": "python3", **variables}
        return subprocess.run(
            ["bash", str(self.folder / "run"), *words],
            env=environment, cwd=self.folder, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    @property
    def done(self) -> str:
        return self.log.read_text("utf-8")


@pytest.fixture
def run(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_first_use_says_what_it_does_in_a_line_and_the_next_does_nothing(run: Checkout) -> None:
    first = run("list", "--json")
    assert (first.returncode, first.stdout, first.stderr.count("\n")) == (0, "reader list --json\n", 1)
    assert "setting up in .venv (once; a minute or two" in first.stderr
    assert f"-m pip install --quiet --disable-pip-version-check --no-input --editable {run.folder}\n" in run.done
    second = run("list")
    assert (second.returncode, second.stdout, second.stderr, run.done) == (0, "reader list\n", "", "")


def test_it_sets_up_again_when_the_pins_the_place_or_the_python_changed(run: Checkout) -> None:
    run("list")
    later = (run.folder / ".venv" / ".installed-app").stat().st_mtime + 5
    os.utime(run.folder / ".ci" / "constraints.txt", (later, later))
    assert "setting up" in run("list").stderr
    os.utime(run.folder / ".ci" / "constraints.txt", (0, 0))
    assert run("list").stderr == ""
    (run.folder / ".venv" / ".installed-app").write_text("/elsewhere\n", "utf-8")
    assert "setting up" in run("list").stderr
    (run.folder / ".venv" / "bin" / "python").unlink()
    assert run("list").returncode == 0
    assert "-m venv" in run.done


def test_an_environment_may_be_elsewhere(run: Checkout) -> None:
    assert run("list", PASSAGE_VENV="other").returncode == 0
    assert (run.folder / "other" / "bin" / "reader").exists()
    assert not (run.folder / ".venv").exists()


def test_a_folder_that_is_no_environment_is_not_cleared(run: Checkout) -> None:
    run("list", PASSAGE_VENV=str(run.folder))
    assert "--clear" not in run.done
    (run.folder / ".venv").mkdir()
    (run.folder / ".venv" / "pyvenv.cfg").write_text("", "utf-8")
    run("list")
    assert "-m venv --clear" in run.done


def test_a_python_without_venv_is_named(run: Checkout) -> None:
    for name in ("python3.14", "python3.13", "python3.12", "python3.11", "python"):
        run.tool(name, "#!/bin/sh\nexit 1\n")
    done = run("list", VENV_STATUS="1")
    assert done.returncode == 1
    assert (
        "Passage needs Python 3.11 or later with venv. On Debian or Ubuntu: apt-get install python3-venv" in done.stderr
    )


def test_an_installation_that_fails_is_told_and_tried_again(run: Checkout) -> None:
    failed = run("list", PIP_STATUS="1")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "the installation failed" in failed.stderr
    assert run("list").stdout == "reader list\n"


def test_missing_libraries_are_named_to_a_user(run: Checkout) -> None:
    run.tool("ldd", LDD)
    done = run("list", CORE="1", DISPLAY=":0")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Please run: sudo apt-get install libegl1 libxcb-cursor0" in done.stderr
    assert "apt-get" not in run.done


def test_what_only_a_window_needs_stops_nobody_without_a_display(run: Checkout) -> None:
    run.tool("ldd", LDD)
    assert run("list", DISPLAY=":0").returncode == 1
    done = run("list")
    assert (done.returncode, done.stdout) == (0, "reader list\n")
    assert "sudo apt-get install libxcb-cursor0" in done.stderr


@pytest.mark.parametrize("status", ["0", "100"])
def test_missing_libraries_are_installed_by_root(run: Checkout, status: str) -> None:
    run.tool("ldd", LDD)
    done = run("list", CORE="1", FAKE_ID="0", APT_STATUS=status)
    assert "apt-get install -y -qq --no-install-recommends libegl1 libxcb-cursor0" in run.done
    assert "installing what Qt needs of the system: libegl1 libxcb-cursor0" in done.stderr
    assert (done.returncode == 0) == (status == "0")
    assert ("could not be installed" in done.stderr) == (status != "0")


def test_with_no_display_and_nothing_to_do_it_is_the_demo(run: Checkout) -> None:
    run("list")
    assert run().stdout == "reader demo\n"
    assert run(DISPLAY=":0").stdout == "reader \n"
