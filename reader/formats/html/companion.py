"""The folder of files that a browser saves beside a page: "rain.html" comes with "rain_files"."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from reader.formats.images import local_path, picture_at

# As the browsers call it, in the languages of their makers' systems.
_ENDINGS = (
    "_files .files -files _file -Dateien _Dateien -fichiers _fichiers _archivos _arquivos _ficheiros _bestanden -filer"
    " _tiedostot _pliki _soubory _elemei _dosyalar _fails _fitxers _datoteke _fajlovi"
).split()
_PAGES = frozenset({".html", ".htm", ".xhtml", ".xht"})


def belongs_to(folder: str, files: Iterable[Path]) -> bool:
    """Whether a folder of this name holds the files of one of the pages among `files`, which stand beside it."""
    ending = next((ending for ending in _ENDINGS if folder.lower().endswith(ending.lower())), "")
    if not ending:
        return False
    stem = folder[: -len(ending)]
    return any(file.stem == stem and file.suffix.lower() in _PAGES for file in files)


@dataclass(frozen=True, slots=True)
class Companion:
    """The files beside the page `name` in `folder`."""

    folder: Path | None
    name: str

    def fetch(self, source: str) -> bytes:
        """The bytes of the file that a relative address of the page means; empty when there is none.

        Where page and folder were given another name together, the folder is found by the page's name.
        """
        written = source.strip().replace("\\", "/")
        return picture_at(local_path(self.folder, written)) or self._renamed(written)

    def _renamed(self, source: str) -> bytes:
        try:
            parts = urlsplit(source)
        except ValueError:
            return b""
        path = PurePosixPath(unquote(parts.path))
        if self.folder is None or parts.scheme or parts.netloc or len(path.parts) < 2 or ".." in path.parts:
            return b""
        stem = Path(self.name).stem
        places = (quote(f"{stem}{ending}/{path.name}") for ending in _ENDINGS)
        return next((data for place in places if (data := picture_at(local_path(self.folder, place)))), b"")
