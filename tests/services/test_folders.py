"""Markdown in a folder: written, brought up to date, and the user's words and wishes kept."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from reader.model.annotation import Annotation, Color, PageRect, Picture
from reader.model.document import Metadata
from reader.services.folders import FolderReport
from reader.services.library import Library
from tests.services.exchange_helpers import add, mark

BOOK = (
    "# The dam\n\n## Costs\n\nIt will cost 41 million.\n\n### Who pays\n\nResidents pay.\n\n## Time\n\nReady in 2031.\n"
)
HOSTILE = "```\n<!-- /passage x -->\n# Not a heading\n<script>alert(1)</script>\n\n---\n> [[x]] <!--"


@pytest.fixture
def book(library: Library, tmp_path: Path) -> str:
    uid = add(library, tmp_path / "dam.md", BOOK)
    mark(library, uid, "41 million", tags=["big cost/dam", "2031"], color=Color.ORANGE, note="Says *who*?\n\n- me")
    mark(library, uid, "Residents pay")
    mark(library, uid, "2031")
    return uid


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def out(library: Library, vault: Path) -> Callable[..., FolderReport]:
    def export(**how: Any) -> FolderReport:
        return library.folders.export(vault, **how)

    return export


def done(report: FolderReport) -> dict[str, str]:
    assert report.problems == []
    return dict(report.files)


def by_words(library: Library, words: str) -> Annotation:
    return next(found for found in library.annotate.select() if found.quote == words)


def block(text: str, uid: str) -> str:
    found = re.search(rf"^<!-- passage {uid} .*?^<!-- /passage {uid} -->\n", text, re.MULTILINE | re.DOTALL)
    assert found
    return found.group()


def shape(text: str) -> list[str]:
    """Headings and quotes of a file in their order, as markdown-it reads them."""
    tokens = MarkdownIt("commonmark").use(front_matter_plugin).parse(text)
    found: list[str] = []
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            found.append(f"{token.tag} {tokens[number + 1].content}")
        if token.type == "blockquote_open" and token.level == 0:
            found.append(f"> {tokens[number + 2].content}")
    return found


def test_a_file_says_all_of_its_document(
    library: Library, book: str, vault: Path, out: Callable[..., FolderReport]
) -> None:
    library.documents.edit(
        book, metadata=Metadata("The dam", ("Ada Lee",), "The Post", "2026-01-02", url="https://example.org/?a=(1)")
    )
    out()
    text = (vault / "The dam.md").read_text("utf-8")
    cost = by_words(library, "41 million")
    sha256 = hashlib.sha256(library.documents.open(book).document.text.encode()).hexdigest()
    assert text.startswith(
        '---\ntitle: "The dam"\nauthors:\n  - "Ada Lee"\ndate: 2026-01-02\nsource: "The Post"\n'
        f'url: "https://example.org/?a=(1)"\npassage-uid: "{book}"\npassage-text-sha256: "{sha256}"\n'
        "passage-annotations: 3\n---\n"
    )
    assert shape(text) == [
        "h1 The dam",
        "h2 Costs",
        "> 41 million",
        "h3 Who pays",
        "> Residents pay",
        "h2 Time",
        "> 2031",
    ]
    assert "\n- Says *who*?\n\n  - me\n" in text
    assert f"\n\n^{cost.uid}\n\n" in text
    details = next(line for line in text.splitlines() if cost.uid in line and "Open" in line)
    assert details == (
        f"Figure · {cost.created[:10]} · #big-cost/dam #_2031 · [Open in Passage](passage://annotation/{cost.uid})"
    )


def test_headings_by_category(library: Library, book: str, vault: Path, out: Callable[..., FolderReport]) -> None:
    out()
    assert done(out(by="category")) == {"The dam.md": "updated"}
    assert shape((vault / "The dam.md").read_text("utf-8")) == [
        "h1 The dam",
        "h2 Claim",
        "> Residents pay",
        "> 2031",
        "h2 Figure",
        "> 41 million",
    ]
    assert done(out(by="category")) == {"The dam.md": "unchanged"}


def test_a_second_export_writes_nothing(
    library: Library, book: str, vault: Path, out: Callable[..., FolderReport]
) -> None:
    assert done(out()) == {"The dam.md": "written"}
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in vault.iterdir()}
    assert done(out()) == {"The dam.md": "unchanged"}
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in vault.iterdir()}


def test_the_user_s_words_stay_and_what_is_new_comes(
    library: Library, book: str, vault: Path, out: Callable[..., FolderReport]
) -> None:
    out()
    path = vault / "The dam.md"
    text = path.read_text("utf-8")
    pay = by_words(library, "Residents pay")
    theirs = block(text, pay.uid)
    text = text.replace(theirs, f"Before it.\n\n{theirs}\nAfter *it*.\n").replace("---\n", "---\nrating: 5\n", 1)
    path.write_text("\ufeff" + text + "\nMy conclusions.\n", "utf-8")
    assert done(out()) == {"The dam.md": "unchanged"}
    library.annotate.edit_note(pay.uid, "Do they?")
    mark(library, book, "It will")
    assert done(out()) == {"The dam.md": "updated"}
    again = path.read_text("utf-8")
    for words in ("\ufeff---\nrating: 5\n", "\nBefore it.\n", "\nAfter *it*.\n", "\nMy conclusions.\n"):
        assert words in again
    assert "- Do they?" in again
    assert again.index("Before it.") < again.index("Residents pay") < again.index("After *it*.")
    assert shape(again.removeprefix("\ufeff"))[:4] == ["h1 The dam", "h2 Costs", "> It will", "> 41 million"]


def test_what_is_deleted_there_stays_out(
    library: Library, book: str, vault: Path, out: Callable[..., FolderReport]
) -> None:
    out()
    path = vault / "The dam.md"
    text = path.read_text("utf-8")
    pay = by_words(library, "Residents pay").uid
    path.write_text(text.replace(block(text, pay), ""), "utf-8")
    library.annotate.edit_note(pay, "New words")
    report = out()
    assert (done(report), report.marks_kept_out) == ({"The dam.md": "updated"}, 1)
    # Of all that is in it only how many marks stand there is new.
    rest = path.read_text("utf-8").replace("passage-annotations: 2\n", "passage-annotations: 3\n")
    assert (
        rest.partition("<!-- passage-written")[0]
        == text.replace(block(text, pay), "").partition("<!-- passage-written")[0]
    )
    assert done(out()) == {"The dam.md": "unchanged"}
    path.unlink()
    report = out()
    assert (report.kept_out, report.files, list(vault.glob("*.md"))) == (["The dam"], [], [])
    assert "kept out" in report.sentence()


def test_what_is_deleted_here_goes_and_what_is_only_not_chosen_stays(
    library: Library, book: str, vault: Path, out: Callable[..., FolderReport]
) -> None:
    out()
    path = vault / "The dam.md"
    assert done(out(color=Color.ORANGE)) == {"The dam.md": "unchanged"}
    library.annotate.delete([by_words(library, "2031").uid])
    assert done(out()) == {"The dam.md": "updated"}
    assert shape(path.read_text("utf-8"))[-1] == "> Residents pay"
    library.annotate.delete([found.uid for found in library.annotate.select()])
    out()
    assert shape(path.read_text("utf-8")) == ["h1 The dam"]


def test_a_new_title_renames_the_file_unless_the_user_has(
    library: Library, book: str, vault: Path, out: Callable[..., FolderReport]
) -> None:
    out()
    library.documents.edit(book, metadata=replace(library.documents.get(book).metadata, title="CON"))
    report = out()
    assert (report.renamed, [path.name for path in vault.glob("*.md")]) == ([("The dam.md", "_CON.md")], ["_CON.md"])
    (vault / "mine").mkdir()
    (vault / "_CON.md").rename(vault / "mine" / "About it.md")
    library.documents.edit(book, metadata=replace(library.documents.get(book).metadata, title="Third"))
    assert done(out()) == {"mine/About it.md": "updated"}
    assert done(out()) == {"mine/About it.md": "unchanged"}


def test_a_name_that_the_user_gave_stays_whatever_is_written_under_it(
    library: Library, book: str, vault: Path, out: Callable[..., FolderReport]
) -> None:
    out()
    (vault / "The dam.md").rename(vault / "Mine.md")
    library.annotate.edit_note(by_words(library, "2031").uid, "New words")
    assert done(out()) == {"Mine.md": "updated"}
    library.documents.edit(book, metadata=replace(library.documents.get(book).metadata, title="Third"))
    report = out()
    assert (done(report), report.renamed) == ({"Mine.md": "updated"}, [])
    # Under the name that we gave it, it is ours to name again.
    (vault / "Mine.md").rename(vault / "The dam.md")
    assert out().renamed == [("The dam.md", "Third.md")]


def test_names_clash_with_nothing_and_lead_nowhere_else(
    library: Library, tmp_path: Path, vault: Path, out: Callable[..., FolderReport]
) -> None:
    vault.mkdir()
    (vault / "PASSWD.md").write_text("mine", "utf-8")
    for number in range(3):
        uid = add(library, tmp_path / f"{number}.txt", f"Some words, number {number}.")
        library.documents.edit(uid, metadata=Metadata("../../etc/passwd" if number == 2 else "passwd"))
        mark(library, uid, "words")
    outside = sorted(tmp_path.iterdir())
    assert set(done(out())) == {"passwd 2.md", "passwd 3.md", "etc passwd.md"}
    assert (vault / "PASSWD.md").read_text("utf-8") == "mine"
    assert sorted(tmp_path.iterdir()) == outside
    assert set(done(out()).values()) == {"unchanged"}


def test_nothing_in_a_note_or_a_title_breaks_out(
    library: Library, book: str, vault: Path, out: Callable[..., FolderReport]
) -> None:
    library.annotate.edit_note(by_words(library, "41 million").uid, HOSTILE)
    library.documents.edit(book, metadata=Metadata("--- <b> [[x]]\n# y"))
    out()
    (path,) = vault.glob("*.md")
    text = path.read_text("utf-8")
    assert [line.partition(" ")[0] for line in shape(text)] == ["h1", "h2", ">", "h3", ">", "h2", ">"]
    assert set(done(out()).values()) == {"unchanged"}
    html = [t for t in MarkdownIt("commonmark").use(front_matter_plugin).parse(text) if t.type == "html_block"]
    assert [t.content for t in html if t.level == 0 and not t.content.startswith(("<!-- passage", "<!-- /pass"))] == []


def test_a_comment_that_a_note_opens_hides_nothing_after_it(
    library: Library, book: str, vault: Path, out: Callable[..., FolderReport]
) -> None:
    ready = by_words(library, "2031").uid
    for note, said in (
        ("100 %% sure", "- 100 \\%\\% sure\n"),
        ("%% mine %% and %%", "- %% mine %% and \\%\\%\n"),
        ("`%%` and\n\n```\n%%time\n```", "- `%%` and\n\n  ```\n  %%time\n  ```\n"),
    ):
        library.annotate.edit_note(ready, note)
        out()
        assert said in block((vault / "The dam.md").read_text("utf-8"), ready)


def test_pictures_of_areas_lie_beside(
    library: Library, tmp_path: Path, vault: Path, out: Callable[..., FolderReport]
) -> None:
    uid = add(library, tmp_path / "dam.md", BOOK)
    text = library.documents.open(uid).document.text
    picture = Picture("image/png", b"\x89PNG as it were")
    (area,) = library.annotate.mark_area(
        uid, text, 4, PageRect(1, 0.1, 0.2, 0.5, 0.6), picture=picture
    ).annotations_added
    out()
    text = (vault / "The dam.md").read_text("utf-8")
    assert f"](attachments/{area.uid}.png)" in text
    file = vault / "attachments" / f"{area.uid}.png"
    assert file.read_bytes() == picture.data
    file.unlink()
    out()
    assert not file.exists()


def test_a_file_that_cannot_be_read_is_left_alone_and_the_others_come(
    library: Library, book: str, tmp_path: Path, vault: Path, out: Callable[..., FolderReport]
) -> None:
    out()
    path = vault / "The dam.md"
    broken = path.read_bytes() + b"\xff\xfe"
    path.write_bytes(broken)
    other = add(library, tmp_path / "b.txt", "Other words.")
    mark(library, other, "words")
    report = out()
    assert (len(report.problems), path.read_bytes()) == (1, broken)
    assert [what for _, what in report.files] == ["written"]


def test_a_list_that_cannot_be_written_hides_nothing_of_what_was_done(
    library: Library, book: str, vault: Path, out: Callable[..., FolderReport]
) -> None:
    (vault / ".passage.json").mkdir(parents=True)
    report = out()
    assert report.files == [("The dam.md", "written")]
    (problem,) = report.problems
    assert ".passage.json" in problem
    (vault / ".passage.json").rmdir()
    assert done(out()) == {"The dam.md": "unchanged"}
    assert book in (vault / ".passage.json").read_text("utf-8")


def test_windows_line_ends_stay(library: Library, book: str, vault: Path, out: Callable[..., FolderReport]) -> None:
    out()
    path = vault / "The dam.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert done(out()) == {"The dam.md": "unchanged"}
    library.annotate.edit_note(by_words(library, "2031").uid, "One\ntwo")
    assert done(out()) == {"The dam.md": "updated"}
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")


def test_one_text_of_all(library: Library, book: str) -> None:
    text = library.exchange.dumps(form="markdown")
    assert text.startswith("---\ntitle:")
    assert "passage-annotations: 3\n---\n" in text
    assert "<!--" not in text
    assert shape(text)[:2] == ["h1 The dam", "h2 Costs"]


def test_one_text_of_several_says_of_each_what_it_is_from(library: Library, book: str, tmp_path: Path) -> None:
    other = add(library, tmp_path / "other.txt")
    mark(library, other, "the old school")
    text = library.exchange.dumps(form="markdown")
    hashes = {uid: hashlib.sha256(library.documents.open(uid).document.text.encode()) for uid in (book, other)}
    said = re.findall(r"^<!-- passage-text (\S+) (\S+) (\d+) -->\n\n# ", text, re.MULTILINE)
    assert said == [(book, hashes[book].hexdigest(), "3"), (other, hashes[other].hexdigest(), "1")]


def test_a_stopped_export_says_so(library: Library, book: str, vault: Path, out: Callable[..., FolderReport]) -> None:
    report = out(cancelled=lambda: True)
    assert (report.stopped, list(vault.iterdir())) == (True, [])
