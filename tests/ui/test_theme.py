"""The themes: contrast, completeness, the palette and the style sheet they become, and what the start pays."""

import re
import subprocess
import sys

import pytest
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from reader.model.annotation import Color
from reader.resources import resource
from reader.ui.icons import icon_pixmap
from reader.ui.theme import THEME_NAMES, Theme, apply_theme, icon, load_theme, palette, style_sheet, system_theme

GROUNDS = ("window", "panel", "raised", "paper", "selected", "hover")


@pytest.fixture(params=THEME_NAMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


@pytest.fixture
def bare_app(qapp: QApplication):
    """The application, put back as it was: the theme belongs to the whole process."""
    before = qapp.font(), qapp.palette(), qapp.styleSheet(), qapp.property("passage_theme")
    yield qapp
    qapp.setStyleSheet(before[2])
    qapp.setPalette(before[1])
    qapp.setFont(before[0])
    qapp.setProperty("passage_theme", before[3])


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white_is_known() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "error"])
def test_words_are_readable_on_every_ground(theme: Theme, ground: str, ink: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("ground", ["window", "panel", "raised", "paper"])
def test_borders_of_controls_are_seen(theme: Theme, ground: str) -> None:
    assert contrast(theme.control, getattr(theme, ground)) >= 3


@pytest.mark.parametrize("color", Color)
def test_marks_are_readable_and_seen(theme: Theme, color: Color) -> None:
    assert contrast(theme.text, theme.ground(color)) >= 4.5
    for ground in ("panel", "raised", "paper"):
        assert contrast(theme.ink(color), getattr(theme, ground)) >= 3
        assert contrast(theme.label(color), getattr(theme, ground)) >= 4.5
    assert contrast(theme.label(color), theme.selected) >= 4.5


def test_selected_text_and_hits_are_readable(theme: Theme) -> None:
    assert contrast(theme.selection_text, theme.selection) >= 4.5
    assert contrast(theme.text, theme.find) >= 4.5
    assert contrast(theme.find_current_text, theme.find_current) >= 4.5
    assert contrast(theme.find, theme.find_current) >= 3


def test_signs_of_the_controls_are_seen_in_every_theme(theme: Theme) -> None:
    for name in ("up", "down", "right", "menu-check"):
        source = resource("icons", "controls", f"{name}.svg").read_text("utf-8")
        for color in re.findall(r'"(#[0-9a-f]{6})"', source):
            assert contrast(color, theme.raised) >= 3, name


def test_text_on_paper_is_strong(theme: Theme) -> None:
    assert contrast(theme.text, theme.paper) >= 12


def test_every_color_has_its_place_in_every_theme(theme: Theme) -> None:
    for table in (theme.grounds, theme.inks, theme.labels):
        assert set(table) == {str(color) for color in Color}
        assert all(re.fullmatch("#[0-9a-f]{6}", value) for value in table.values())
    assert len(set(theme.grounds.values())) == len(Color)


def test_style_sheet_has_no_token_left(theme: Theme) -> None:
    sheet = re.sub(r"/\*.*?\*/", "", style_sheet(theme), flags=re.DOTALL)
    assert "@" not in sheet
    assert theme.accent in sheet
    for name in re.findall(r"passagecontrols:([\w-]+\.svg)", sheet):
        assert resource("icons", "controls", name).is_file()


def test_a_token_that_begins_with_another_is_its_own() -> None:
    theme = load_theme("dark")
    assert f"selection-color: {theme.selection_text};" in style_sheet(theme)
    assert f"{theme.selection}_text" not in style_sheet(theme)


def test_dark_theme_ticks_boxes_in_dark() -> None:
    assert "check-dark.svg" in style_sheet(load_theme("dark"))
    assert "check-light.svg" in style_sheet(load_theme("sepia"))


def test_palette_carries_the_theme(theme: Theme) -> None:
    made = palette(theme)
    assert made.color(QPalette.ColorRole.Window) == QColor(theme.window)
    assert made.color(QPalette.ColorRole.HighlightedText) == QColor(theme.selection_text)
    disabled = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == QColor(theme.control)


def test_applied_theme_reaches_widgets_present_and_future(bare_app: QApplication, qtbot: QtBot) -> None:
    field = QLineEdit("words")
    qtbot.addWidget(field)
    apply_theme(bare_app, load_theme("dark"))
    box = QComboBox()
    qtbot.addWidget(box)
    for widget in (field, box):
        widget.resize(120, 40)
        # A few pixels inside the border, beside the words.
        seen = widget.grab().toImage().pixelColor(60, 6)
        assert seen == QColor(load_theme("dark").raised)


def test_applying_the_same_theme_again_does_nothing(bare_app: QApplication) -> None:
    apply_theme(bare_app, load_theme("sepia"))
    bare_app.setStyleSheet("")
    apply_theme(bare_app, load_theme("sepia"))
    assert bare_app.styleSheet() == ""
    apply_theme(bare_app, load_theme("light"))
    assert bare_app.styleSheet() != ""


def test_system_theme_is_one_of_ours(qapp: QApplication) -> None:
    assert system_theme(qapp) in ("light", "dark")


@pytest.mark.parametrize("name", sorted(p.stem for p in resource("icons").glob("*.svg") if p.stem != "passage"))
def test_icons_are_drawn_alike(name: str) -> None:
    source = resource("icons", f"{name}.svg").read_text("utf-8")
    assert 'viewBox="0 0 20 20"' in source
    assert 'stroke="currentColor" stroke-width="1.5"' in source
    assert "#" not in source


def test_icon_takes_the_color_asked_for(qapp: QApplication) -> None:
    image = icon_pixmap("stop", "#b3261e", 80).toImage()
    colors = {
        image.pixelColor(x, y).name() for x in range(80) for y in range(80) if image.pixelColor(x, y).alpha() == 255
    }
    assert colors == {"#b3261e"}


def test_icon_is_sharp_on_dense_screens_and_pale_when_disabled(qapp: QApplication) -> None:
    theme = load_theme("light")
    made = icon("tag", theme, 16)
    assert {size.width() for size in made.availableSizes()} >= {16, 32}
    pale = made.pixmap(16, QIcon.Mode.Disabled).toImage()
    seen = {pale.pixelColor(x, y).name() for x in range(16) for y in range(16) if pale.pixelColor(x, y).alpha() == 255}
    assert seen <= {theme.control}


def test_theme_keeps_slow_imports_off_the_start() -> None:
    slow = "('PySide6.QtSvg', 'platformdirs', 'sqlite3')"
    script = f"import sys, reader.ui.theme; print([m for m in {slow} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
