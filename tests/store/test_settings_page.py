"""The page about the library file names every setting that the program has, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import reader
from reader.resources import resource


def test_every_setting_is_documented_and_no_other() -> None:
    page = resource("schema", "library.md").read_text("utf-8").split("## setting\n", 1)[1]
    heads = re.findall(r"^- (`.*?`):", page, re.MULTILINE)
    documented = [name for head in heads for name in re.findall(r"`(\w+)`", head)]
    package = Path(reader.__file__).parent
    modules = (module for part in ("store", "services", "ui") for module in (package / part).rglob("*.py"))
    used = {name for module in modules for name in settings_of(module)}
    assert sorted(documented) == sorted(used)


def settings_of(module: Path) -> Iterator[str]:
    """The names under which a module gets and sets settings, as far as it has them itself."""
    source = module.read_text("utf-8")
    if "setting" not in source:
        return
    tree = ast.parse(source)
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            known |= constants(node)
        elif isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "DEFAULTS":
            # A field of the settings dialog has a default for each.
            assert node.value
            yield from ast.literal_eval(node.value)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = name_in(call)
        if isinstance(name, ast.Constant):
            yield name.value
        elif isinstance(name, ast.Name) and name.id in known:
            yield known[name.id]


def constants(node: ast.Assign) -> dict[str, str]:
    """What an assignment names, of texts."""
    target, value = node.targets[0], node.value
    names = target.elts if isinstance(target, ast.Tuple) else [target]
    values = value.elts if isinstance(value, ast.Tuple) else [value]
    pairs = zip(names, values, strict=False)
    return {ast.unparse(one): other.value for one, other in pairs if isinstance(other, ast.Constant)}


def name_in(call: ast.Call) -> ast.expr | None:
    """What stands for the name in a call that gets or sets a setting, also one for later; None in any other."""
    called, given = ast.unparse(call.func), call.args
    if called == "partial":
        called, given = ast.unparse(given[0]), given[1:]
    if re.search(r"(^|[._])settings\.(get|set)$", called):
        return given[0]
    return given[1] if re.fullmatch(r"(settings\.)?(value|value_on|set_value)", called) and given[1:] else None
