"""An outside address, shown before anything is done with it."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from reader.ui.dialogs.base import PassageDialog, say, text

_SCHEMES = ("http", "https", "mailto")


class LinkDialog(PassageDialog):
    """Opens the address in the browser, copies it, or does nothing; Enter does nothing, so that it is read."""

    def __init__(self, address: str, parent: QWidget | None = None) -> None:
        super().__init__("Open this address?", parent, width=480)
        self._address = address
        url = QUrl(address)
        self.body.addWidget(text("This link leads out of the document", "title"))
        shown = text(breakable(address), selectable=True)
        shown.setObjectName("address")
        shown.setAccessibleName(f"Address: {address}")
        self.body.addWidget(shown)
        self.body.addWidget(text(where(url), "quiet"))
        warning = text("", "error")
        warning.setObjectName("warning")
        say(warning, why_not(url) or doubt(url))
        self.body.addWidget(warning)
        self.body.addStretch(1)
        self.open_button = self.add_button("Open in the browser" if url.scheme() != "mailto" else "Write a mail")
        self.open_button.setEnabled(not why_not(url))
        self.open_button.clicked.connect(self._open)
        copy = self.add_button("Copy address")
        copy.clicked.connect(self._copy)
        self.add_close("Cancel").setFocus()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl(self._address))
        self.accept()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._address)
        self.accept()


def breakable(address: str) -> str:
    """The address with places where a line may end, invisible on the screen."""
    return "".join(f"{letter}\u200b" if letter in "/?&=#.-_%" else letter for letter in address)


def where(url: QUrl) -> str:
    """Whose address it is, in words."""
    if url.scheme() == "mailto":
        return f"It writes to {url.path()}."
    return f"It belongs to {url.host()}." if url.host() else ""


def why_not(url: QUrl) -> str:
    """Why this address is not opened from here; empty when it may be."""
    if not url.isValid() or url.scheme() not in _SCHEMES:
        kind = f"“{url.scheme()}:”" if url.scheme() else "Incomplete"
        return f"{kind} addresses are not opened from here; copy it and open it where you trust it."
    return ""


def doubt(url: QUrl) -> str:
    """What is worth a second look: a name with letters of other scripts, or a name and password in the address."""
    return " ".join(sentence for sentence in (_letters(url), _user(url)) if sentence)


def _letters(url: QUrl) -> str:
    ascii_host = bytes(QUrl.toAce(url.host()).data()).decode("ascii", "replace")
    if ascii_host and ascii_host != url.host().lower():
        return f"The name holds letters beyond a to z; written plainly it is {ascii_host}."
    if "xn--" in ascii_host:
        return f"The name {ascii_host} stands for letters beyond a to z: make sure that it is whose you think."
    return ""


def _user(url: QUrl) -> str:
    if url.userInfo() and url.scheme() != "mailto":
        return f"What stands before the @ is not the site’s name: the site is {url.host()}."
    return ""
