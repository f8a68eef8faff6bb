"""The files of a folder that annotations are exported to: found, named and written, each whole or not at all."""

import json
import os
from pathlib import Path
from typing import cast

from reader.interchange.file_names import file_name, folded, free_name, is_numbered
from reader.interchange.managed import digest
from reader.interchange.markdown_file import document_of, name_given
from reader.services.whole_file import write_whole

ATTACHMENTS = "attachments"
LIST = ".passage.json"
"""The hidden file that lists the documents that have, or had, a file."""
ENDING = ".md"

_HEAD = 1 << 16
"""Bytes of a file within which its head has to end."""


class ChangedMeanwhile(OSError):
    """A file is not any more what it was when it was read."""


class Files:
    """The Markdown files of `folder` and the folders in it; links and hidden ones are passed over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._written = _listed(folder / LIST)
        self._listed = frozenset(self._written)
        self._paths: dict[str, Path] = {}
        self._names = {folded(entry.name) for entry in os.scandir(folder)}
        for path in markdown_in(folder):
            if uid := document_in(path):
                self._paths.setdefault(uid, path)

    def find(self, uid: str) -> Path | None:
        """The file of a document."""
        return self._paths.get(uid)

    def was_written(self, uid: str) -> bool:
        """Whether a document had a file here."""
        return uid in self._written

    def name(self, path: Path) -> str:
        """A file as it is called within the folder."""
        return path.relative_to(self.folder).as_posix()

    def new_path(self, title: str) -> Path:
        """Where the file of a document of that title is written: where nothing is."""
        return self.folder / (self._free(file_name(title)) + ENDING)

    def renamed(self, path: Path, text: str, title: str) -> Path:
        """Where the file with that text is to be: elsewhere if the title has changed, and the user has not named it."""
        plain = file_name(title)
        is_ours = path.parent == self.folder and is_our_name(path, text)
        if not is_ours or is_numbered(path.stem, plain):
            return path
        return self.folder / (self._free(plain) + ENDING)

    def _free(self, name: str) -> str:
        return free_name(name, {taken.removesuffix(ENDING) for taken in self._names})

    def add(self, uid: str, path: Path) -> None:
        """Take note of the file of a document."""
        self._paths[uid] = path
        self._written.add(uid)
        if path.parent == self.folder:
            self._names.add(folded(path.name))

    def rename(self, path: Path, to: Path) -> None:
        """Give a file another name, under which nothing may be."""
        if os.path.lexists(to) and not (path.exists() and to.exists() and path.samefile(to)):
            raise FileExistsError(17, "there is a file of that name", str(to))
        os.rename(path, to)
        self._names.discard(folded(path.name))

    def write(self, path: Path, before: bytes, data: bytes) -> None:
        """Write a file that was `before` when it was read (empty: there was none); what changed since is kept."""
        now = path.read_bytes() if before or os.path.lexists(path) else b""
        if now != before:
            raise ChangedMeanwhile(0, "another program wrote it meanwhile; export again", str(path))
        write_whole(path, data)

    def write_picture(self, name: str, data: bytes) -> None:
        """Write a picture beside the files."""
        folder = self.folder / ATTACHMENTS
        folder.mkdir(exist_ok=True)
        if not (folder / name).is_file() or (folder / name).read_bytes() != data:
            write_whole(folder / name, data)

    def remember(self) -> None:
        """Write the list of documents, if there is anything new on it."""
        if self._written - self._listed:
            about = "Documents that Passage wrote here; one whose file is gone is not written again."
            value = {"about": about, "documents": sorted(self._written)}
            write_whole(self.folder / LIST, (json.dumps(value, indent=1) + "\n").encode())


def is_our_name(path: Path, text: str) -> bool:
    """Whether the file with that text is called what we called it last, wherever it is."""
    return name_given(text) == digest(path.stem)


def markdown_in(folder: Path) -> list[Path]:
    """The Markdown files of a folder and the folders in it, without links and hidden ones."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(place, name) for name in sorted(names) if name.lower().endswith(ENDING))
        found += [path for path in paths if not path.name.startswith(".") and not path.is_symlink()]
    return found


def document_in(path: Path) -> str:
    """The uid of the document that a file is of; empty for a file that is not ours, or cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return ""
    return document_of(head.decode("utf-8", "replace")) if b"passage-uid" in head else ""


def _listed(path: Path) -> set[str]:
    """The uids on the list; none when it is not there or not readable as one."""
    try:
        value: object = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return set()
    found: object = cast("dict[str, object]", value).get("documents") if isinstance(value, dict) else None
    return {one for one in cast("list[object]", found) if isinstance(one, str)} if isinstance(found, list) else set()
