"""Folders that are kept up to date: only what has changed is looked at, and nothing that has is passed over."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.model.annotation import Color
from reader.model.document import Metadata
from reader.services.export_choice import ExportChoice
from reader.services.folders import UNCHANGED, UPDATED
from reader.services.kept_folders import KeptFolder, Written
from reader.services.library import Library
from tests.services.exchange_helpers import add, mark

WORDS = ("alpha", "beta", "gamma", "delta")


@pytest.fixture
def uids(library: Library, tmp_path: Path) -> list[str]:
    """Four documents with a mark on each of their words; the first two have tags."""
    words, names = " ".join(WORDS), ("one", "two", "six", "x")
    made = [add(library, tmp_path / f"{name}.md", f"# {name}\n\n{words}") for name in names]
    for number, uid in enumerate(made):
        for word in WORDS:
            color = Color.GREEN if number == 3 else Color.ORANGE
            mark(library, uid, word, color=color, tags=[f"{word}/of", "all"] if number < 2 else [])
    return made


@pytest.fixture
def kept(library: Library, uids: list[str], tmp_path: Path) -> KeptFolder:
    (tmp_path / "notes").mkdir()
    return library.kept_folders.keep(tmp_path / "notes", ExportChoice())


def files(library: Library, kept: KeptFolder, since: Written | None) -> tuple[Written, dict[str, str]]:
    now, report = library.kept_folders.update(kept, since)
    assert not report or not report.problems
    return now, dict(report.files) if report else {}


CHANGES: list[tuple[Callable[[Library], object], set[str]]] = [
    (lambda library: library.tags.rename("alpha/of", "alpha/by"), {"one.md", "two.md"}),
    (lambda library: library.categories.rename(Color.GREEN, "Proof"), {"x.md"}),
    (lambda library: library.tags.edit("all", color="#2f6fc0", description="Everything"), set()),
    (lambda library: library.tags.add("nobody has it"), set()),
]


@pytest.mark.parametrize(("change", "concerned"), CHANGES)
def test_only_files_of_documents_that_are_concerned_are_looked_at(
    library: Library, kept: KeptFolder, change: Callable[[Library], object], concerned: set[str]
) -> None:
    now, written = files(library, kept, None)
    assert len(written) == 4
    change(library)
    now, written = files(library, kept, now)
    assert set(written) == concerned
    library.history.undo()
    now, written = files(library, kept, now)
    assert set(written) == concerned
    library.history.redo()
    now, written = files(library, kept, now)
    assert set(written) == concerned
    assert files(library, kept, now)[1] == {}


def step(library: Library, uids: list[str], rng: random.Random) -> None:
    """Any change of any kind."""
    names, new, uid = [tag.name for tag in library.tags.list()], f"new {rng.randrange(10**6)}", rng.choice(uids)
    tag, other = rng.sample(names, 2) if len(names) > 1 else ("", "")
    one = rng.choice(list(library.annotate.select())).uid
    steps: list[Callable[[], object]] = [
        *([lambda: library.tags.rename(tag, new), lambda: library.tags.merge(tag, other)] if tag else []),
        *([lambda: library.tags.delete(tag)] if tag else []),
        lambda: library.categories.rename(rng.choice([Color.GREEN, Color.ORANGE]), new),
        lambda: library.annotate.edit_note(one, new),
        lambda: library.annotate.add_tags([one], [new, "all"]),
        lambda: library.annotate.delete([one]),
        lambda: library.documents.edit(uid, metadata=Metadata(title=new)),
        lambda: library.documents.edit(uid, tags=[new, "all"]),
        library.history.undo,
        library.history.undo,
        library.history.redo,
    ]
    rng.choice(steps)()


@pytest.mark.parametrize("seed", range(4))
def test_nothing_that_has_changed_is_passed_over(
    library: Library, uids: list[str], kept: KeptFolder, seed: int
) -> None:
    rng = random.Random(seed)
    now, _ = files(library, kept, None)
    for _ in range(10):
        for _ in range(rng.randrange(1, 4)):
            step(library, uids, rng)
        now, _ = files(library, kept, now)
        assert set(files(library, kept, None)[1].values()) <= {UNCHANGED}


def test_another_filter_under_the_name_of_a_view_has_all_written(library: Library, kept: KeptFolder) -> None:
    library.filters.save("Mine", "tag:alpha")
    viewed = library.kept_folders.keep(Path(kept.folder), ExportChoice(view="Mine"))
    now, _ = files(library, viewed, None)
    assert "> beta" not in (Path(kept.folder) / "one.md").read_text("utf-8")
    library.filters.save("Mine", "tag:beta")
    _, written = files(library, viewed, now)
    assert written["one.md"] == UPDATED
    assert "> beta" in (Path(kept.folder) / "one.md").read_text("utf-8")


def test_where_the_library_is_another_one_all_is_written(library: Library, kept: KeptFolder, uids: list[str]) -> None:
    saved = library.backups.write(Path(kept.folder).with_name("saved.sqlite"))
    now, _ = files(library, kept, None)
    mark(library, uids[0], "beta", note="soon gone")
    now, _ = files(library, kept, now)
    library.backups.restore(saved)
    for word in WORDS:
        mark(library, uids[1], word)
        mark(library, uids[1], word)
    files(library, kept, now)
    assert set(files(library, kept, None)[1].values()) == {UNCHANGED}
