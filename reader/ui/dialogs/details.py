"""A document's title, authors, source, date, publisher, language, address, identifiers and tags."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from reader.model.document import Metadata
from reader.model.library import DocumentSummary
from reader.ui.dialogs.base import PassageDialog, form, rule, say, text
from reader.ui.lists.documents import format_label
from reader.ui.theme import Theme
from reader.ui.unsaved import in_words
from reader.ui.widgets.tag_field import Complete, TagField
from reader.ui.widgets.unsaved_bar import UnsavedBar

SEVERAL = "Several are parted by a semicolon"
_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class DetailsDialog(PassageDialog):
    """`saved` carries the document's uid, the new Metadata and the list of tags.

    It closes then, unless whoever writes them calls `refuse` meanwhile.
    """

    saved = Signal(str, object, list)

    def __init__(
        self, summary: DocumentSummary, complete: Complete, theme: Theme | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("Document details", parent, width=540)
        self._summary = summary
        data = summary.metadata
        self.title_field = _field(data.title, "Title")
        self.subtitle = _field(data.subtitle, "Subtitle")
        self.authors = _field("; ".join(data.authors), "Authors", SEVERAL)
        self.contributors = _field("; ".join(data.contributors), "Contributors", "Ada Lee (translator); …")
        self.publisher = _field(data.publisher, "Publisher")
        self.identifiers = _field("; ".join(data.identifiers), "Identifiers", "isbn:9780306406157; doi:10.1000/182")
        self.source = _field(data.source, "Source", "A newspaper, a site")
        self.date = _field(data.date, "Date", "2026, 2026-04 or 2026-04-02")
        self.language = _field(data.language, "Language", "en, fa, de-CH")
        self.url = _field(data.url, "Address", "https://…")
        self.tags = TagField(complete)
        if theme:
            self.tags.set_theme(theme)
        self.tags.set_tags(summary.tags)
        self._error = text("", "error")
        self._error.setObjectName("error")
        self.unsaved = UnsavedBar(self)
        self.unsaved.again_requested.connect(self._save)
        self._arrange()
        self.title_field.setFocus()
        self.title_field.selectAll()

    def values(self) -> tuple[Metadata, list[str]]:
        """What the fields hold, white space trimmed."""
        metadata = replace(
            self._summary.metadata,
            title=_trimmed(self.title_field),
            subtitle=_trimmed(self.subtitle),
            authors=_several(self.authors),
            contributors=_several(self.contributors),
            source=self.source.text().strip(),
            publisher=_trimmed(self.publisher),
            date=self.date.text().strip(),
            language=self.language.text().strip(),
            url=self.url.text().strip(),
            identifiers=_several(self.identifiers),
        )
        return metadata, self.tags.tags()

    def _arrange(self) -> None:
        rows = form()
        for name, field in (
            ("&Title", self.title_field),
            ("Su&btitle", self.subtitle),
            ("&Authors", self.authors),
            ("&Contributors", self.contributors),
            ("&Source", self.source),
            ("&Publisher", self.publisher),
            ("&Date", self.date),
            ("&Language", self.language),
            ("Add&ress", self.url),
            ("&Identifiers", self.identifiers),
            ("Ta&gs", self.tags),
        ):
            rows.addRow(name, field)
        self.body.addLayout(rows)
        say(self._error, "")
        self.body.addWidget(self._error)
        self.body.addWidget(self.unsaved)
        self.body.addWidget(rule())
        self.body.addWidget(text(facts(self._summary), "quiet", selectable=True))
        self.body.addStretch(1)
        self.add_close("Cancel", default=False)
        save = self.add_button("Save", default=True)
        save.setObjectName("save")
        save.clicked.connect(self._save)
        self.tags.shape_changed.connect(self.fit)

    def _save(self) -> None:
        metadata, tags = self.values()
        if not metadata.title:
            self._complain("A document needs a title.", self.title_field)
        elif not is_date(metadata.date):
            self._complain("Write the date as 2026, 2026-04 or 2026-04-02.", self.date)
        else:
            self._refused = False
            self.saved.emit(self._summary.uid, metadata, tags)
            if not self._refused:
                self.accept()

    def refuse(self, reason: str) -> None:
        """It could not be written: all that was typed stays, to be tried again or copied."""
        self._refused = True
        say(self._error, "")
        self.unsaved.tell(reason, self._typed())
        self.fit()

    def _typed(self) -> str:
        """What stands in the fields, a line each."""
        fields = self.findChildren(QLineEdit)
        lines = [f"{field.accessibleName()}: {field.text()}" for field in fields if field.accessibleName()]
        tags = in_words(self.tags.tags())
        return "\n".join([line for line in lines if not line.endswith(": ")] + ([f"Tags: {tags}"] if tags else []))

    _refused = False

    def _complain(self, sentence: str, field: QLineEdit) -> None:
        say(self._error, sentence)
        field.setFocus()
        field.selectAll()
        self.fit()


def is_date(value: str) -> bool:
    """Whether `value` is empty, a year, a month, a day, or an instant that begins with a day (ISO 8601)."""
    day, _, time = value.partition("T")
    parts = day.split("-")
    if not value:
        return True
    if len(parts) > 3 or [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
        return False
    if not all(part.isascii() and part.isdecimal() for part in parts) or (time and len(parts) < 3):
        return False
    year_month_day = [int(part) for part in parts]
    month = year_month_day[1] if len(parts) > 1 else 1
    last = _DAYS[month] if 1 <= month <= 12 else 0
    return 1 <= month <= 12 and (len(parts) < 3 or 1 <= year_month_day[2] <= last)


def facts(summary: DocumentSummary) -> str:
    """What cannot be edited: kind, length, marks, file."""
    marks = f"{summary.annotations:,} annotation{'' if summary.annotations == 1 else 's'}"
    words = f"{summary.words:,} word{'' if summary.words == 1 else 's'}"
    lines = [f"{format_label(summary.format)} · {words} · {marks} · {summary.short_id}"]
    if summary.path:
        lines.append(summary.path)
    return "\n".join(lines)


def _trimmed(field: QLineEdit) -> str:
    return " ".join(field.text().split())


def _several(field: QLineEdit) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in field.text().split(";"))
    return tuple(part for part in parts if part)


def _field(value: str, name: str, hint: str = "") -> QLineEdit:
    field = QLineEdit(value)
    field.setPlaceholderText(hint)
    field.setAccessibleName(name)
    field.setCursorPosition(0)
    return field
