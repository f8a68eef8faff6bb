"""Areas of pages and their pictures: in the bin, in backups, in another library, and in the files of exports."""

from pathlib import Path

from reader.model.annotation import PageRect, Picture
from reader.services.checking import check
from reader.services.library import Library
from tests.services.test_pdf_copies import added, library, mark, other, paper  # noqa: F401

AREA = PageRect(1, 0.1, 0.25, 0.5, 0.75)
PICTURE = Picture("image/png", bytes(range(256)) * 40)


def with_area(library: Library, path: Path) -> tuple[str, str]:  # noqa: F811
    """A document with an area and a mark across the pages; the uids of document and area."""
    uid = added(library, path)
    mark(library, uid, "asked", "press", note="x", tags=("a",))
    text = library.documents.open(uid).document.text
    (made,) = library.annotate.mark_area(uid, text, 4, AREA, picture=PICTURE, note="Figure 1").annotations_added
    return uid, made.uid


def picture(library: Library, uid: str) -> Picture | None:  # noqa: F811
    return library.annotate.picture(library.annotate.get(uid))


def test_the_bin_and_all_of_the_history(library: Library, paper: Path) -> None:  # noqa: F811
    uid, area = with_area(library, paper)
    before = library.exchange.dumps()
    library.documents.remove([uid])
    library.documents.restore([uid])
    assert picture(library, area) == PICTURE
    steps = 0
    while library.history.undo():
        steps += 1
    assert library.documents.list() == []
    assert library.integrity() == []
    for _ in range(steps):
        assert library.history.redo()
    assert picture(library, area) == PICTURE
    assert library.exchange.dumps() == before
    report = check(library)
    assert report.problems == ()


def test_a_backup_brings_the_picture_back(library: Library, paper: Path, tmp_path: Path) -> None:  # noqa: F811
    uid, area = with_area(library, paper)
    before = library.exchange.dumps()
    library.backups.write(tmp_path / "backup.sqlite")
    library.annotate.delete([area])
    library.documents.remove([uid])
    library.backups.restore(tmp_path / "backup.sqlite")
    assert picture(library, area) == PICTURE
    assert library.exchange.dumps() == before
    assert check(library).problems == ()


def test_files_are_the_same_byte_for_byte_after_a_journey(
    library: Library,  # noqa: F811
    other: Library,  # noqa: F811
    paper: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    _, area = with_area(library, paper)
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    library.exchange.export(one)
    # The other library has never seen the file: the annotations wait for it, and find their places when it comes.
    assert other.exchange.import_file(one).problems == ()
    other.exchange.export(two)
    assert two.read_bytes() == one.read_bytes()
    uid = added(other, paper)
    assert {found.uid for found in other.annotate.of_document(uid)} >= {area}
    other.exchange.export(two)
    assert two.read_bytes() == one.read_bytes()
    assert picture(other, area) == PICTURE
    assert other.exchange.import_file(one).added == 0
    while other.history.undo():
        pass
    assert other.documents.list() == []
