"""What is asked before a tag is made, merged or split: each shows beforehand what it would change."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from reader.model.codebook import MergePreview
from reader.ui.codebook.name_field import NameField
from reader.ui.dialogs.base import PassageDialog, form, say, text
from reader.ui.widgets.tag_field import clean_tag

_PAUSE = 150
"""Milliseconds from a key to the preview."""


class _Asking(PassageDialog):
    """Fields, what they would do, and a button that does it."""

    def __init__(self, title: str, said: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(title, parent, width=480)
        self.body.addWidget(text(said))
        self.rows = form()
        self.body.addLayout(self.rows)
        self.preview, self.error = text("", "quiet"), text("", "error")
        self.preview.setObjectName("preview")
        say(self.error, "")
        self.body.addWidget(self.preview)
        self.body.addWidget(self.error)
        self.body.addStretch(1)
        self.add_close("Cancel", default=False)
        self.go = self.add_button(verb, default=True)
        self.go.setEnabled(False)

    def say_preview(self, sentence: str, possible: bool) -> None:
        """What would happen, and whether it may."""
        self.preview.setText(sentence)
        say(self.error, "")
        self.go.setEnabled(possible)
        self.fit()

    def show_error(self, sentence: str) -> None:
        """What does not go; what was typed stays."""
        say(self.error, sentence)
        self.preview.setText("")
        self.go.setEnabled(False)
        self.fit()


class NewTagDialog(_Asking):
    """`requested` carries the name of the tag to be made."""

    requested = Signal(str)

    def __init__(self, over: str, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("New tag", "Nothing has it yet; T and a key of its own give it.", "Make the tag", parent)
        self.name, self.under = QLineEdit(), NameField("Nested in", "No other tag")
        self.name.setAccessibleName("Name")
        self.under.set_names(names)
        self.under.setText(over)
        self.rows.addRow("&Name", self.name)
        self.rows.addRow("Nested &in", self.under)
        self.preview.hide()
        self.name.textChanged.connect(lambda words: self.go.setEnabled(bool(clean_tag(words))))
        self.go.clicked.connect(lambda: self.requested.emit(clean_tag(f"{self.under.text()}/{self.name.text()}")))
        self.name.setFocus()


class MergeDialog(_Asking):
    """`preview_wanted` asks what merging into a tag would do, `requested` to do it."""

    preview_wanted = Signal(str)
    requested = Signal(str)

    def __init__(self, name: str, names: Sequence[str], parent: QWidget | None = None) -> None:
        said = f"Everything tagged “{name}” is tagged with another tag instead, and “{name}” goes."
        super().__init__("Merge tags", said, "Merge", parent)
        self._name = name
        self._names = {each.casefold(): each for each in names if each != name}
        self.target = NameField("Merge into", "Another tag")
        self.target.set_names(list(self._names.values()))
        self.rows.addRow("Merge &into", self.target)
        self.target.textChanged.connect(self._look)
        self.go.clicked.connect(lambda: self.requested.emit(self._chosen()))
        self.target.setFocus()

    def set_preview(self, would: MergePreview) -> None:
        """What merging into the tag in the field would do."""
        concerned = [_marks(would.annotations)] if would.annotations or not would.documents else []
        concerned += [_documents(would.documents)] if would.documents else []
        gets = "gets" if would.annotations + would.documents == 1 else "get"
        moved = f"{' and '.join(concerned)} {gets} “{self._chosen()}” instead."
        both = f" {would.both:,} with both tags keep{'s' if would.both == 1 else ''} that one." if would.both else ""
        nested = f" Tags nested in “{self._name}” stay: {_some(would.nested)}." if would.nested else ""
        self.say_preview(moved + both + nested, possible=True)

    def _chosen(self) -> str:
        return self._names.get(clean_tag(self.target.text()).casefold(), "")

    def _look(self) -> None:
        if self._chosen():
            self.preview_wanted.emit(self._chosen())
        else:
            typed = bool(self.target.text().strip())
            self.say_preview("There is no other tag of this name yet." if typed else "", possible=False)


class SplitDialog(_Asking):
    """`preview_wanted` asks how many marks meet a filter in words; `requested` carries these words and a tag."""

    preview_wanted = Signal(str)
    requested = Signal(str, str)

    def __init__(self, name: str, names: Sequence[str], parent: QWidget | None = None) -> None:
        said = f"Those marks of “{name}” that meet a filter are tagged with another tag instead."
        super().__init__("Split a tag", said, "Split", parent)
        self._count, self._name = 0, name
        self.words, self.target = QLineEdit(), NameField("New tag", f"{name}/…")
        self.words.setAccessibleName("Filter")
        self.words.setPlaceholderText("since:2026-01 category:claim water")
        self.target.set_names([each for each in names if each != name])
        self.rows.addRow("Marks that &meet", self.words)
        self.rows.addRow("Tag them &with", self.target)
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._later.timeout.connect(lambda: self.preview_wanted.emit(self.words.text()))
        self.words.textChanged.connect(self._changed)
        self.target.textChanged.connect(lambda _text: self._allow())
        self.go.clicked.connect(lambda: self.requested.emit(self.words.text(), clean_tag(self.target.text())))
        self.words.setFocus()

    def set_preview(self, words: str, count: int, total: int) -> None:
        """How many of the tag's marks meet these words; nothing where others stand there by now."""
        if words == self.words.text():
            self._count = count
            self.say_preview(f"{count:,} of {_marks(total)} meet this.", possible=False)
            self._allow()

    def refuse_words(self, words: str, sentence: str) -> None:
        """Why these words are no filter."""
        if words == self.words.text():
            self._count = 0
            self.show_error(sentence)

    def _changed(self, words: str) -> None:
        self._count = 0
        self._allow()
        if words.strip():
            self._later.start()
        else:
            self._later.stop()
            self.say_preview("", possible=False)

    def _allow(self) -> None:
        other = clean_tag(self.target.text()).casefold() not in ("", self._name.casefold())
        self.go.setEnabled(self._count > 0 and other)


def _marks(count: int) -> str:
    return f"{count:,} mark{'' if count == 1 else 's'}"


def _documents(count: int) -> str:
    return f"{count:,} document{'' if count == 1 else 's'}"


def _some(names: Sequence[str], shown: int = 5) -> str:
    more = len(names) - shown
    listed = ", ".join(f"“{name}”" for name in names[:shown])
    return f"{listed} and {more:,} more" if more > 0 else listed
