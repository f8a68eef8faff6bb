"""The column of facets: of which kinds the annotations found are, to be chosen from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.model.filters import Filter
from reader.ui.panels.empty import EmptyState
from reader.ui.panels.framed_field import FramedField
from reader.ui.panels.quiet import set_ground
from reader.ui.theme import Theme, load_theme
from reader.ui.workspace.facet_choices import Facet, asked_of, between, spanned, turned
from reader.ui.workspace.facet_dates import DateFields
from reader.ui.workspace.facet_tree import Node, Wish, nodes
from reader.ui.workspace.facet_view import FacetView

if TYPE_CHECKING:
    from reader.ui.session import Session
    from reader.ui.workspace.inquiry import Inquiry

SETTING = "workspace_facets"
_NOTHING = "No annotation is found, so there is nothing to choose from."
_NO_SUCH = "No tag, document or author has these letters in its name."


class FacetsPanel(QWidget):
    """Follows the inquiry: its facets as a tree, what its filter asks for marked in it.

    `tag_dropped` and `color_dropped` carry what the annotations dropped there are to get, and their row ids.
    """

    tag_dropped = Signal(str, object)
    color_dropped = Signal(object, object)

    def __init__(self, session: "Session", inquiry: "Inquiry", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = load_theme("light")
        self._session, self._inquiry = session, inquiry
        self._all: set[Facet] = set()
        self._open: set[object] = set()
        self._filling = False
        self.field = FramedField("Find a tag, a document, …", "Find in the facets", theme)
        self.field.setToolTip("Find a tag, a document, an author, … among these")
        self.view, self.dates, self.empty = FacetView(theme), DateFields(), EmptyState(_NOTHING)
        self._folded = self._remembered()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 6)
        top.addWidget(self.field)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.dates)
        self.empty.hide()
        self._connect()
        self.set_theme(theme)

    def _connect(self) -> None:
        self._inquiry.counted.connect(self.fill)
        self._inquiry.asked.connect(self.fill)
        self.field.text_changed.connect(self.fill)
        self.field.down_pressed.connect(self.take_keyboard)
        self.field.entered.connect(self.take_keyboard)
        self.dates.changed.connect(lambda since, until: self._ask(between(self._filter, since, until)))
        view = self.view
        view.turned.connect(lambda node, out: self._ask(turned(self._filter, node.facet, node.value, out=out)))
        view.stretched.connect(lambda node: self._ask(spanned(self._filter, node.value)))
        view.alone.connect(lambda node: self._ask(Filter(node.value.parts)))
        view.more_turned.connect(self._turn_all)
        view.dropped.connect(self._drop)
        view.expanded.connect(lambda index: self._fold(index, folded=False))
        view.collapsed.connect(lambda index: self._fold(index, folded=True))

    @property
    def _filter(self) -> Filter:
        return self._inquiry.view.filter

    def set_theme(self, theme: Theme) -> None:
        self.view.rows.theme = theme
        for part in (self.field, self.dates, self.empty):
            part.set_theme(theme)
        set_ground(self, theme.panel)
        set_ground(self.view, theme.panel)
        self.view.viewport().update()

    def take_keyboard(self) -> None:
        """Let the keyboard go on in the tree, at the first row where it was at none."""
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.view.facets.index(0, 0))
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fill(self) -> None:
        """Show the facets that there are by now, with what the filter asks for."""
        facets = self._inquiry.facets
        self.dates.show_dates(*asked_of(self._filter, Facet.MONTH).span)
        if facets is None:
            return
        words = self.field.text().strip()
        names = self._session.library.categories.names()
        rows = nodes(facets, self._filter, Wish(self._all, words), names)
        current = self.view.facets.node(self.view.currentIndex())
        self._filling = True
        if self.view.facets.show(rows):
            self._unfold(everything=bool(words))
            self.view.keep_place()
        self.view.viewport().update()
        if current is not None and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.view.facets.find(current.key))
        self._filling = False
        self.view.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.say(_NO_SUCH if words else _NOTHING)

    def _ask(self, wanted: Filter) -> None:
        if wanted != self._filter:
            self._inquiry.ask_for(wanted)

    def _turn_all(self, facet: Facet) -> None:
        self._all ^= {facet}
        self.fill()
        title = self.view.facets.find((facet, "title", ""))
        self.view.setCurrentIndex(self.view.facets.index(0, 0, title))
        self.view.scrollTo(title)

    def _drop(self, node: Node, rows: Sequence[int]) -> None:
        if node.color is not None:
            self.color_dropped.emit(node.color, rows)
        elif node.value is not None:
            self.tag_dropped.emit(node.value.label, rows)

    # What is folded.

    def _unfold(self, *, everything: bool) -> None:
        view = self.view
        for index in view.facets.folding():
            node = view.facets.node(index)
            assert node is not None
            opened = node.facet not in self._folded if node.kind == "title" else node.key in self._open
            if view.isExpanded(index) != (opened or everything):
                view.setExpanded(index, opened or everything)

    def _fold(self, index: QModelIndex, *, folded: bool) -> None:
        node = self.view.facets.node(index)
        if self._filling or node is None or self.field.text().strip():
            return
        if node.kind != "title":
            (self._open.discard if folded else self._open.add)(node.key)
            return
        (self._folded.add if folded else self._folded.discard)(node.facet)
        self._session.library.settings.set(
            SETTING, {"folded": [facet.value for facet in Facet if facet in self._folded]}
        )

    def _remembered(self) -> set[Facet]:
        stored = self._session.library.settings.get(SETTING, {})
        names: list[Any] = cast("dict[str, Any]", stored).get("folded", []) if isinstance(stored, dict) else []
        return {facet for facet in Facet if facet.value in names}
