"""Scripts that are searched by pairs of characters because spaces do not part their words."""

import re
from functools import cache

# Scripts written without spaces, or with words that grow at both ends (Korean): cut into pairs.
PAIRED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf\u1000-\u103f\u1050-\u109d\u1780-\u17d3"
    "\u3005-\u3007\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)


@cache
def paired_run() -> re.Pattern[str]:
    """A pattern for a run of such characters."""
    # Compiled when first needed: a class this wide takes milliseconds that opening a document can do without.
    return re.compile(f"[{PAIRED}]+")


def is_paired(char: str) -> bool:
    """Whether this belongs to a script that is searched by pairs because spaces do not part its words."""
    return char >= "\u0e01" and bool(paired_run().fullmatch(char))
