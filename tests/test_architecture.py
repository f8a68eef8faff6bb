"""The shape of the program, held by a test: who may import whom, and who may know what."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "reader"
ROOTS = {"cli", "app", "__main__", "handover"}
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "text": {"model"},
    "formats": {"model", "text"},
    "store": {"model"},
    "interchange": {"model", "text"},
    "services": {"model", "text", "formats", "store", "interchange"},
    "ui": {"model", "text", "services"},
}
SPOKEN = {"ui": {"handover"}}  # the protocol that the window answers
SQL = {"sqlite3", "sqlite_utils"}
HEAVY = {
    "sqlite_utils",
    "markdown_it",
    "mdit_py_plugins",
    "selectolax",
    "charset_normalizer",
    "rapidfuzz",
    "jsonschema",
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module name imported under `tree`, those for type checking only left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            module = node.module or ""
            yield module, node.lineno
            yield from ((f"{module}.{alias.name}", node.lineno) for alias in node.names)
        else:
            yield from imports(node)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_up_the_list_only(path: Path) -> None:
    here = layer(path)
    wrong: list[str] = []
    for name, line in imports(ast.parse(path.read_text("utf-8"))):
        top, _, rest = name.partition(".")
        target = rest.split(".")[0]
        inner = top == "reader" and target != "" and (PACKAGE / target).is_dir()
        if here in MAY_IMPORT and inner and target != here and target not in MAY_IMPORT[here]:
            wrong.append(f"{line}: {here} imports {name}")
        if here in MAY_IMPORT and top == "reader" and target in ROOTS - SPOKEN.get(here, set()):
            wrong.append(f"{line}: {here} imports a composition root, {name}")
        if top in SQL and here != "store":
            wrong.append(f"{line}: SQL outside store: {name}")
        if top in {"PySide6", "shiboken6"} and here not in {"ui", "app"}:
            wrong.append(f"{line}: Qt outside the window: {name}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_rooms_are_small(path: Path) -> None:
    source = path.read_text("utf-8")
    assert source.count("\n") <= 400, "more than 400 lines: is it one thing?"
    tree = ast.parse(source)
    assert ast.get_docstring(tree), "a module says what it is"
    long = [
        f"{node.name} is {node.end_lineno - node.lineno + 1} lines long"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert not long, long


def loaded_after(code: str) -> set[str]:
    """The top-level modules a fresh interpreter holds after running `code`."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sorted({{m.partition('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.split())


def test_a_command_without_a_window_never_imports_qt() -> None:
    assert not loaded_after("import reader.cli, reader.services.library") & {"PySide6", "shiboken6"}


def test_heavy_libraries_wait_until_they_are_used() -> None:
    assert not loaded_after("import reader.services.library, reader.app, reader.ui.main_window") & HEAVY


def test_nothing_tells_of_the_workshop() -> None:
    """The project speaks of itself only: no path of a machine, no address of a package registry."""
    words = ["/" + "work/", "pypi." + "org", "files.python" + "hosted"]
    root = PACKAGE.parent
    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    for name in filter(None, listed):
        if name.endswith((".png", ".svg")) or not (root / name).is_file():
            continue
        text = (root / name).read_text("utf-8", errors="replace")
        assert not [word for word in words if word in text], name
