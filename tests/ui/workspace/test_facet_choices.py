"""What clicks on facets do to filters, for any filter."""

from hypothesis import given
from hypothesis import strategies as st

from reader.model.filters import Condition, Filter, Key
from reader.model.workspace import Value
from reader.text.filter_words import parse, written
from reader.ui.workspace.facet_choices import KEYS, Choice, Facet, asked_of, between, spanned, turned, unlisted

TEXTS = st.sampled_from(["cost", "Cost/Dam", "price of land", "café", "سد", "-x", 'say "no"'])
MONTHS = st.sampled_from(["2025-12", "2026-01", "2026-02"])
SINGLE = {
    Facet.CATEGORY: ("color", ("yellow", "orange")),
    Facet.STATE: ("state", ("exact", "lost")),
    Facet.STYLE: ("style", ("highlight", "area")),
}


@st.composite
def values(draw: st.DrawFn) -> tuple[Facet, Value]:
    facet = draw(st.sampled_from([facet for facet in Facet if facet is not Facet.MONTH]))
    if facet in SINGLE:
        key, known = SINGLE[facet]
        text = draw(st.sampled_from(known))
    elif facet is Facet.FILLED:
        key, text = draw(st.sampled_from(["has", "no"])), draw(st.sampled_from(["note", "tag", "quote"]))
        return facet, Value(f"{key} {text}", 1, (Condition(Key(key), text),))
    else:
        key, text = facet.value, draw(TEXTS)
    return facet, Value(text, 1, (Condition(Key(key), text),))


filters = st.lists(values(), max_size=4).flatmap(
    lambda found: st.tuples(*(st.booleans() for _ in found)).map(
        lambda outs: _filter([(each, out) for each, out in zip(found, outs, strict=True)])
    )
)


def _filter(steps: list[tuple[tuple[Facet, Value], bool]]) -> Filter:
    wanted = Filter()
    for (facet, value), out in steps:
        wanted = turned(wanted, facet, value, out=out)
    return wanted


@given(wanted=filters, chosen=values(), out=st.booleans())
def test_a_click_chooses_and_the_next_one_takes_back(wanted: Filter, chosen: tuple[Facet, Value], out: bool) -> None:
    facet, value = chosen
    others = [part for part in wanted.parts if part not in asked_of(wanted, facet).of(value)]
    once = turned(wanted, facet, value, out=out)
    assert parse(written(once)) == once
    assert len(set(once.parts)) == len(once.parts)
    if facet is Facet.FILLED:
        return
    before, after = asked_of(wanted, facet).choice(value), asked_of(once, facet).choice(value)
    aim = Choice.OUT if out else Choice.ON
    assert after is (Choice.OPEN if before is aim else aim)
    assert [part for part in once.parts if part not in asked_of(once, facet).of(value)] == others
    twice = turned(once, facet, value, out=out)
    assert asked_of(twice, facet).choice(value) is (aim if before is aim else Choice.OPEN)


@given(wanted=filters, facet=st.sampled_from(list(Facet)))
def test_all_that_is_asked_for_can_be_taken_back(wanted: Filter, facet: Facet) -> None:
    for value in unlisted(asked_of(wanted, facet), ()):
        choice = asked_of(wanted, facet).choice(value)
        wanted = turned(wanted, facet, value, out=choice is Choice.OUT)
    assert not [part for part in wanted.parts if isinstance(part, Condition) and part.key in KEYS[facet]]


@given(wanted=filters, first=MONTHS, second=MONTHS)
def test_months_are_one_span(wanted: Filter, first: str, second: str) -> None:
    months = {
        month: Value(month, 1, (Condition(Key.SINCE, month), Condition(Key.UNTIL, month))) for month in (first, second)
    }
    once = turned(wanted, Facet.MONTH, months[first])
    assert asked_of(once, Facet.MONTH).span == (first, first)
    assert turned(once, Facet.MONTH, months[first]) == wanted
    both = spanned(once, months[second])
    assert asked_of(both, Facet.MONTH).span == (min(first, second), max(first, second))
    assert all(asked_of(both, Facet.MONTH).choice(month) is Choice.ON for month in months.values())
    assert between(both, "", "") == wanted


def test_without_a_note_is_the_other_side_of_with_a_note() -> None:
    having, lacking = (Value(f"{key} note", 1, (Condition(Key(key), "note"),)) for key in ("has", "no"))
    once = turned(Filter(), Facet.FILLED, having, out=True)
    assert written(once) == "no:note"
    assert asked_of(once, Facet.FILLED).choice(lacking) is Choice.ON
    assert turned(once, Facet.FILLED, having, out=True) == Filter()
    assert turned(once, Facet.FILLED, lacking) == Filter()
