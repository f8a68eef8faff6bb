"""The lines between `---` at the beginning of a Markdown file that say what the text is."""

import re

from reader.formats.dates import iso_date
from reader.formats.links import web_address
from reader.model.document import Metadata

Fields = dict[str, list[str]]

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.M)
_FIELD = re.compile(r"([A-Za-z][\w .-]{0,60}?)[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
_INDENTED = re.compile(r"[ \t]+\S.*$")
_IGNORED = re.compile(r"[ \t]*(?:#.*)?$")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?$")
_LONGEST = 64 * 1024

_KEYS = {
    "title": ("title", "headline"),
    "authors": ("author", "authors", "by", "creator"),
    "date": ("date", "published", "created", "publishdate", "pubdate"),
    "source": ("source", "publication", "publisher", "site", "journal"),
    "language": ("language", "lang", "locale"),
    "url": ("url", "link", "canonical", "canonical_url", "source_url"),
    "tags": ("tags", "keywords", "tag", "categories"),
}


def split_front_matter(text: str) -> tuple[Metadata, str]:
    """The metadata and the text after it; no metadata and the whole text when it begins with none."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end(), _LONGEST) if opening else None
    if opening is None or closing is None:
        return Metadata(), text
    fields = fields_of(text[opening.end() : closing.start()])
    if fields is None:
        # A rule at the top, with prose below it up to the next rule.
        return Metadata(), text
    return metadata_of(fields), text[closing.end() :]


def fields_of(written: str) -> Fields | None:
    """The fields with their values: the part of YAML that front matter is written in. None if it is something else."""
    fields: Fields = {}
    current: list[str] = []
    for line in written.split("\n"):
        if _IGNORED.match(line):
            continue
        if field := _FIELD.match(line):
            current = fields.setdefault(field[1].strip().lower(), [])
            current.extend(_values(field[2] or ""))
        elif not fields:
            return None
        elif item := _ITEM.match(line):
            current.extend(_values(item[1]))
        elif _INDENTED.match(line):
            _continue(current, line.strip())
        else:
            return None
    return fields or None


def metadata_of(fields: Fields) -> Metadata:
    """The fields that are known, under the names that different programs give them."""
    found = {name: _first(fields, keys) for name, keys in _KEYS.items()}
    authors = [part for value in found["authors"] for part in re.split(r"\s*;\s*|\s+and\s+", value)]
    tags = found["tags"]
    if len(tags) == 1:
        tags = re.split(r"[,;]", tags[0])
    address = " ".join(found["url"])
    return Metadata(
        title=" ".join(found["title"]),
        authors=tuple(dict.fromkeys(name.strip() for name in authors if name.strip())),
        source=" ".join(found["source"]),
        date=next((d for d in map(iso_date, found["date"]) if d), ""),
        language=" ".join(found["language"]).replace("_", "-")[:35],
        url=web_address(address),
        tags=tuple(dict.fromkeys(t for t in (tag.strip().lstrip("#").strip() for tag in tags) if t)),
    )


def _first(fields: Fields, keys: tuple[str, ...]) -> list[str]:
    return next((values for key in keys if (values := fields.get(key))), list[str]())


def _values(written: str) -> list[str]:
    """One value, or those of a list in brackets; without quotes and comments."""
    value = written.strip()
    if value.startswith("[") and value.endswith("]"):
        return [plain for part in _split_list(value[1:-1]) if (plain := _unquoted(part))]
    if _BLOCK_SCALAR.match(value):
        return []
    plain = _unquoted(value)
    # "- name: Ilse Brandt" in a list of authors.
    named = re.fullmatch(r"name:\s+(.+)", plain)
    return [_unquoted(named[1]) if named else plain] if plain else []


def _continue(current: list[str], line: str) -> None:
    """A value's next line; of the fields of an object in a list only its name is looked at, by `_values`."""
    if re.match(r"\w+:\s", line):
        if line.startswith("name:"):
            current.extend(_values(line))
    elif current:
        current[-1] = f"{current[-1]} {line}"
    else:
        current.append(line)


def _split_list(written: str) -> list[str]:
    return [match.group() for match in re.finditer(r"\s*(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^,]+)", written)]


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r"\\([\"\\/])", r"\1", value[1:-1])
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return "" if value in ("~", "null") else re.split(r"\s+#\s", value, maxsplit=1)[0].strip()
