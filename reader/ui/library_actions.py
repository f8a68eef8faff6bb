"""What the window does with the library as a whole: settings, tags, history, checks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader import __version__
from reader.model.annotation import Color
from reader.ui.actions import MENUS
from reader.ui.backing_up import BackingUp
from reader.ui.tasks import while_open

if TYPE_CHECKING:
    from reader.services.checking import CheckReport
    from reader.ui.codebook.control import CodebookActions
    from reader.ui.dialogs.settings import SettingsDialog
    from reader.ui.main_window import MainWindow
    from reader.ui.session import Session
    from reader.ui.tag_keys import TagKeys


class LibraryActions(QObject):
    """Opens the dialogs and carries out what they ask for. `marks_wanted` carries the filter that finds them."""

    marks_wanted = Signal(object)

    def __init__(self, session: "Session", window: "MainWindow", keys: "TagKeys") -> None:
        super().__init__(window)
        self._session, self._window, self._keys = session, window, keys
        self._codebook: CodebookActions | None = None
        self.backing_up = BackingUp(session, window)

    # -- dialogs

    def settings(self) -> None:
        from reader.services.link_opening import is_offered, opens_links
        from reader.ui.dialogs.file_fields import DEFAULTS as FILE_DEFAULTS
        from reader.ui.dialogs.page_fields import DEFAULTS as PAGE_DEFAULTS
        from reader.ui.dialogs.settings import SettingsDialog

        look, categories = self._window.appearance, self._session.library.categories
        settings = self._session.library.settings
        limits = settings.get("reading_limits", {})
        pages = {key: settings.get(key, value) for key, value in PAGE_DEFAULTS.items()}
        files = {key: settings.get(key, value) for key, value in FILE_DEFAULTS.items()}
        dialog = SettingsDialog(
            look.choice,
            look.typography,
            categories.names(),
            look.theme,
            self._window,
            limits=limits,
            pages=pages,
            files=files,
            backups=str(self._session.library.backups.folder or ""),
            choose_backups=self.backing_up.choose_folder,
            links=opens_links() if is_offered() else None,
        )
        dialog.links.chosen.connect(lambda on: self._open_links(dialog, on))
        dialog.theme_chosen.connect(look.choose_theme)
        dialog.typography_changed.connect(look.set_typography)

        def rename(color: Color, name: str) -> None:
            if self._session.perform(lambda: categories.rename(color, name)) is None:
                dialog.refuse_name(self._window.status.message())

        dialog.category_renamed.connect(rename)
        dialog.limits_changed.connect(lambda limits: settings.set("reading_limits", limits))
        dialog.page_setting_changed.connect(self._set_for_pages)
        dialog.file_setting_changed.connect(settings.set)
        look.theme_changed.connect(dialog.set_theme)
        dialog.open()

    def _open_links(self, dialog: "SettingsDialog", on: bool) -> None:
        """Tell the desktop whether links are opened here."""
        from reader.services.link_opening import opens_links, register, unregister

        library = self._session.library.path
        show = while_open(dialog, dialog.links.set_state)
        self._session.tasks.start(
            lambda _task: register(library) if on else unregister(),
            lambda _done: show(opens_links()),
            lambda error: show(opens_links(), str(error)),
        )

    def _set_for_pages(self, key: str, value: object) -> None:
        self._session.library.settings.set(key, value)
        if self._window.pane.view.stage:
            self._window.paging.take_settings()

    def tags(self) -> None:
        """Show the codebook, which is loaded the first time."""
        if self._codebook is None:
            from reader.ui.codebook.control import CodebookActions

            self._codebook = CodebookActions(self._window, self._keys)
            self._codebook.marks_wanted.connect(self.marks_wanted)
        self._codebook.open()

    def flush(self) -> None:
        """Commit what stands in an open field of the codebook."""
        if self._codebook:
            self._codebook.flush()

    def history(self) -> None:
        from reader.ui.dialogs.history import HistoryDialog

        dialog = HistoryDialog(self._window)
        history = self._session.library.history

        def show(_change: object = None) -> None:
            dialog.set_actions(history.list(), history.undo_label(), history.redo_label())
            dialog.set_reach(self._session.library.pruning.reach())

        dialog.undo_requested.connect(self._session.undo_step)
        dialog.redo_requested.connect(self._session.redo)
        self._session.changed.connect(show)
        dialog.finished.connect(lambda _code: self._session.changed.disconnect(show))
        show()
        dialog.open()

    def name_steps(self) -> None:
        """Write into the menu what undo and redo would do."""
        self._window.actions_.name_steps(self._session.undo_label(), self._session.library.history.redo_label())

    def shortcuts(self) -> None:
        from reader.ui.dialogs.shortcuts import READING_KEYS, ShortcutsDialog

        groups = {
            title.replace("&", ""): [self._window.actions_[spec.name] for spec in specs if spec.name]
            for title, specs in MENUS.items()
        }
        extra = {"In the text": READING_KEYS, "Your tags": self._keys.named()}
        ShortcutsDialog(groups, extra, self._window).open()

    def about(self) -> None:
        from reader.ui.dialogs.about import AboutDialog

        library = self._session.library
        documents = library.documents.list()
        facts = (
            ("Your library", str(library.path)),
            ("In it", f"{len(documents):,} documents, {sum(d.annotations for d in documents):,} annotations"),
            ("Newest backup", next((str(b.path) for b in library.backups.list()), "none yet")),
        )
        AboutDialog(__version__, facts, self._window).open()

    # -- checks

    def check(self) -> None:
        """Look over the file, every mark's place and the newest backup, and say what was found."""
        from reader.services.checking import check

        self._session.say("Checking the library…")
        library = self._session.library
        self._session.tasks.start(lambda _task: check(library), self._checked, self._sorry)

    def look_after(self) -> None:
        """After the start: the daily backup and a look at the file, unseen unless something is wrong."""
        library = self._session.library
        if not library.read_only:
            self.backing_up.daily()
        self._session.tasks.start(lambda _task: library.integrity(), self._found, self._sorry)

    def _checked(self, report: "CheckReport") -> None:
        from reader.ui.dialogs.check import CheckDialog

        self._session.say("The library was checked.")
        CheckDialog(report.found, report.problems, self._window).open()

    def _found(self, problems: list[str]) -> None:
        if problems:
            self._session.failed.emit(" ".join(problems[:3]))

    def _sorry(self, error: Exception) -> None:
        self._session.failed.emit(str(error))
