"""What is asked about saved views: under which name."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from reader.model.workspace import View
from reader.ui.dialogs.base import PassageDialog, say, text
from reader.ui.workspace.saved_views import SavedViews


class NameView(PassageDialog):
    """Asks for a name; under one that is taken, a view is replaced or refused."""

    def __init__(
        self,
        verb: str,
        name: str,
        views: SavedViews,
        keep: Callable[[str], bool],
        parent: QWidget | None,
        *,
        replaces: bool,
    ) -> None:
        super().__init__(f"{verb} the view", parent, width=400)
        self._views, self._keep, self._own = views, keep, name
        self._verb, self._replaces = verb, replaces
        self.field = QLineEdit(name)
        self.field.setAccessibleName("Name of the view")
        self.field.setPlaceholderText("Such as “To check”")
        self.field.selectAll()
        self.taken = text("", "quiet")
        self.body.addWidget(text(f"{verb} the view", "title"))
        self.body.addWidget(self.field)
        self.body.addWidget(self.taken)
        self.body.addStretch(1)
        self.button = self.add_button(verb, default=True)
        self.button.clicked.connect(self._take)
        self.add_close("Cancel", default=False)
        self.field.textChanged.connect(self._look)
        self._look()
        self.field.setFocus()

    @classmethod
    def to_save(cls, view: View, views: SavedViews, parent: QWidget | None) -> "NameView":
        """Ask under which name to keep a view; at first that which it has already."""
        known = next((entry.name for entry in views.entries if entry.view == view), "")
        return cls("Save", known, views, lambda name: views.save(name, view), parent, replaces=True)

    @classmethod
    def to_rename(cls, name: str, views: SavedViews, parent: QWidget | None) -> "NameView":
        """Ask for another name of a view."""
        return cls("Rename", name, views, lambda new_name: views.rename(name, new_name), parent, replaces=False)

    def _look(self) -> None:
        """Say what a name that is taken would lead to."""
        name = " ".join(self.field.text().split())
        entry = self._views.find(name)
        other = entry is not None and entry.name.casefold() != self._own.casefold()
        if entry is None or not other:
            say(self.taken, "")
        else:
            end = "this one takes its place." if self._replaces else "choose another name."
            say(self.taken, f"There is a view “{entry.name}” already; {end}")
        self.button.setText("Replace" if other and self._replaces else self._verb)
        self.button.setEnabled(bool(name) and (self._replaces or not other))

    def _take(self) -> None:
        if self._keep(self.field.text()):
            self.accept()
