"""A text that two write: what the user wrote stays, what is ours is brought up to date."""

import re
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.interchange import front_matter
from reader.interchange.managed import Item, digest, parts_of, written_before
from reader.interchange.managed_merging import merge

ALPHA, BETA = Item("h-1", "top", "## Alpha"), Item("h-2", "top", "## Beta")


def mark(key: str, group: str = "h-1", body: str = "") -> Item:
    return Item(key, group, body or f"> {key}")


@dataclass(frozen=True)
class Made:
    """What became of a text."""

    text: str
    kept_out: int
    kept: int
    marks: int


def merged(text: str, *items: Item, gone: bool = True) -> Made:
    found = merge(text, items, lambda _key: gone)
    return Made(found.text({"name": "x"}), found.kept_out, found.kept, found.marks)


def written(*items: Item) -> str:
    return merged("", *items).text


def order(text: str) -> list[str]:
    return re.findall(r"^<!-- passage ([\w-]+) ", text, re.MULTILINE)


def test_nothing_new_changes_nothing() -> None:
    text = written(ALPHA, mark("a"), BETA, mark("b", "h-2"))
    assert order(text) == ["h-1", "a", "h-2", "b"]
    assert merged(text, ALPHA, mark("a"), BETA, mark("b", "h-2")).text == text
    assert written_before(text) == (frozenset(map(digest, ["h-1", "a", "h-2", "b"])), {"name": "x"})


def test_a_new_mark_comes_after_what_was_written_under_the_one_before() -> None:
    text = written(ALPHA, mark("a"), BETA, mark("b", "h-2"))
    text = text.replace(
        "<!-- /passage a -->\n", "<!-- /passage a -->\n\nMy remark on a.\n\n### My own heading\n\nMore.\n"
    )
    again = merged(text, ALPHA, mark("a"), mark("new"), BETA, mark("b", "h-2")).text
    places = [again.index(words) for words in ("> a", "My remark", "> new", "### My own", "More.", "## Beta", "> b")]
    assert places == sorted(places)
    assert merged(again, ALPHA, mark("a"), mark("new"), BETA, mark("b", "h-2")).text == again


def test_what_the_user_took_out_stays_out() -> None:
    text = written(ALPHA, mark("a"), mark("b"))
    without = "".join(p if isinstance(p, str) else p.raw for p in parts_of(text) if isinstance(p, str) or p.key != "a")
    again = merged(without, ALPHA, mark("a", body="> changed"), mark("b"))
    assert (again.text, again.kept_out) == (without, 1)
    bare = "".join(p if isinstance(p, str) else p.raw for p in parts_of(text) if isinstance(p, str) or p.key == "-")
    assert order(merged(bare, ALPHA, mark("a"), mark("b")).text) == []


def test_what_we_took_out_comes_back_when_it_is_wanted_again() -> None:
    text = written(ALPHA, mark("a"), BETA, mark("b", "h-2"))
    without = merged(text, ALPHA, mark("a")).text
    assert order(without) == ["h-1", "a"]
    assert merged(without, ALPHA, mark("a"), BETA, mark("b", "h-2")).text == text


def test_what_the_user_changed_within_a_block_stays_as_it_is() -> None:
    text = written(mark("a", "top")).replace("> a", "> a, rather")
    assert merged(text, mark("a", "top")).text == text
    again = merged(text, mark("a", "top", "> b"))
    assert (again.text, again.kept) == (text, 1)
    assert merged(text).text == text


def test_blanks_and_line_ends_are_no_changes() -> None:
    text = written(mark("a", "top")).replace("\n", "  \r\n").replace("> a", "\r\n> a")
    assert "> b\r\n" in merge(text, [mark("a", "top", "> b")], lambda _key: True, "\r\n").text({})


def test_the_marks_that_stand_there_are_counted() -> None:
    text = written(Item("head", "top", "# All"), ALPHA, mark("a"), mark("b"))
    assert merged(text, ALPHA, mark("a"), mark("b")).marks == 2
    without = "".join(p if isinstance(p, str) else p.raw for p in parts_of(text) if isinstance(p, str) or p.key != "a")
    assert merged(without, ALPHA, mark("a"), mark("b")).marks == 1
    assert merged(without, ALPHA, mark("a"), mark("b"), mark("c")).marks == 2


def test_a_mark_that_is_gone_goes_with_its_heading() -> None:
    text = written(ALPHA, mark("a"), BETA, mark("b", "h-2"))
    assert order(merged(text, BETA, mark("b", "h-2")).text) == ["h-2", "b"]
    assert order(merged(text, BETA, mark("b", "h-2"), gone=False).text) == ["h-1", "a", "h-2", "b"]
    kept = text.replace("<!-- /passage a -->\n", "<!-- /passage a -->\n\nMine.\n")
    assert "## Alpha" in merged(kept, BETA, mark("b", "h-2")).text


def test_a_mark_goes_under_another_heading_unless_the_user_wrote_on_it() -> None:
    text = written(ALPHA, mark("a"), mark("b"), BETA, mark("c", "h-2"))
    wanted = ALPHA, mark("b"), BETA, mark("a", "h-2"), mark("c", "h-2")
    assert order(merged(text, *wanted).text) == ["h-1", "b", "h-2", "a", "c"]
    said = text.replace("<!-- /passage a -->\n", "<!-- /passage a -->\n\nMine.\n")
    assert order(merged(said, *wanted).text) == ["h-1", "a", "b", "h-2", "c"]


def test_a_copy_of_a_block_and_a_broken_one_are_the_user_s() -> None:
    text = written(mark("a", "top"))
    block = text[: text.index("-->\n", text.index("/passage")) + 4]
    assert block in merged(text + "\nCopy:\n" + block, mark("a", "top", "> new")).text
    broken = text.replace("<!-- /passage a -->\n", "")
    assert merged(broken, mark("a", "top", "> new")).text == broken


LINES = st.lists(
    st.sampled_from(["", "My words", "# Mine", "- [ ] todo", "```", "> quote", "<!-- mine -->", "---", "\tx", "ای 🌊"]),
    max_size=4,
)
KEYS = st.lists(st.sampled_from("abcdefg"), unique=True, max_size=6)


@st.composite
def items(draw: st.DrawFn) -> list[Item]:
    found = [ALPHA, *(mark(key, body=draw(st.sampled_from([f"> {key}", f"> {key}!"]))) for key in draw(KEYS))]
    cut = draw(st.integers(1, len(found)))
    below = [Item(item.key, "h-2", item.body) for item in found[cut:]]
    return [*found[:cut], *([BETA] if below else []), *below]


@given(items(), items(), st.data())
@settings(max_examples=120)
def test_every_line_of_the_user_s_is_kept(first: list[Item], then: list[Item], data: st.DataObject) -> None:
    theirs: list[str] = []
    text = ""
    for part in parts_of(written(*first)):
        words = [line and f"{line} {len(theirs) + n}" for n, line in enumerate(data.draw(LINES))]
        theirs += words
        text += "".join(line + "\n" for line in words) + (part if isinstance(part, str) else part.raw)
    result = merged(text, *then)
    free = "".join(part for part in parts_of(result.text) if isinstance(part, str))
    assert list(filter(str.strip, free.split("\n"))) == list(filter(str.strip, theirs))
    assert {key for key in order(result.text) if not key.startswith("h-")} >= {i.key for i in then if not i.is_heading}
    assert merged(result.text, *then).text == result.text


def test_the_head_keeps_what_is_not_ours() -> None:
    first = front_matter.merge("", {"title": 'A "dam"', "tags": ("x", "y"), "url": "u", "date": "2026-01-02"}, {})
    assert first.text == 'title: "A \\"dam\\""\ntags:\n  - "x"\n  - "y"\nurl: "u"\ndate: 2026-01-02\n'
    # As Obsidian writes it when one of its own is added and another taken out.
    theirs = "mine: 3\ntitle: 'A \"dam\"'\ntags: [x, y]\ndate: 2026-01-03\naliases:\n  - z\n"
    again = front_matter.merge(theirs, {"title": "B", "tags": ("z",), "url": "v", "date": "2026-05-05"}, first.written)
    assert again.text == 'mine: 3\ntitle: "B"\ntags:\n  - "z"\ndate: 2026-01-03\naliases:\n  - z\n'
    assert front_matter.merge(again.text, {"tags": ("z",)}, again.written).text == again.text.replace(
        'title: "B"\n', ""
    )


@given(st.text())
def test_what_the_head_says_is_read_again(text: str) -> None:
    merged_head = front_matter.merge("", {"title": text}, {}).text
    assert merged_head.count("\n") == 1
    if not re.search(r"[\ud800-\udfff]", text):
        assert front_matter.value(f"---\n{merged_head}---\n", "title") == text
