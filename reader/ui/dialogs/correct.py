"""A passage of the text, to be corrected: words changed, written apart, joined, or the whole of it cut."""

from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from reader.text.differences import word_differences
from reader.text.editing import Edit
from reader.text.joining import joined
from reader.ui.dialogs.base import PassageDialog, say, text
from reader.ui.dialogs.compared_text import SHOWN

LONGEST = 4000
"""Code points of a passage that is edited word by word; a longer one can only be cut."""

_ABOUT = "Annotations follow the words. The text as it was stays and can be shown again (Text versions…)."
_TOO_LONG = "This passage is long: it can be cut as a whole. To change words in it, select less."
_AT_WORK = "Correcting…"
_AROUND = 60


class CorrectDialog(PassageDialog):
    """`correct_requested` carries edits, and `cut_requested` asks to take the passage out.

    What was typed stays until the dialog is closed.
    """

    correct_requested = Signal(list)
    cut_requested = Signal()

    def __init__(self, passage: tuple[int, int], document_text: str, parent: QWidget | None = None) -> None:
        super().__init__("Correct the text", parent, width=600)
        self._start, self._end = passage
        self._whole = document_text
        self._shown = document_text[slice(*passage)].translate(SHOWN)
        self._apart = ""
        self.at_work = False
        self.edit = QPlainTextEdit()
        self.edit.setAccessibleName("The passage")
        self.edit.setProperty("role", "field")
        self.edit.setTabChangesFocus(True)
        self.edit.setMinimumHeight(110)
        self.edit.installEventFilter(self)
        self.apart_button, self.join_button = QPushButton("&Write apart"), QPushButton("&Join lines")
        self.preview, self.error = text("", "quiet"), text("", "error")
        self.preview.setTextFormat(Qt.TextFormat.RichText)
        self.preview.setAccessibleName("What will be changed")
        self._arrange()
        self.cut_button = self.add_button("C&ut this passage", left=True)
        self.correct_button = self.add_button("&Correct", default=True)
        self.add_close("Cancel", default=False)
        self._fill()
        self.edit.textChanged.connect(self._typed)
        self.apart_button.clicked.connect(lambda: self._put(self._apart))
        self.join_button.clicked.connect(lambda: self._put(joined(self._words())))
        self.correct_button.clicked.connect(lambda: self.correct_requested.emit(self.edits()))
        self.cut_button.clicked.connect(self.cut_requested)

    def propose(self, apart: str) -> None:
        """Offer the passage with words that ran together written apart; the same words are no offer."""
        self._apart = apart.translate(SHOWN)
        self._typed()

    def edits(self) -> list[Edit]:
        """What was changed, in positions of the document's text."""
        if self.edit.isReadOnly():
            return []
        now = self._words()
        return [
            Edit(self._start + start, self._start + end, now[first:last])
            for (start, end), (first, last) in word_differences(self._shown, now)
        ]

    def set_at_work(self, at_work: bool) -> None:
        """While the correction is being made, only Cancel answers."""
        self.at_work = at_work
        for widget in (self.edit, self.apart_button, self.join_button, self.cut_button, self.correct_button):
            widget.setEnabled(not at_work)
        say(self.error, _AT_WORK if at_work else "")
        if not at_work:
            self._typed()

    def show_error(self, sentence: str) -> None:
        """Say why it could not be done; what was typed stays."""
        self.set_at_work(False)
        say(self.error, sentence)
        self.edit.setFocus()
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
                self.correct_button.click()
                return True
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.apart_button, self.join_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(text("Ctrl+Enter corrects", "quiet"))
        self.body.addWidget(text(_ABOUT, "quiet"))
        self.body.addWidget(self.edit, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.preview)
        self.body.addWidget(self.error)

    def _fill(self) -> None:
        too_long = len(self._shown) > LONGEST
        self.edit.setPlainText(self._shown[:LONGEST] + ("…" if too_long else ""))
        self.edit.setReadOnly(too_long)
        self.edit.selectAll() if len(self._shown) < _AROUND else self.edit.moveCursor(QTextCursor.MoveOperation.Start)
        say(self.error, _TOO_LONG if too_long else "")
        self._typed()
        self.edit.setFocus()

    def _words(self) -> str:
        # `toPlainText` would make spaces of the no-break ones.
        return self.edit.document().toRawText().replace("\u2029", "\n")

    def _put(self, words: str) -> None:
        """Let the passage be `words`; Ctrl+Z in the field takes it back."""
        cursor = self.edit.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(words)
        self.edit.setFocus()

    def _typed(self) -> None:
        now = self._words()
        editable = not self.edit.isReadOnly()
        self.apart_button.setEnabled(editable and self._apart not in ("", now, self._shown))
        self.join_button.setEnabled(editable and "\n" in now.strip("\n"))
        self.correct_button.setEnabled(editable and bool(now.strip()) and now != self._shown)
        self.preview.setText(self._marked(now) if editable else "")

    def _marked(self, now: str) -> str:
        """The passage between what stands round it: what goes struck out, what comes in bold and underlined."""
        parts = [escape(self._whole[max(self._start - _AROUND, 0) : self._start])]
        at = 0
        for (start, end), (first, last) in word_differences(self._shown, now):
            parts.append(escape(self._shown[at:start]))
            if start < end:
                parts.append(f"<s>{escape(self._shown[start:end])}</s>")
            if first < last:
                parts.append(f"<u><b>{escape(now[first:last])}</b></u>")
            at = end
        parts += (escape(self._shown[at:]), escape(self._whole[self._end : self._end + _AROUND]))
        return "".join(parts).replace("\n", " ")
