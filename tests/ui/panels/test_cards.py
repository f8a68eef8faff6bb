"""How cards are measured and what they look like."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.model.annotation import AnchorState, Annotation, Color, Style
from reader.ui.lists.annotations import AnnotationModel
from reader.ui.panels.card_layout import CardMeasure, beside_category, state_words
from reader.ui.panels.card_view import CardView
from reader.ui.panels.drawn_text import DrawnText, isolated, one_line
from reader.ui.theme import THEME_NAMES, ThemeName, load_theme
from reader.ui.typography import interface_font
from tests.ui.builders import mark
from tests.ui.panels.conftest import Stage

LONG = "a promise about a place that nobody has yet looked at " * 20


@pytest.fixture
def measure(qapp: QApplication) -> CardMeasure:
    return CardMeasure(load_theme("light"))


def test_a_quote_takes_four_lines_at_most_and_says_that_it_goes_on(measure: CardMeasure) -> None:
    card = measure.lay_out(mark("a", 1, LONG), 298)
    assert card.quote is not None
    one = measure.lay_out(mark("b", 1, "short"), 298).quote
    assert one is not None
    assert card.quote.height == pytest.approx(4 * one.height, abs=3)
    assert card.quote.text.endswith("…")
    assert LONG.startswith(card.quote.text.rstrip("…"))
    assert LONG[len(card.quote.text) - 1] == " ", "cut between words"


def test_a_quote_that_fits_is_shown_whole(measure: CardMeasure) -> None:
    card = measure.lay_out(mark("a", 1, "two\nlines   and more"), 298)
    assert card.quote is not None
    assert card.quote.text == "two lines and more"


@pytest.mark.parametrize("text", ["x" * 3000, "آنان می‌گویند " * 300, "🌊" * 900, "水庫與山谷" * 300])
def test_text_without_an_end_is_cut_in_any_script(qapp: QApplication, text: str) -> None:
    drawn = DrawnText(one_line(text), interface_font(13), 200, 4, [])
    assert drawn.text.endswith("…")
    assert drawn.height <= 4 * 40


@pytest.mark.parametrize("letters", range(1, 30))
def test_chips_keep_inside_the_card_and_those_left_out_are_counted(measure: CardMeasure, letters: int) -> None:
    tags = tuple(f"{'m' * letters} {n}" for n in range(40))
    card = measure.lay_out(mark("a", 1, tags=tags), 298)
    assert len({chip.rect.top() for chip in card.chips}) == 3
    assert all(chip.rect.right() <= 298 - 12 for chip in card.chips)
    assert card.chips[-1].text == f"+{40 - (len(card.chips) - 1)}"


def test_a_tag_longer_than_the_card_is_cut(measure: CardMeasure) -> None:
    long = measure.lay_out(mark("b", 1, tags=("very/" * 30,)), 298)
    assert long.chips[0].rect.right() <= 298 - 12
    assert "…" in long.chips[0].text
    assert long.chips[0].tag == "very/" * 30


def test_a_card_is_measured_again_when_it_or_the_width_changes(measure: CardMeasure) -> None:
    first = mark("a", 1, LONG[:60])
    assert measure.lay_out(first, 298) is measure.lay_out(first, 298)
    assert measure.lay_out(first, 200).size.height() > measure.lay_out(first, 298).size.height()
    noted = mark("a", 1, LONG[:60], note="a note")
    assert measure.lay_out(noted, 298).note is not None


def test_what_the_first_line_says() -> None:
    assert state_words(mark("a", 1)) == ""
    assert state_words(mark("a", 1, state=AnchorState.MOVED, score=0.937)) == "moved 0.94"
    assert state_words(mark("a", 1, state=AnchorState.LOST)) == "lost"
    assert beside_category(mark("a", 1, style=Style.UNDERLINE)) == "underlined"
    assert beside_category(Annotation("a", "document", None)) == "on the whole document"


def test_parts_in_another_script_stay_at_their_place() -> None:
    assert isolated(["TXT", "a"]) == "\u200eTXT · a"
    assert isolated(["TXT", "روزنامه"]) == "\u200eTXT · \u2068روزنامه\u2069"


class Painted:
    """A list of cards as a picture."""

    def __init__(self, stage: Stage, *annotations: Annotation) -> None:
        self.model = AnnotationModel()
        self.model.set_rows(annotations)
        self.view = CardView(stage.theme)
        self.view.setModel(self.model)
        stage.show(self.view, 322, 600)

    def image(self) -> QImage:
        return self.view.viewport().grab().toImage()

    def card(self, row: int) -> QRect:
        return self.view.visualRect(self.model.index(row, 0)).adjusted(12, 0, -12, -10)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_each_category_has_its_own_edge(stage: Stage, name: ThemeName) -> None:
    stage.theme = load_theme(name)
    scene = Painted(stage, *(mark(f"m{n}", n, color=color) for n, color in enumerate(Color)))
    image = scene.image()
    for row, color in enumerate(Color):
        card = scene.card(row)
        edge = QPoint(card.left() + 1, card.center().y())
        assert image.pixelColor(edge) == QColor(stage.theme.ink(color))
        assert image.pixelColor(card.right() - 6, card.bottom() - 6) == QColor(stage.theme.raised)


def test_the_current_card_has_the_accent_border_and_selected_ones_another_ground(stage: Stage) -> None:
    scene = Painted(stage, mark("a", 1), mark("b", 2), mark("c", 3))
    scene.view.clearFocus()
    scene.view.setCurrentIndex(scene.model.index(1, 0))
    selection = scene.view.selectionModel()
    selection.select(scene.model.index(2, 0), selection.SelectionFlag.Select)
    image = scene.image()
    accent, line = QColor(stage.theme.accent), QColor(stage.theme.line)
    borders = [image.pixelColor(scene.card(row).center().x(), scene.card(row).top()) for row in range(3)]
    assert borders == [line, accent, accent]
    grounds = [image.pixelColor(scene.card(row).right() - 6, scene.card(row).bottom() - 6) for row in range(3)]
    assert grounds == [QColor(stage.theme.raised)] + [QColor(stage.theme.selected)] * 2
    selection.select(scene.model.index(2, 0), selection.SelectionFlag.Deselect)
    alone = scene.image().pixelColor(scene.card(1).right() - 6, scene.card(1).bottom() - 6)
    assert alone == QColor(stage.theme.raised), "one alone is told by its border"


def test_a_persian_quote_starts_at_the_right(stage: Stage) -> None:
    scene = Painted(stage, mark("a", 1, "آنان گفتند"), mark("b", 2, "they said"))
    image = scene.image()

    def inked(row: int, *, right: bool) -> bool:
        card = scene.card(row)
        span = range(card.right() - 60, card.right() - 8) if right else range(card.left() + 10, card.left() + 60)
        rows = range(card.top() + 28, card.bottom() - 8)
        ground = QColor(stage.theme.raised)
        return any(image.pixelColor(x, y) != ground for x in span for y in rows)

    assert inked(0, right=True)
    assert not inked(0, right=False)
    assert inked(1, right=False)
    assert not inked(1, right=True)


def test_cards_keep_their_width_when_the_scroll_bar_comes(stage: Stage, qtbot: QtBot) -> None:
    scene = Painted(stage, mark("a", 1))
    alone = scene.view.cards.card(scene.model.shown_rows()[0], scene.view.viewport().width()).size.width()
    scene.model.change(added=[mark(f"m{n}", 10 + n) for n in range(50)])
    qtbot.waitUntil(lambda: scene.view.viewport().width() < 322)
    first = scene.model.shown_rows()[0]
    assert scene.view.cards.card(first, scene.view.viewport().width()).size.width() == alone == 322 - 24
