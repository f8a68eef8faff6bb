"""Footnotes and endnotes of Word documents."""

from tests.formats.docx.packing import blocks, footnotes, paragraph, read, run


def test_footnotes_and_endnotes_each_count_for_themselves() -> None:
    def reference(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    endnote = f'<w:endnote w:id="5">{paragraph("At the end.")}{paragraph("Still there.")}</w:endnote>'
    document = read(
        f"<w:p>{run('Water')}{reference('footnote', 2)}{run(' and stone')}{reference('endnote', 5)}"
        f"{run(' again')}{reference('footnote', 1)}{reference('footnote', 77)}</w:p>",
        {"footnotes": footnotes("Of stone.", "Of water."), "endnotes": endnote},
    )
    assert blocks(document) == [
        ("paragraph", 0, "", "Water1 and stone[i] again2"),
        ("footnote", 0, "1", "Of water."),
        ("footnote", 0, "2", "Of stone."),
        ("footnote", 0, "i", "At the end."),
        ("footnote", 0, "", "Still there."),
    ]
    links = [s for s in document.spans if s.href]
    assert [document.text[s.start : s.end] for s in links] == ["1", "[i]", "2"]
    alone = read(f"<w:p>{run('Stone')}{reference('endnote', 5)}</w:p>", {"endnotes": endnote})
    assert blocks(alone)[:2] == [("paragraph", 0, "", "Stone1"), ("footnote", 0, "1", "At the end.")]
    told = [document.targets[s.href[1:]] for s in links]
    assert told == [document.blocks[index].start for index in (1, 3, 2)]


def marked(number: int, sign: str) -> str:
    return f'<w:r><w:footnoteReference w:customMarkFollows="1" w:id="{number}"/><w:t>{sign}</w:t></w:r>'


def test_a_sign_of_the_authors_own_stands_instead_of_a_number_and_is_not_counted() -> None:
    notes = footnotes("First.", "* Of water.", "Last.", "&lt;b&gt; Odd.")
    counted = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    document = read(
        f"<w:p>{run('One')}{counted.format(1)}{run(' two')}{marked(2, '*')}{run(' three')}{counted.format(3)}"
        f"{run(' four')}{marked(4, '&lt;b&gt;')}</w:p>",
        {"footnotes": notes},
    )
    assert blocks(document) == [
        ("paragraph", 0, "", "One1 two* three2 four<b>"),
        ("footnote", 0, "1", "First."),
        ("footnote", 0, "*", "Of water."),
        ("footnote", 0, "2", "Last."),
        ("footnote", 0, "<b>", "<b> Odd."),
    ]
    links = [s for s in document.spans if s.href]
    assert [document.text[s.start : s.end] for s in links] == ["1", "*", "2", "<b>"]
    assert [document.targets[s.href[1:]] for s in links] == [b.start for b in document.blocks[1:]]


def test_a_sign_that_is_announced_and_does_not_come_is_the_number() -> None:
    document = read(f"<w:p>{run('One')}{marked(1, '')}{run(' two')}</w:p>", {"footnotes": footnotes("First.")})
    assert blocks(document) == [("paragraph", 0, "", "One1 two"), ("footnote", 0, "1", "First.")]
