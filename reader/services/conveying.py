"""A file on its way to a worker, and what was made of it on its way back: JSON and bytes, checked on arrival."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from reader.formats.request import Limits
from reader.formats.worker.frames import Message
from reader.formats.worker.job import Job
from reader.formats.worker.sentences import faulty
from reader.model.document import FORMATS, Asset, Document, Metadata
from reader.services.preparing import Prepared, Source, prepare, suffix_of
from reader.store.structure import Structure, StructurePart
from reader.store.texts import TextVersion

_FUNCTION = "reader.services.conveying:answer"
_NUMBERS = "Q"
_OWN = {"reader": str, "reader_version": int, "normaliser_version": int, "text_sha256": str, "words": int, "view": str}


def job_of(
    source: Source,
    path: Path,
    *,
    view: str,
    pictures: Mapping[str, bytes],
    limits: Limits,
    fold: bool = True,
    password: str = "",
) -> Job:
    """The job of preparing a file; see `preparing.prepare` for what goes into it."""
    header = {
        "source": [source.path, source.size, source.modified_ns, source.sha256],
        "path": str(path),
        "view": view,
        "pictures": list(pictures),
        "limits": asdict(limits),
        "fold": fold,
        "password": password,
    }
    return Job(_FUNCTION, path.name, Message(header, (source.data, *pictures.values())), limits)


def answer(header: dict[str, Any], frames: list[bytes]) -> Message:
    """In the worker: what `job_of` asks for. Raises FormatError."""
    place, size, modified, digest = header["source"]
    pictures = dict(zip(header["pictures"], frames[1:], strict=True))
    prepared = prepare(
        Source(place, size, modified, frames[0], digest),
        Path(header["path"]),
        view=header["view"],
        pictures=pictures,
        limits=Limits(**header["limits"]),
        fold=header["fold"],
        password=header["password"],
    )
    return _packed(prepared)


def _packed(prepared: Prepared) -> Message:
    document, version = prepared.document, prepared.version
    header = {
        "kind": prepared.kind,
        "version": {name: getattr(version, name) for name in _OWN},
        "metadata": asdict(document.metadata),
        "hard_wrapped": document.hard_wrapped,
        "structure": [
            [part.start, part.block_count, part.span_count, len(part.blocks), len(part.spans)]
            for part in prepared.structure.parts
        ],
        "assets": [[asset.name, asset.media_type, asset.alt, asset.source] for asset in document.assets],
    }
    frames = [
        document.text.encode(),
        prepared.structure.rest.encode("utf-8", "surrogatepass"),
        "".join([part.blocks + part.spans for part in prepared.structure.parts]).encode("utf-8", "surrogatepass"),
        array(_NUMBERS, [number for passage in prepared.passages for number in passage]).tobytes(),
        "".join(prepared.folded).encode("utf-8", "surrogatepass"),
        array(_NUMBERS, map(len, prepared.folded)).tobytes(),
    ]
    return Message(header, frames + [asset.data for asset in document.assets])


def prepared_of(source: Source, message: Message, name: str) -> Prepared:
    """What a worker answered about a file. FormatError when it is not what `answer` gives: nobody vouches for it."""
    try:
        return _unpacked(source, message, suffix_of(name))
    except (ValueError, TypeError, KeyError, IndexError, OverflowError):
        raise faulty(name, "its reader gave no sound answer") from None


def _unpacked(source: Source, message: Message, suffix: str) -> Prepared:
    header, (text_bytes, rest, parts, numbers, folded, lengths, *pictures) = message.header, message.frames
    text = text_bytes.decode()
    assets = tuple(_assets(header["assets"], pictures))
    document = Document(
        text,
        assets=assets,
        metadata=_metadata(header["metadata"]),
        hard_wrapped=_sound(header["hard_wrapped"], bool),
    )
    own = {name: _sound(header["version"][name], kind) for name, kind in _OWN.items()}
    version = TextVersion(
        **own,
        file_sha256=source.sha256,
        file_size=len(source.data),
        file_suffix=suffix,
        length=len(text),
    )
    kind = _sound(header["kind"], str)
    if kind not in FORMATS:
        raise ValueError(kind)
    passages = _passages(numbers, len(text))
    words = _cut(folded.decode("utf-8", "surrogatepass"), lengths)
    if words and len(words) != len(passages):
        raise ValueError("words of other passages")
    structure = Structure(
        rest.decode("utf-8", "surrogatepass"),
        list(_structure_parts(header["structure"], parts.decode("utf-8", "surrogatepass"))),
    )
    same = version.text_sha256 == source.sha256
    return Prepared(source, document, kind, version, structure, passages, words, same)


def _metadata(values: Mapping[str, Any]) -> Metadata:
    lists = {name: _strings(value) for name, value in values.items() if isinstance(value, list)}
    return Metadata(**lists, **{name: _sound(value, str) for name, value in values.items() if name not in lists})


def _strings(values: Any) -> tuple[str, ...]:
    return tuple(_sound(value, str) for value in values)


def _assets(rows: Sequence[Any], pictures: Sequence[bytes]) -> Iterator[Asset]:
    for (name, kind, alt, where), data in zip(rows, pictures, strict=True):
        yield Asset(_sound(name, str), _sound(kind, str), data, _sound(alt, str), _sound(where, str))


def _structure_parts(rows: Sequence[Any], texts: str) -> Iterator[StructurePart]:
    """The parts of a structure, whose blocks and spans are written one after the other."""
    done, before = 0, -1
    for start, block_count, span_count, blocks, spans in rows:
        if not all(type(number) is int and number >= 0 for number in (block_count, span_count, blocks, spans)):
            raise ValueError("counts that are none")
        if _sound(start, int) <= before:
            raise ValueError("parts in no order")
        middle, end = done + blocks, done + blocks + spans
        yield StructurePart(start, block_count, span_count, texts[done:middle], texts[middle:end])
        done, before = end, start
    if done != len(texts):
        raise ValueError("parts that are cut off")


def _passages(numbers: bytes, length: int) -> list[tuple[int, int]]:
    """Start and end of each: they follow each other within the text."""
    values = array(_NUMBERS)
    values.frombytes(numbers)
    if list(values) != sorted(values) or (values and values[-1] > length):
        raise ValueError("passages out of the text")
    return list(zip(values[::2], values[1::2], strict=True))


def _cut(joined: str, lengths: bytes) -> list[str]:
    """The words of each passage, all written one after the other."""
    counts = array(_NUMBERS)
    counts.frombytes(lengths)
    if sum(counts) != len(joined):
        raise ValueError("words that are cut off")
    return [joined[start:end] for start, end in pairwise(accumulate(counts, initial=0))]


def _sound(value: Any, kind: type[Any]) -> Any:
    """The value, of that very type."""
    if type(value) is not kind:
        raise TypeError(type(value).__name__)
    return value
