"""Every action of the window: its menu, words and keys, in one table. What it does is wired in `main_window`."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, Color


@dataclass(frozen=True, slots=True)
class Spec:
    """An action by name; `keys` in portable notation, the first is the one shown. `group` makes it exclusive."""

    name: str
    text: str
    keys: tuple[str, ...] = ()
    group: str = ""
    checkable: bool = False


SEPARATOR = Spec("", "")
COLORS = tuple(Color)

MENUS: dict[str, tuple[Spec, ...]] = {
    "&File": (
        Spec("add", "&Add documents…", ("Ctrl+O",)),
        Spec("add_folder", "Add a &folder…", ("Ctrl+Shift+O",)),
        Spec("paste", "&Paste as a document", ("Ctrl+V",)),
        Spec("samples", "Open the &samples", ("Ctrl+Alt+O",)),
        SEPARATOR,
        Spec("details", "Edit &details…", ("Ctrl+I",)),
        Spec("document_tags", "Document &tags…", ("Ctrl+Shift+T",)),
        Spec("document_note", "&Note on the document…", ("Ctrl+Shift+N",)),
        Spec("read_again", "Read a&gain", ("Ctrl+R",)),
        Spec("versions", "Te&xt versions…", ("Ctrl+Alt+V",)),
        Spec("reveal", "Show in f&older", ("Ctrl+Alt+R",)),
        Spec("remove", "&Remove document", ("Ctrl+Shift+Backspace",)),
        Spec("bin", "Re&cently deleted…", ("Ctrl+Alt+B",)),
        SEPARATOR,
        Spec("export", "&Export…", ("Ctrl+E",)),
        Spec("kept_folders", "Fo&lders kept up to date…", ("Ctrl+Alt+Shift+E",)),
        Spec("templates", "Export te&mplates…", ("Ctrl+Shift+E",)),
        Spec("import", "&Import…", ("Ctrl+Shift+I",)),
        Spec("save_copy", "Sa&ve a copy with annotations…", ("Ctrl+Shift+S",)),
        Spec("backup", "&Back up now…", ("Ctrl+B",)),
        Spec("restore", "Restore a bac&kup…", ("Ctrl+Shift+B",)),
        Spec("undo_restore", "&Undo the restore", ("Ctrl+Alt+Z",)),
        Spec("prove", "Prove m&y backup", ("Ctrl+Alt+Shift+B",)),
        SEPARATOR,
        Spec("quit", "&Quit", ("Ctrl+Q",)),
    ),
    "&Edit": (
        Spec("undo", "&Undo", ("Ctrl+Z",)),
        Spec("redo", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
        Spec("history", "&History…", ("Ctrl+H",)),
        SEPARATOR,
        Spec("copy", "&Copy", ("Ctrl+C",)),
        Spec("copy_citation", "Copy with c&itation", ("Ctrl+Shift+C",)),
        Spec("select_all", "Select &all", ("Ctrl+A",)),
        SEPARATOR,
        Spec("correct", "Correct the te&xt…", ("Ctrl+Alt+E",)),
        Spec("ran_together", "&Words that ran together…", ("Ctrl+Alt+K",)),
        SEPARATOR,
        Spec("find", "&Find in the document…", ("Ctrl+F",)),
        Spec("find_next", "Find &next", ("F3", "Ctrl+G")),
        Spec("find_previous", "Find &previous", ("Shift+F3", "Ctrl+Shift+G")),
        Spec("search", "&Search the library…", ("Ctrl+Shift+F",)),
        SEPARATOR,
        Spec("settings", "Se&ttings…", ("Ctrl+,",)),
    ),
    "&View": (
        Spec("workspace", "Annotations of all documents (wor&kspace)", ("Ctrl+Shift+A",), checkable=True),
        SEPARATOR,
        Spec("left_panel", "&Documents", ("Ctrl+1",), checkable=True),
        Spec("right_panel", "&Annotations and contents", ("Ctrl+3",), checkable=True),
        Spec("text_alone", "&Text alone", ("F11",), checkable=True),
        SEPARATOR,
        Spec("whole_page", "Article or whole pa&ge", ("Ctrl+Alt+P",)),
        Spec("show_hidden", "Show &hidden text", ("Ctrl+Alt+H",), checkable=True),
        Spec("offers", "What this do&cument offers", ("Ctrl+Alt+I",)),
        SEPARATOR,
        Spec("as_text", "Read as te&xt", ("Ctrl+Alt+X",), checkable=True),
        Spec("fit_width", "Fit &width", ("Ctrl+Alt+W",), checkable=True),
        Spec("fit_page", "&Fit page", ("Ctrl+Alt+F",), checkable=True),
        Spec("two_pages", "Two &pages side by side", ("Ctrl+Alt+D",), checkable=True),
        Spec("rotate_right", "Rotate to the right", ("Ctrl+Alt+.",)),
        Spec("rotate_left", "Rotate to the left", ("Ctrl+Alt+,",)),
        SEPARATOR,
        Spec("theme_light", "L&ight", ("Ctrl+Alt+1",), "theme"),
        Spec("theme_sepia", "&Sepia", ("Ctrl+Alt+2",), "theme"),
        Spec("theme_dark", "Da&rk", ("Ctrl+Alt+3",), "theme"),
        Spec("theme_system", "As the s&ystem", ("Ctrl+Alt+0",), "theme"),
        SEPARATOR,
        Spec("face_serif", "S&erif", ("Ctrl+Alt+S",), "face"),
        Spec("face_sans", "Sa&ns serif", ("Ctrl+Alt+A",), "face"),
        SEPARATOR,
        Spec("zoom_in", "&Larger", ("Ctrl++", "Ctrl+=")),
        Spec("zoom_out", "S&maller", ("Ctrl+-",)),
        Spec("zoom_reset", "At its si&ze", ("Ctrl+0",)),
        Spec("wider", "Wider col&umn", ("Ctrl+Shift+.",)),
        Spec("narrower", "Narr&ower column", ("Ctrl+Shift+,",)),
    ),
    "&Go": (
        Spec("back", "&Back", ("Alt+Left",)),
        Spec("forward", "&Forward", ("Alt+Right",)),
        SEPARATOR,
        Spec("next_mark", "&Next annotation", ("F8", "Alt+Down")),
        Spec("previous_mark", "&Previous annotation", ("Shift+F8", "Alt+Up")),
        Spec("page", "To the pa&ge…", ("Ctrl+Alt+G",)),
        SEPARATOR,
        Spec("next_document", "Next &document", ("Ctrl+PgDown",)),
        Spec("previous_document", "Previous d&ocument", ("Ctrl+PgUp",)),
        SEPARATOR,
        Spec("focus_documents", "To the document &list", ("Ctrl+L",)),
        Spec("focus_text", "To the &text", ("Ctrl+2",)),
        Spec("focus_marks", "To the &annotations", ("Ctrl+M",)),
        Spec("focus_contents", "To the &contents", ("Ctrl+T",)),
        Spec("focus_pages", "To the p&ictures of the pages", ("Ctrl+Alt+L",)),
    ),
    "&Annotate": (
        *(Spec(f"color_{c}", DEFAULT_CATEGORY_NAMES[c], (str(n),)) for n, c in enumerate(COLORS, 1)),
        SEPARATOR,
        Spec("underline", "&Underline", ("U",)),
        Spec("area", "Mark an &area of the page", ("A",)),
        Spec("tag", "&Tag…", ("T",)),
        Spec("note", "&Note…", ("N",)),
        Spec("range", "Change the &range", ("R",)),
        Spec("delete", "&Delete annotation", ("Del",)),
        Spec("past", "H&istory of the annotation…", ("H",)),
        Spec("review", "Re&view moved and lost…", ("Ctrl+Alt+M",)),
        SEPARATOR,
        Spec("hide", "&Hide this passage", ("Ctrl+Shift+H",)),
        Spec("unhide", "Sh&ow hidden passage again", ("Ctrl+Shift+J",)),
        SEPARATOR,
        Spec("select_word", "Select &word", ("W",)),
        Spec("select_sentence", "Select &sentence (again for the next)", ("S",)),
        Spec("select_paragraph", "Select &paragraph (again for the next)", ("P",)),
        SEPARATOR,
        Spec("tags", "&Codebook: all tags…", ("Ctrl+Alt+T",)),
    ),
    "&Help": (
        Spec("guide", "&Guide", ("Shift+F1",)),
        Spec("shortcuts", "&Keyboard shortcuts", ("F1",)),
        Spec("check", "&Check the library", ("Ctrl+Alt+C",)),
        Spec("about", "&About Passage", ("Ctrl+F1",)),
    ),
}

CHECKABLE_GROUPS = ("theme", "face")


class Actions:
    """The actions by name, built once for a window and hung into its menus."""

    def __init__(self, owner: QObject) -> None:
        self._owner = owner
        self._groups = {name: QActionGroup(owner) for name in CHECKABLE_GROUPS}
        self._by_name = {s.name: self._make(s) for specs in MENUS.values() for s in specs if s.name}

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def all(self) -> list[QAction]:
        return list(self._by_name.values())

    def fill(self, menus: Sequence[QMenu]) -> None:
        """Hang every action into its menu; the menus are those of `MENUS`, in order."""
        for menu, specs in zip(menus, MENUS.values(), strict=True):
            for spec in specs:
                menu.addAction(self._by_name[spec.name]) if spec.name else menu.addSeparator()

    def name_steps(self, undo: str, redo: str) -> None:
        """Have undo and redo say what they would take back and do again; empty where there is nothing."""
        for name, label in (("undo", undo), ("redo", redo)):
            words = f"&{name.capitalize()}"
            self._by_name[name].setText(f"{words}: {_menu_words(label)}" if label else words)

    def menu_of(self, parent: QMenu, names: tuple[str, ...]) -> QMenu:
        """`parent` with the named actions in it; an empty name is a separator."""
        for name in names:
            parent.addAction(self._by_name[name]) if name else parent.addSeparator()
        return parent

    def _make(self, spec: Spec) -> QAction:
        action = QAction(spec.text, self._owner)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setCheckable(spec.checkable or bool(spec.group))
        if spec.group:
            self._groups[spec.group].addAction(action)
        return action


def _menu_words(label: str, limit: int = 48) -> str:
    """A label as it may stand in a menu: not too long, its ampersands shown."""
    cut = label if len(label) <= limit else f"{label[: limit - 1]}…"
    return cut.replace("&", "&&")
