"""Templates of export: what they are given, what is made of it, and what is said of one that is wrong."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from reader.interchange.forms import form
from reader.interchange.json_file import InterchangeError
from reader.interchange.outgoing import Outgoing
from reader.interchange.template_files import described, source_of, template_files
from reader.interchange.template_filters import FILTERS
from reader.interchange.template_sandbox import TemplateFault, rendered, values
from reader.interchange.template_values import TemplateRequest, head_json, limited, pieces
from reader.model.annotation import AnchorState
from reader.model.document import Metadata
from reader.model.library import Tag
from tests.interchange.outgoing_helpers import DOCUMENT, OUTGOINGS, SOME, TEXT, made, outgoing

REFERENCE = Path(__file__).resolve().parents[2] / "resources" / "schema" / "templates.md"


@pytest.fixture(autouse=True)
def no_templates_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def run(request: TemplateRequest) -> Iterator[str]:
    yield rendered(request.source, request.name, request.head, request.documents)


def written(source: str, out: Outgoing | None = None, name: str = "x.txt") -> str:
    return "".join(pieces(out or outgoing(*SOME), name, source, run))


def shipped(name: str, out: Outgoing) -> str:
    return "".join(form(f"template:{name}").pieces(replace(out, render=run)))


def fault(source: str) -> tuple[int, str]:
    with pytest.raises(TemplateFault) as raised:
        written(source)
    return raised.value.line, str(raised.value)


def test_marks_know_their_document_and_documents_their_marks() -> None:
    source = "{% for m in marks %}{{ m.number }}/{{ total }} {{ m.document.title }} {{ m.quote }};{% endfor %}"
    assert written(source) == "1/3 Minutes 41 million;2/3 Minutes 2031;3/3 Minutes ;"
    assert written("{{ documents[0].marks | map(attribute='kind') | join(' ') }}") == "passage passage document"
    assert (
        written("{{ marks[0].headings[0] }} {{ marks[1].chapter }} {{ marks[2].start is none }}") == "Costs Time True"
    )
    start, end = written("{{ marks[0].start }} {{ marks[0].end }}").split()
    assert TEXT[int(start) : int(end)] == "41 million"


def test_tags_and_categories_have_their_marks() -> None:
    out = outgoing(*SOME)
    out = replace(out, snapshot=replace(out.snapshot, tags=(Tag("", "cost/dam"), Tag("", "unused"))))
    assert written("{% for t in tags %}{{ t.name }}={{ t.marks | length }} {% endfor %}", out) == "cost/dam=1 unused=0 "
    assert "Claim=2 " in written("{% for c in categories %}{{ c.name }}={{ c.marks | length }} {% endfor %}")


def test_every_variable_and_filter_is_in_the_reference_and_no_other() -> None:
    told = set(re.findall(r"^\| `([a-z_.0-9]+)`", REFERENCE.read_text("utf-8"), re.M))
    caught: list[TemplateRequest] = []

    def catch(request: TemplateRequest) -> Iterator[str]:
        caught.append(request)
        return iter(())

    out = outgoing(*SOME)
    out = replace(out, snapshot=replace(out.snapshot, tags=(Tag("", "cost/dam"),)))
    "".join(pieces(out, "x", "", catch))
    top = values(caught[0].head, caught[0].documents)
    known = set(top) | set(FILTERS)
    for group, name in (("documents", "document"), ("marks", "mark"), ("tags", "tag"), ("categories", "category")):
        known |= {f"{name}.{key}" for key in top[group][0]}
    assert told == known


def test_words_are_escaped_in_html_and_left_alone_elsewhere() -> None:
    mark = made(1, "2031", note="<b> & *x*")
    assert written("{{ marks[0].note }}", outgoing(mark)) == "<b> & *x*"
    assert written("{{ marks[0].note }}", outgoing(mark), "x.html") == "&lt;b&gt; &amp; *x*"
    html = written("{{ marks[0].note | markdown }}", outgoing(mark), "x.html")
    assert html == "<p>&lt;b&gt; &amp; <em>x</em></p>"


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("a\n{% for m in marks %}\n{{ m.qoute }}\n{% endfor %}", 3, "there is no “qoute” here; “quote” may be meant"),
        ("{{ total }}\n{{ mark }}", 2, "there is no “mark” here; “marks” may be meant"),
        ("\n\n{{ oops", 3, "unexpected end of template"),
        ("{{ 1 | nope }}", 1, "No filter named 'nope'"),
        ("\n\n\n{{ 1 / 0 }}", 4, "division by zero"),
        ("\n{% include '/etc/passwd' %}", 2, "a template stands alone"),
        ("{% import 'os' as os %}", 1, "a template stands alone"),
        ("{{ ''.__class__.__mro__ }}", 1, "nothing that a template may use"),
        ("\n{{ '{0.__class__}'.format(1) }}", 2, "nothing that a template may use"),
        ("{{ cycler.__init__.__globals__ }}", 1, "nothing that a template may use"),
        ("{{ marks.append(1) }}", 1, "nothing that a template may use"),
        ("{{ [].append.__self__ }}", 1, "nothing that a template may use"),
        ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", 1, "without end"),
        ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", 0, "without end"),
        ("{% for a in [1] %}" * 30 + "{% endfor %}" * 30, 0, "nested too deeply"),
        ("{% for a in range(10000000) %}{% endfor %}", 1, "Range too big"),
        ("{{ lipsum(1000) }}", 1, "there is no “lipsum” here"),
    ],
)
def test_what_is_wrong_is_said_with_the_line(source: str, line: int, words: str) -> None:
    found, said = fault(source)
    assert (found, words in said) == (line, True), said
    assert "\n" not in said
    assert not said.endswith(".")


def test_only_the_first_marks_are_taken_for_a_look() -> None:
    assert written("{{ marks | length }} of {{ total }}", limited(outgoing(*SOME), 2)) == "2 of 3"


def test_those_that_come_with_the_program_say_what_they_are() -> None:
    files = template_files()
    assert [file.name for file in files] == ["dossier-by-tag.tex", "quotations.txt", "reading-notes.md"]
    assert all(file.title and file.about.endswith(".") and not file.is_own for file in files)


def test_one_of_the_users_takes_the_place_of_one_of_that_name(tmp_path: Path) -> None:
    own = tmp_path / "passage" / "templates"
    own.mkdir(parents=True)
    (own / "quotations.txt.j2").write_text("{# Mine #}{{ total }}", "utf-8")
    (own / "essay.md.j2").write_bytes(b"\xef\xbb\xbf{{ total }}\r\n")
    (own / "notes.txt").write_text("no template", "utf-8")
    assert [(file.name, file.title, file.is_own) for file in template_files()] == [
        ("dossier-by-tag.tex", "Dossier by tag (LaTeX)", False),
        ("quotations.txt", "Mine", True),
        ("reading-notes.md", "Reading notes", False),
        ("essay.md", "essay", True),
    ]
    assert shipped("quotations", outgoing(*SOME)) == "3"
    assert (shipped("essay.md", outgoing(*SOME)), form("template:essay").suffix) == ("3\n", ".md")


def test_a_file_that_is_no_template_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InterchangeError, match=r"no template “nope”; there are dossier-by-tag\.tex, "):
        form("template:nope")
    (tmp_path / "latin.j2").write_bytes(b"\xe4")
    (tmp_path / "huge.j2").write_bytes(b" " * (1 << 20 | 1))
    with pytest.raises(InterchangeError, match="is not UTF-8 text"):
        source_of(tmp_path / "latin.j2")
    with pytest.raises(InterchangeError, match="larger than 1 MB"):
        source_of(tmp_path / "huge.j2")
    with pytest.raises(InterchangeError, match="cannot be read"):
        source_of(tmp_path)


@pytest.mark.parametrize(
    ("source", "title", "about"),
    [
        ("{# Essay: what I\n quote. #}", "Essay", "what I quote."),
        ("\n{#- Essay -#}\n", "Essay", ""),
        ("{{ total }} {# Essay #}", "essay", ""),
        ("", "essay", ""),
        ("{#", "essay", ""),
    ],
)
def test_the_first_comment_says_what_a_template_is(source: str, title: str, about: str) -> None:
    assert described(source, "essay.md.j2") == (title, about)


@given(OUTGOINGS)
@settings(max_examples=15, deadline=None)
def test_those_that_come_with_the_program_take_whatever_there_is(out: Outgoing) -> None:
    marks = list(out.marks())
    notes, quotes, tex = (shipped(name, out) for name in ("reading-notes", "quotations", "dossier-by-tag"))
    page = LexborHTMLParser(MarkdownIt("commonmark").render(notes))
    assert [a.attributes["href"] for a in page.css("a") if a.text() == "open"] == [mark.link for mark in marks]
    assert len(re.findall(r"^\d+\. “", quotes, re.M)) >= sum(1 for mark in marks if mark.words)
    assert balanced(tex)


def balanced(tex: str) -> bool:
    """Whether the braces of LaTeX that mean something are in pairs."""
    depth = 0
    for sign in re.findall(r"(?<!\\)(?:\\\\)*([{}])", re.sub(r"(?m)(?<!\\)%.*$", "", tex)):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0


HOSTILE = r"\input{/etc/passwd} `` $x^2$ 50% #1 & ~ _ } { [opt] ^^M \\ <a> | \""


def test_latex_takes_nothing_of_a_document_for_a_command() -> None:
    document = replace(DOCUMENT, metadata=Metadata(HOSTILE, (HOSTILE,)))
    mark = made(1, "2031", note=f"{HOSTILE}\n\n\n[x] y", tags=(HOSTILE,), state=AnchorState.LOST)
    out = outgoing(mark, document=document)
    out = replace(out, snapshot=replace(out.snapshot, tags=(Tag("", HOSTILE, "", HOSTILE),)))
    made_tex = shipped("dossier-by-tag", out)
    assert balanced(made_tex)
    assert "`" not in made_tex
    assert r"\input" not in made_tex
    commands = set(re.findall(r"\\([a-zA-Z]+)", made_tex))
    assert commands <= {
        *"documentclass usepackage title author date begin end maketitle tableofcontents".split(),
        *"section emph footnote item".split(),
        *"textbackslash textasciitilde textasciicircum textless textgreater textbar textquotedbl".split(),
        "textasciigrave",
    }


def test_a_note_cannot_reach_beyond_itself_in_reading_notes() -> None:
    notes = shipped("reading-notes", outgoing(made(1, "2031", note="# Head\n\n```\nopen fence"), made(2, "41 million")))
    page = LexborHTMLParser(MarkdownIt("commonmark").render(notes))
    assert [found.text() for found in page.css("h2")] == ["Time", "Costs"]
    assert [found.text().strip() for found in page.css("blockquote")] == ["2031", "41 million"]
    assert "sha256 " + "cd" * 32 in notes


def test_the_head_says_what_is_in_the_export() -> None:
    assert b'"offset_unit":"code points"' in head_json(outgoing(*SOME))
