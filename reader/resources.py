"""Where the icons, themes, schemas and samples are: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "_shared"
_ROOT = _IN_WHEEL if _IN_WHEEL.is_dir() else _PACKAGE.parent


def resource(*parts: str) -> Path:
    """The path of a file or folder under `resources/`."""
    return _ROOT.joinpath("resources", *parts)


def samples() -> Path:
    """The folder of sample documents."""
    return _ROOT / "sample_docs"
