"""The whole journey in the real window, offscreen, with real mouse and key events: pictures and JSON of each step."""

import os
import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from reader.ui.demo_hand import DemoFailed, Hand

LIBRARY, SECOND = "demo-library.sqlite", "demo-library-2.sqlite"
"""Made anew each time; no name that somebody's own library has."""
EXPORT, AGAIN = "annotations.json", "annotations-again.json"
ARTICLE = "The reservoir the valley cannot afford"
EDITORIAL = "Why Upper Lenn needs the dam"
MINUTES, RESIDENTS = "Minutes of the water board, 14 March", "Residents"
SAME_MATTER = (
    (MINUTES, "92.4 million", "5", "cost/2024", "Land, compensation and rights not included: footnote 6."),
    (MINUTES, "the east bank had not been surveyed", "3", "east bank", "The fourth wording of it."),
    (EDITORIAL, "The2013estimate was about fifty million", "5", "cost/2013", "Fifty? The meeting was told forty."),
    (EDITORIAL, "There is nothing on the east bank that worries me", "3", "east bank", ""),
    (RESIDENTS, "A total cost of a hundred and ten million, land included", "5", "cost/2024", ""),
    (RESIDENTS, "because the east bank has not been bought.", "3", "east bank", "As Elin Pryce wrote it down."),
)
"""Passages of several documents: title, words, key of the category, tag, note."""


def run(out: Path) -> int:
    """Do the journey, leaving pictures and JSON in `out`; 0 when every step held, else 1 with the step that did not."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    out.mkdir(parents=True, exist_ok=True)
    for name in (LIBRARY, SECOND):
        _clear(out, name)
    before = qInstallMessageHandler(_pass_on)
    try:
        _journey(out)
    except DemoFailed as failure:
        sys.stderr.write(f"The demo stopped: {failure}\n")
        return 1
    finally:
        qInstallMessageHandler(before)
    pictures = sorted(out.glob("*.png"))
    print(f"The demo went through. {len(pictures)} pictures and {EXPORT} are in {out}")
    return 0


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """What Qt says goes to standard error, but for what the offscreen platform says of every window."""
    if "does not support propagateSizeHints" not in message:
        sys.stderr.write(f"{message}\n")


def _clear(out: Path, name: str) -> None:
    for leftover in out.glob(f"{name}*"):
        if leftover.is_dir():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()


def _journey(out: Path) -> None:
    with Hand(out, LIBRARY) as hand:
        _add(hand)
        _mark(hand)
        _undo(hand)
        _search(hand)
        _order(hand)
        _look(hand)
        hand.export(out / EXPORT)
    with Hand(out, SECOND) as hand:
        hand.import_file(out / EXPORT)
        hand.picture("14-the-second-library")
        hand.export(out / AGAIN)
    hand.check((out / EXPORT).read_bytes() == (out / AGAIN).read_bytes(), "the second library exports the same bytes")


def _add(hand: Hand) -> None:
    hand.picture("01-empty")
    hand.press_button("Open the samples")
    hand.until(lambda: len(hand.library.documents.list()) >= 6 and not hand.busy(), "the samples are added")
    hand.open_document(ARTICLE)
    hand.picture("02-samples")


def _mark(hand: Hand) -> None:
    hand.drag("It has now promised a price", "neither will hold.")
    hand.picture("03-selection")
    hand.keys("1")
    hand.check(hand.marks() == 1, "the key 1 makes a mark")
    hand.keys("T").types("cost").keys("Return").types("board/promise").keys("Return", "Ctrl+Return")
    hand.check(hand.newest().tags == ("cost", "board/promise"), "T tags the mark")
    hand.drag("because the east bank has not been", "point to the dry summers.")
    hand.keys("3", "N").types("Who asked her? The minutes give no name.").keys("Ctrl+Return")
    hand.check(hand.newest().note.startswith("Who asked her?"), "N writes a note on the mark")
    hand.check("\n" in hand.newest().quote, "one mark reaches over two paragraphs")
    hand.drag("the minutes record no further question", "the minutes record no further question").keys("2")
    hand.drag("forty million", "forty million").keys("5", "T").types("cost/2013").keys("Return", "Ctrl+Return")
    hand.drag("The engineer who signed it", "was careful.").keys("U")
    hand.drag("not the only way to keep water", "and it is the dearest").keys("4")
    hand.picture("04-marks")


def _undo(hand: Hand) -> None:
    before = hand.marks()
    hand.keys("Ctrl+Z")
    hand.check(hand.marks() == before - 1, "Ctrl+Z takes the last mark back")
    hand.picture("05-undone")
    hand.keys("Ctrl+Shift+Z")
    hand.check(hand.marks() == before, "Ctrl+Shift+Z makes it again")
    hand.restart()
    hand.open_document(ARTICLE)
    hand.keys("Ctrl+Z")
    hand.check(hand.marks() == before - 1, "undo reaches back over a restart")
    hand.keys("Ctrl+Shift+Z")


def _search(hand: Hand) -> None:
    hand.keys("Ctrl+F").types("dry summers")
    hand.until(lambda: "of" in hand.words_of("find_bar") and not hand.busy(), "finding ends")
    hand.picture("06-find")
    hand.keys("Escape", "Ctrl+Shift+F").types("2013")
    hand.until(lambda: "found" in hand.words_of("search"), "the library search ends")
    hand.picture("07-library-search")
    hand.keys("Down", "Return")
    hand.picture("08-hit")


def _order(hand: Hand) -> None:
    for title, words, key, tag, note in SAME_MATTER:
        hand.open_document(title)
        hand.drag(words, words).keys(key, "T").types(tag).keys("Return", "Ctrl+Return")
        if note:
            hand.keys("N").types(note).keys("Ctrl+Return")
        hand.check(hand.newest().tags == (tag,), f"“{words}” is tagged")
    hand.keys("Ctrl+Shift+A")
    hand.choose("Group", "By tag")
    hand.go_to_row("92.4 million")
    hand.picture("09-workspace")
    hand.tab("Matrix", "tags in 4 documents")
    hand.picture("10-matrix")
    hand.tab("List").keys("Ctrl+F").types("tag:cost -document:minutes")
    hand.answered()
    hand.check("4 annotations" in hand.words_of("workspace"), "the filter finds four annotations")
    hand.keys("Escape", "Ctrl+Shift+A")


def _look(hand: Hand) -> None:
    hand.open_document(ARTICLE)
    for name, keys in (("sepia", "Ctrl+Alt+2"), ("dark", "Ctrl+Alt+3"), ("light", "Ctrl+Alt+1")):
        hand.keys(keys)
        hand.picture(f"11-{name}")
    hand.keys("F11")
    hand.picture("12-text-alone")
    hand.keys("F11")
