"""A whole file that is written, written in by the user, and brought up to date."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reader.interchange.managed import parts_of
from reader.interchange.markdown_file import document_of, updated
from reader.interchange.markdown_notes import Note, note
from reader.interchange.outgoing import Outgoing
from tests.interchange.outgoing_helpers import OUTGOINGS, SOME, made, outgoing

WORDS = st.text(st.characters(codec="utf-8") | st.sampled_from("\n\r#>-<! ")) | st.sampled_from(
    ["<!-- passage", "\n---\n", "\r\n", "```\n", "\n<!-- /passage head -->\n", "# Mine\n", "<!--"]
)


def of(out: Outgoing) -> list[Note]:
    return [note(record, marks) for record, marks in out.by_document()]


def again(text: str, made_note: Note) -> str:
    return updated(text, made_note, lambda _key: True, "x").text


@given(OUTGOINGS)
@settings(max_examples=60, deadline=None)
def test_whatever_is_in_it_a_file_is_found_and_has_nothing_new(out: Outgoing) -> None:
    for record, marks in out.by_document():
        made_note = note(record, marks)
        text = again("", made_note)
        assert document_of(text) == record.uid
        assert {part.key for part in parts_of(text) if not isinstance(part, str)} >= {m.annotation.uid for m in marks}
        assert again(text, made_note) == text


@given(st.lists(WORDS, min_size=12, max_size=12))
@settings(max_examples=150, deadline=None)
def test_what_the_user_writes_between_stays_to_the_letter(words: list[str]) -> None:
    (first,) = of(outgoing(*SOME))
    (then,) = of(outgoing(*(SOME[0], made(7, "dam"), SOME[2])))
    head, _, body = again("", first).partition("---\n\n")
    parts = parts_of(body)
    assert len(parts) > 8
    theirs = [f"\nmine{number}{word}mine\n" for number, word in enumerate(words)][: len(parts)]
    pairs = zip(theirs, (part if isinstance(part, str) else part.raw for part in parts), strict=False)
    text = head + "---\n\n" + "".join(mine + raw for mine, raw in pairs)
    assume(len(parts_of(text)) >= len(parts))
    result = again(text, then)
    kept = [mine.strip("\n") for mine in theirs]
    places = [result.find(mine) for mine in kept]
    assert -1 not in places
    assert places == sorted(places)
    assert again(result, then) == result
