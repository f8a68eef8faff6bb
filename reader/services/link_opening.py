"""Links to annotations (`passage://…`), opened by this program when a desktop meets one: said in the user's own files.

Linux only, by the standards of freedesktop.org: a `.desktop` file, a line in `mimeapps.list`, written by `xdg-mime`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import which

from reader.model.errors import ReaderError
from reader.places import library_path

NAME = "passage-links.desktop"
SCHEME = "x-scheme-handler/passage"
_PATIENCE_S = 15
_UNSAFE = re.compile(r'(["`$\\])')


def is_offered() -> bool:
    """Whether this system has a place to say it."""
    return sys.platform.startswith("linux")


def opens_links() -> bool:
    """Whether it is said, for whatever library."""
    return _desktop_file().is_file()


def register(library: Path) -> None:
    """Have links open in the window of that library file, from now on. ReaderError when that cannot be said."""
    if which("xdg-mime") is None:
        raise ReaderError("The program xdg-mime is missing, which tells the desktop; install xdg-utils and try again.")
    file = _desktop_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, _entry(library))
        _run("xdg-mime", "default", NAME, SCHEME)
        _refresh(file.parent)
    except (OSError, subprocess.SubprocessError) as error:
        file.unlink(missing_ok=True)
        raise ReaderError(f"The desktop could not be told to open links here ({_reason(error)}); try again.") from error


def unregister() -> None:
    """Take back all that `register` has said. ReaderError when that cannot be."""
    file = _desktop_file()
    try:
        file.unlink(missing_ok=True)
        _forget()
        _refresh(file.parent)
    except (OSError, subprocess.SubprocessError) as error:
        raise ReaderError(
            f"The desktop could not be told that links are no longer opened here ({_reason(error)}); try again."
        ) from error


def _entry(library: Path) -> str:
    """The `.desktop` file; the library is named where it is not the user's own."""
    started = Path(sys.argv[0])
    is_script = started.name == "reader" and os.access(started, os.X_OK)
    command = [str(started.absolute())] if is_script else [sys.executable, "-m", "reader"]
    if str(library.absolute()) != library_path():
        command += ["--library", str(library.absolute())]
    said = " ".join(map(_quoted, command))
    return (
        "[Desktop Entry]\nType=Application\nName=Passage\nComment=Opens links to annotations\nIcon=passage\n"
        f"Exec={said} %u\nTerminal=false\nNoDisplay=true\nMimeType={SCHEME};\n"
    )


def _quoted(word: str) -> str:
    """An argument as the standard wants it: within quotes, each of its own signs doubled or escaped."""
    if any(sign < " " for sign in word):
        raise OSError(22, f"the name {word!r} has a line end in it")
    inside = _UNSAFE.sub(r"\\\1", word).replace("%", "%%")
    # The value of a key is escaped once more than the argument in it.
    return '"' + inside.replace("\\", "\\\\") + '"'


def _desktop_file() -> Path:
    data = os.environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")
    return Path(data, "applications", NAME)


def _lists() -> tuple[Path, ...]:
    """Where it stands which program opens what, today and as it was before."""
    config = os.environ.get("XDG_CONFIG_HOME", "").strip() or os.path.expanduser("~/.config")
    folder = _desktop_file().parent
    return Path(config, "mimeapps.list"), folder / "mimeapps.list", folder / "defaults.list"


def _forget() -> None:
    """Take our name out of these lists, and leave all else in them."""
    for path in _lists():
        if not path.is_file():
            continue
        before = path.read_text("utf-8", "surrogateescape").splitlines(keepends=True)
        after = [kept for line in before if (kept := _without_us(line))]
        if after != before:
            _write(path.resolve(), "".join(after))


def _without_us(line: str) -> str:
    """A line of such a list without our name; empty when it named nobody else."""
    key, equals, names = line.rstrip("\r\n").partition("=")
    if key.strip() != SCHEME or not equals:
        return line
    others = [name for name in names.split(";") if name.strip() and name.strip() != NAME]
    return f"{key}={';'.join(others)};\n" if others else ""


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        temporary.write_text(text, "utf-8", "surrogateescape", newline="")
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _refresh(folder: Path) -> None:
    """Have the desktop look at the folder again; where there is nothing to do that with, it does so by itself."""
    if which("update-desktop-database") and folder.is_dir():
        _run("update-desktop-database", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE_S, stdin=subprocess.DEVNULL)


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        return said[-1] if said else f"{error.cmd[0]} ended with {error.returncode}"
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
