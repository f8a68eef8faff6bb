"""Templates at work: in a process of their own, which a hostile one may wear out, and in the user's folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.formats.request import Limits
from reader.interchange.template_files import source_of
from reader.interchange.template_values import TemplateRequest
from reader.model.errors import Cancelled, ReaderError
from reader.services.export_text import whole
from reader.services.library import Library
from reader.services.limits import LIMITS_KEY
from reader.services.templating import TemplateError, Templating
from tests.services.exchange_helpers import add, mark

FOREVER = "{% for a in range(99999) %}" * 4 + "{% endfor %}" * 4
LARGE = "{{ 'x' * 10 ** 10 }}"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "passage" / "templates"


@pytest.fixture
def minutes(library: Library, tmp_path: Path) -> str:
    uid = add(library, tmp_path / "minutes.txt")
    mark(library, uid, "41 million", tags=["cost"], note="Says *who*?")
    mark(library, uid, "2031")
    return uid


def test_an_export_by_a_template_is_a_file_a_text_and_a_look(library: Library, minutes: str, tmp_path: Path) -> None:
    target = tmp_path / "notes.md"
    report = library.exchange.export(target, form="template:reading-notes")
    text = target.read_text("utf-8")
    assert (report.annotations, report.left_out) == (2, 0)
    assert "> 41 million\n\n- Says *who*?\n" in text
    copied = whole(library.exchange, "template:reading-notes")
    assert copied
    assert copied.text == text == library.exchange.dumps(form="template:reading-notes")
    assert text.startswith("# Minutes of the water board")
    assert library.exchange.dumps(form="template:quotations", tags=["cost"]).startswith("1. “41 million”")


def test_a_template_anywhere_can_be_used(library: Library, minutes: str, tmp_path: Path) -> None:
    (tmp_path / "mine.csv.j2").write_text(
        "{% for mark in marks %}\n{{ mark.quote }},{{ loop.index }}\n{% endfor %}", "utf-8"
    )
    assert library.exchange.dumps(form=f"template:{tmp_path / 'mine.csv.j2'}") == "41 million,1\n2031,2\n"


def test_a_wrong_one_leaves_no_file(library: Library, minutes: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.txt.j2"
    path.write_text("fine\n{{ marks[0].qoute }}", "utf-8")
    target = tmp_path / "out.txt"
    target.write_text("before", "utf-8")
    with pytest.raises(
        TemplateError, match=r"^Line 2 of the template “wrong\.txt”: there is no “qoute” here; "
    ) as raised:
        library.exchange.export(target, form=f"template:{path}")
    assert raised.value.line == 2
    assert target.read_text("utf-8") == "before"
    assert sorted(found.name for found in tmp_path.glob("*out*")) == ["out.txt"]


@pytest.mark.parametrize(("source", "words"), [(FOREVER, "stopped after a second"), (LARGE, "more than 256 MB")])
def test_one_that_takes_too_much_costs_a_sentence(library: Library, source: str, words: str, minutes: str) -> None:
    limits = Limits(memory=256 << 20, seconds=1.0, seconds_per_megabyte=0.0)
    templating = Templating(lambda: library.workers, lambda: limits)
    request = TemplateRequest("bad.txt", source, b'{"categories": [], "tags": []}', ())
    with pytest.raises(TemplateError, match=words):
        "".join(templating.render(request))
    assert library.templates.preview("{{ total }}", "x.txt") == "2"


def test_one_that_goes_on_for_ever_is_stopped_with_the_export(library: Library, minutes: str, tmp_path: Path) -> None:
    (tmp_path / "long.txt.j2").write_text(FOREVER, "utf-8")
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    report = library.exchange.export(
        tmp_path / "out.txt", form=f"template:{tmp_path / 'long.txt.j2'}", cancelled=cancelled
    )
    assert report.path is None
    assert not (tmp_path / "out.txt").exists()
    with pytest.raises(Cancelled):
        library.templates.preview(FOREVER, "x.txt", cancelled=lambda: True)


def test_a_template_cannot_write_read_or_reach_out(library: Library, minutes: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden", "utf-8")
    for source in (
        f"{{% include '{secret}' %}}",
        "{{ self.__init__.__globals__ }}",
        "{{ joiner.__init__.__globals__ }}",
    ):
        with pytest.raises(TemplateError):
            library.templates.preview(source, "x.txt")


def test_limits_are_those_that_the_user_has_set(library: Library, minutes: str) -> None:
    library.settings.set(LIMITS_KEY, {"memory_mb": 200})
    with pytest.raises(TemplateError, match="more than 200 MB"):
        library.templates.preview(LARGE, "x.txt")


def test_a_preview_is_of_the_first_marks_and_of_the_documents_asked_for(library: Library, tmp_path: Path) -> None:
    first, other = add(library, tmp_path / "a.txt", "word " * 30), add(library, tmp_path / "b.txt", "other word")
    text = library.documents.open(first).document.text
    for start in range(0, 125, 5):
        library.annotate.highlight(first, text, start, start + 4)
    mark(library, other, "other")
    assert library.templates.preview("{{ marks | length }} of {{ total }}", "x.txt") == "20 of 26"
    assert library.templates.preview("{{ marks[0].quote }}", "x.txt", documents=[other]) == "other"


def test_ones_own_are_made_saved_and_deleted(library: Library, own_folder: Path) -> None:
    templates = library.templates
    made = templates.create("essay.md", "{# Essay: for school. #}\nä")
    assert (made.path, made.title, made.about, made.suffix) == (
        own_folder / "essay.md.j2",
        "Essay",
        "for school.",
        ".md",
    )
    assert made in templates.list()
    again = templates.save(made, "{# Essay: for school. #}\nä", "{# Paper #}")
    assert (again.title, templates.source(again)) == ("Paper", "{# Paper #}")
    assert templates.create("essay.md", "x").name == "essay 2.md"
    assert templates.create("a/../b", "x").path.parent == own_folder
    templates.delete(made)
    assert not made.path.exists()
    assert sorted(path.name for path in own_folder.iterdir()) == ["a .. b.txt.j2", "essay 2.md.j2"]


def test_what_another_program_wrote_meanwhile_stays(library: Library) -> None:
    made = library.templates.create("essay.md", "one")
    made.path.write_text("theirs", "utf-8")
    kept = library.templates.save(made, "one", "mine")
    assert (source_of(made.path), source_of(kept.path), kept.name) == ("theirs", "mine", "essay 2.md")


def test_those_that_come_with_the_program_are_not_written_to(library: Library) -> None:
    shipped = library.templates.find("quotations")
    changes: list[Callable[[], object]] = [
        lambda: library.templates.save(shipped, "", "x"),
        lambda: library.templates.delete(shipped),
    ]
    for change in changes:
        with pytest.raises(ReaderError, match="comes with the program"):
            change()


def test_a_folder_that_cannot_be_written_gives_a_sentence(library: Library, own_folder: Path) -> None:
    own_folder.parent.mkdir(parents=True)
    own_folder.write_text("a file", "utf-8")
    with pytest.raises(ReaderError, match=r"could not be written to “.*essay\.md\.j2”"):
        library.templates.create("essay.md", "x")
