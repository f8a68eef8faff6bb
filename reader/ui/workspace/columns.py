"""A column of the workspace."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Column(QWidget):
    """Parts one under the other, without gaps."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def add(self, part: QWidget, *, stretch: int = 0) -> None:
        """Put a part under the others; those with a `stretch` share what room there is."""
        self._layout.addWidget(part, stretch)

    def parts(self) -> list[QWidget]:
        """What stands in the column, from above."""
        items = (self._layout.itemAt(number) for number in range(self._layout.count()))
        return [part for item in items if item and (part := item.widget())]
