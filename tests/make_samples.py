"""Write the samples that are not plain files: the EPUB, the DOCX, the PDF and the saved page.

    python -m tests.make_samples [FOLDER]

The words and drawings are in `tests/sample_sources`; the files come out the same each time. Without a FOLDER they go
to `sample_docs`.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from tests.sample_sources import book, office, paper, saved

SAMPLES = Path(__file__).resolve().parents[1] / "sample_docs"


def made() -> Mapping[str, bytes]:
    """The samples by their paths within the folder."""
    return {
        "up-the-lenn-on-foot.epub": book.epub(),
        "note-on-the-east-bank.docx": office.docx(),
        paper.NAME: paper.pdf(),
        **saved.files(),
    }


def main(folder: Path) -> None:
    """Write them all, and say which."""
    for name, data in made().items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        print(f"{target}: {len(data):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
