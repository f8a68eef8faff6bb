"""PySide without what it needs only to word errors and to describe its functions, until that is asked for.

When it is loaded, PySide compiles 3,000 lines of Python from an archive inside its library, each time anew: a third of
the time that loading Qt takes. Most of them put signatures together, for the text of a TypeError, for `help()` and to
write stubs. Here their modules are put in place empty, and are filled when the first of their names is asked for.
(shiboken6, "embed/signature_bootstrap.py" and "signature/loader.py", which asks for each by name when it needs it.)
"""

import sys
from collections.abc import Callable
from functools import partial
from importlib.machinery import ModuleSpec
from threading import RLock
from types import ModuleType
from typing import Any, SupportsIndex

_IMPORTER = "EmbeddableZipImporter"
_LATE = frozenset(
    f"shibokensupport.signature.{name}"
    for name in ("errorhandler", "layout", "parser", "lib.enum_sig", "lib.pyi_generator")
)
"""All but the small ones, and `mapping`: PySide's C++ looks into that one itself."""


class _LateLoader:
    """Leaves a module empty; `importer` fills it later."""

    def __init__(self, importer: Any) -> None:
        self._importer = importer
        self._filling = RLock()
        self._begun = False

    def create_module(self, _spec: ModuleSpec) -> ModuleType | None:
        """Have Python make the module as usual."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Have it filled by the first question for a name that it does not have yet."""
        # PySide gives modules other names later.
        module.__dict__["__getattr__"] = partial(self._fill, module, module.__name__)

    def _fill(self, module: ModuleType, name: str, asked: str) -> Any:
        with self._filling:
            if "__getattr__" in module.__dict__:
                if asked.startswith("__") or self._begun:
                    raise AttributeError(f"module {name!r} has no attribute {asked!r}")
                self._begun = True
                try:
                    module.__spec__ = ModuleSpec(name, self._importer)
                    self._importer.exec_module(module)
                    del module.__dict__["__getattr__"]
                finally:
                    self._begun = False
        return getattr(module, asked)


class _Finders(list[Any]):
    """What Python asks for modules; PySide puts its importer in while it is loaded."""

    def insert(self, index: SupportsIndex, finder: Any, /) -> None:
        if type(finder).__name__ == _IMPORTER:
            _put_off(finder)
        super().insert(index, finder)


def load() -> None:
    """Load PySide's core so. Where it is loaded already, or does otherwise, it is as it always is."""
    usual = sys.meta_path
    watched = sys.meta_path = _Finders(usual)
    try:
        import PySide6.QtCore  # noqa: F401  # pyright: ignore[reportUnusedImport]
    finally:
        usual[:] = watched
        if sys.meta_path is watched:
            sys.meta_path = usual


def _put_off(importer: Any) -> None:
    find: Callable[..., ModuleSpec | None] = importer.find_spec

    def find_spec(name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        spec = find(name, path, target)
        if spec is not None and name in _LATE:
            spec.loader = _LateLoader(importer)  # pyright: ignore[reportAttributeAccessIssue]
        return spec

    importer.find_spec = find_spec
