"""The three ways of seeing, as pages of the workspace."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from reader.model.filters import Condition, Filter, Key, Part
from reader.model.seeing import Matrix, Pair, Weeks
from reader.ui.theme import Theme
from reader.ui.workspace.seeing.matrix_model import MatrixModel
from reader.ui.workspace.seeing.matrix_view import MatrixView
from reader.ui.workspace.seeing.pairs_view import PairsModel, PairsView
from reader.ui.workspace.seeing.part import SeeingPart
from reader.ui.workspace.seeing.weeks_view import WeeksModel, WeeksView

if TYPE_CHECKING:
    from reader.services.seeing import Seeing
    from reader.ui.session import Session
    from reader.ui.workspace.inquiry import Inquiry

_UNTAGGED = "None of these annotations has a tag; give some to them with T, and see here where they are used."


class ByDocument(SeeingPart):
    """Tags by document."""

    title, file_name, nothing = "Tags by document", "tags-by-document", _UNTAGGED

    def __init__(self, session: "Session", inquiry: "Inquiry") -> None:
        super().__init__(session, inquiry)
        self.model = MatrixModel(self)
        self.view = MatrixView(self.model)
        self.view.setAccessibleName("Tags by document")
        self.stack.addWidget(self.view)
        self.order = self.choice("Sort the tags and documents", "By name", "By count")
        self.order.currentIndexChanged.connect(lambda at: self.model.sort_by(count=at == 1))
        self.view.chosen.connect(self.narrowed)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.view.set_theme(theme)

    def drawings(self) -> list[QWidget]:
        return [self.view]

    def counting(self) -> Callable[["Seeing", Filter], Matrix]:
        return lambda seeing, wanted: seeing.by_document(wanted)

    def take(self, found: Matrix) -> str:
        self.model.show(found)
        rows, columns = len(found.rows), len(found.columns)
        if not rows:
            return ""
        return f"{_counted(rows, 'tag')} in {_counted(columns, 'document')}, {_counted(found.total, 'annotation')}"

    def drawing(self, title: str) -> bytes:
        from reader.ui.workspace.seeing.drawing import of_matrix

        return of_matrix(self.model, title, self.theme)

    def write_table(self, seeing: "Seeing", target: Path) -> None:
        seeing.save_table(target, self.model.matrix)


class Together(SeeingPart):
    """Tags that occur together, as pairs or as a matrix; on the same annotation or in the same document."""

    title, file_name = "Tags together", "tags-together"
    nothing = "No two tags occur together here; give an annotation several with T, or look at documents."

    def __init__(self, session: "Session", inquiry: "Inquiry") -> None:
        super().__init__(session, inquiry)
        self.pairs, self.model = PairsModel(self), MatrixModel(self)
        self.list, self.view = PairsView(self.pairs), MatrixView(self.model)
        self.view.setAccessibleName("Tags that occur together")
        self.forms = QStackedWidget()
        for form in (self.list, self.view):
            self.forms.addWidget(form)
        self.stack.addWidget(self.forms)
        self.form = self.choice("Show", "As pairs", "As a matrix")
        self.where = self.choice("What counts as together", "Same annotation", "Same document")
        self.form.currentIndexChanged.connect(self._take_form)
        self.where.currentIndexChanged.connect(self.again)
        self._in_document = False
        self.list.chosen.connect(self._choose_pair)
        self.view.chosen.connect(self._choose)

    def _take_form(self, at: int) -> None:
        self.forms.setCurrentIndex(at)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.list.set_theme(theme)
        self.view.set_theme(theme)

    def drawings(self) -> list[QWidget]:
        return [self.list, self.view]

    def counting(self) -> Callable[["Seeing", Filter], tuple[Matrix, list[Pair], bool]]:
        in_document = self.where.currentIndex() == 1

        def count(seeing: "Seeing", wanted: Filter) -> tuple[Matrix, list[Pair], bool]:
            from reader.services.seeing import pairs

            matrix = seeing.together(wanted, in_document=in_document)
            return matrix, pairs(matrix), in_document

        return count

    def take(self, found: tuple[Matrix, list[Pair], bool]) -> str:
        matrix, pairs, self._in_document = found
        self.model.show(matrix, symmetric=True)
        self.pairs.show(pairs)
        if not pairs:
            return ""
        kind = "document" if self._in_document else "annotation"
        return (
            f"{_counted(len(pairs), 'pair')} of {_counted(len(matrix.rows), 'tag')} in {_counted(matrix.total, kind)}"
        )

    def drawing(self, title: str) -> bytes:
        from reader.ui.workspace.seeing.drawing import of_matrix, of_pairs

        if self.form.currentIndex() == 1:
            return of_matrix(self.model, title, self.theme)
        return of_pairs(list(self.pairs.pairs), title, self.theme)

    def write_table(self, seeing: "Seeing", target: Path) -> None:
        as_matrix = self.form.currentIndex() == 1
        seeing.save_table(target, self.model.matrix if as_matrix else self.pairs.pairs, together=as_matrix)

    def _choose_pair(self, row: int) -> None:
        pair = self.pairs.pairs[row]
        self._choose((*pair.first.parts, *pair.second.parts))

    def _choose(self, parts: tuple[Part, ...]) -> None:
        """Ask for what has the tags; those that meet in documents only are asked for by these documents."""
        if not self._in_document or len(parts) < 2:
            self.narrowed.emit(parts)
            return
        seeing, wanted = self.session.library.seeing, self.inquiry.listing.shown
        self.narrowed.emit(seeing.documents_with(wanted, (parts[0],), (parts[1],)))


class PerWeek(SeeingPart):
    """Annotations per week."""

    title, file_name = "Annotations per week", "annotations-per-week"
    nothing = "None of these annotations has a date, so there are no weeks to see."

    def __init__(self, session: "Session", inquiry: "Inquiry") -> None:
        super().__init__(session, inquiry)
        self.model = WeeksModel(self)
        self.view = WeeksView(self.model)
        self.stack.addWidget(self.view)
        self.view.chosen.connect(self.narrowed)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.view.set_theme(theme)

    def drawings(self) -> list[QWidget]:
        return [self.view]

    def counting(self) -> Callable[["Seeing", Filter], Weeks]:
        return lambda seeing, wanted: seeing.weeks(wanted)

    def take(self, found: Weeks) -> str:
        self.model.show(found)
        if not found.weeks:
            return ""
        undated = f", {found.undated:,} without a date" if found.undated else ""
        return f"{_counted(found.total, 'annotation')} in {_counted(len(found.weeks), 'week')}{undated}"

    def drawing(self, title: str) -> bytes:
        from reader.ui.workspace.seeing.drawing import of_weeks

        return of_weeks(self.model.found, title, self.theme)

    def write_table(self, seeing: "Seeing", target: Path) -> None:
        seeing.save_table(target, self.model.found)


def narrowed(wanted: Filter, parts: tuple[Part, ...]) -> Filter:
    """The filter with parts more; documents that it asked for give way to those that the parts ask for."""
    if any(isinstance(part, Condition) and part.key is Key.DOCUMENT for part in parts):
        wanted = wanted.without((Key.DOCUMENT,))
    return Filter((*wanted.parts, *(part for part in parts if part not in wanted.parts)))


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
