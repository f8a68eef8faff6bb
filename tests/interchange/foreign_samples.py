"""Files as other programs write them of one document: DAM, read in each of them by Ada."""

import base64
import csv
import json
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

DAM = """The dam at Sadd

The board met at seven in the evening. The dam will cost 41 million, and nobody asked who pays.

A second line of pipes was promised. 🌊 The water “will come”, said the engineer, when the valley agrees.

The board met again in May. The dam will be finished in 2031, and nobody asked who pays.
"""
TITLE = "The dam at Sadd"
COST = "The dam will cost 41 million"
WATER = "🌊 The water “will come”, said the engineer"
YEAR = "The dam will be finished in 2031"
ABSENT = "The lake will be drained"
"""Words that are not in the text."""

ADDRESS = "https://example.org/dam"


@dataclass(frozen=True)
class Sample:
    """A file in the form `form`, and what is in it: a mark on COST with NOTE and TAGS, one on WATER, and one on ABSENT.

    `color` is that of the first; `tags` and `notes` (on the whole document) what the form has of them; `underlined` how
    the second is drawn; `left_out` a piece of the sentence on each record that cannot be used, `passed` what is
    told of what is none. `named`: the file says what the document is called.
    """

    form: str
    data: bytes
    color: str
    underlined: bool = False
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    created: str = "2026-03-01T09:30:00.000Z"
    named: bool = True


NOTE = "Whose million?\n\nAsk again."


def js(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _units(words: str) -> tuple[int, int]:
    start = len(DAM[: DAM.index(words)].encode("utf-16-le")) // 2
    return start, start + len(words.encode("utf-16-le")) // 2


def _selectors(words: str) -> list[dict[str, Any]]:
    at = DAM.find(words)
    found: list[dict[str, Any]] = [
        {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 3, "endContainer": "/p[1]", "endOffset": 9}
    ]
    if at >= 0:
        start, end = _units(words)
        found.append({"type": "TextPositionSelector", "start": start, "end": end})
    before = DAM[max(at - 32, 0) : at] if at >= 0 else "nowhere "
    after = DAM[at + len(words) :][:32] if at >= 0 else " at all"
    return [*found, {"type": "TextQuoteSelector", "exact": words, "prefix": before, "suffix": after}]


def _hypothesis(number: str, words: str, **more: Any) -> dict[str, Any]:
    target: dict[str, Any] = {"source": ADDRESS}
    if words:
        target["selector"] = _selectors(words)
    return {
        "id": number,
        "created": "2026-03-01T09:30:00.000000+00:00",
        "updated": "2026-03-01T09:30:00.000000+00:00",
        "user": "acct:ada@hypothes.is",
        "user_info": {"display_name": None},
        "uri": ADDRESS,
        "text": "",
        "tags": [],
        "group": "__world__",
        "permissions": {"read": ["group:__world__"], "update": ["acct:ada@hypothes.is"]},
        "target": [target],
        "document": {"title": [TITLE]},
        "links": {"html": f"https://hypothes.is/a/{number}"},
        "hidden": False,
        "flagged": False,
        **more,
    }


HYPOTHESIS_RECORDS: list[Any] = [
    _hypothesis("cost", COST, text="Whose million?", tags=["money", "ask"]),
    _hypothesis("water", WATER),
    _hypothesis("absent", ABSENT),
    _hypothesis("page", "", text="On all of it"),
    _hypothesis("reply", "", text="Ask again.", references=["cost"], user_info={"display_name": "Bo"}),
    _hypothesis("astray", "", text="To nobody", references=["gone"]),
    {"id": "broken", "uri": ADDRESS, "target": [{"source": ADDRESS, "selector": [{"type": "TextQuoteSelector"}]}]},
]
_ENVELOPE = {"export_date": "2026-05-01T00:00:00Z", "export_userid": "acct:ada@hypothes.is", "client_version": "1.1"}
_BROKEN = ("annotations[6].exact: is missing", "annotations[5].references: ")

HYPOTHESIS_TABLE = (
    "Created at,Author,Page,URL,Group,Type,Quote/description,Comment,Tags\n"
    f'2026-03-01 09:30,ada,,{ADDRESS},Public,Annotation,{COST},"Whose million?\n\nAsk again.","money,ask"\n'
    f'2026-03-01 09:31,ada,,{ADDRESS},Public,Highlight,"{WATER}",,\n'
    f"2026-03-01 09:32,ada,,{ADDRESS},Public,Highlight,{ABSENT},,\n"
    f"2026-03-01 09:33,ada,,{ADDRESS},Public,Page note,,On all of it,\n"
    f"2026-03-01 09:34,bo,,{ADDRESS},Public,Reply,,To nobody,\n"
).encode()


def tabbed(table: bytes) -> bytes:
    """The same table with tabs between the cells."""
    text = StringIO(newline="")
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(csv.reader(StringIO(table.decode(), newline="")))
    return text.getvalue().encode()


def _calibre(number: str, words: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "highlight",
        "uuid": f"{number:a<22}",
        "timestamp": "2026-03-01T09:30:00.000Z",
        "highlighted_text": words,
        "start_cfi": "/2/4/2/1:0",
        "end_cfi": "/2/4/2/1:20",
        "spine_index": 1,
        "spine_name": "text/one.xhtml",
        "toc_family_titles": ["The dam"],
        **more,
    }


CALIBRE_RECORDS: list[Any] = [
    _calibre("cost", COST, notes=NOTE, style={"kind": "color", "type": "builtin", "which": "pink"}),
    _calibre("water", WATER, style={"kind": "decoration", "type": "builtin", "which": "wavy"}),
    _calibre("absent", ABSENT, style={"kind": "color", "type": "builtin", "which": "yellow"}),
    {"type": "highlight", "uuid": f"{'gone':a<22}", "timestamp": "2026-03-02T00:00:00.000Z", "removed": True},
    {"type": "bookmark", "title": "Page 3", "pos_type": "epubcfi", "pos": "epubcfi(/8)", "timestamp": "2026-03-02"},
    {"type": "last-read", "pos": "epubcfi(/8)", "pos_type": "epubcfi", "timestamp": "2026-03-02T00:00:00+00:00"},
    {"type": "highlight", "uuid": "without words"},
]
_BOOKMARK = ("1 bookmark has no place here.",)
_NO_WORDS = ("[6].highlighted_text: is missing",)

CALIBRE_INSIDE = b"encoding=json+base64:\n" + base64.encodebytes(json.dumps(CALIBRE_RECORDS).encode())


def epub() -> bytes:
    """An EPUB with little in it but what calibre's viewer keeps there."""
    package = (
        '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f'<dc:title id="t">{TITLE}</dc:title><dc:creator>Ada &amp; Bo</dc:creator></metadata></package>'
    )
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("content.opf", package)
        archive.writestr("META-INF/calibre_bookmarks.txt", CALIBRE_INSIDE)
    return data.getvalue()


def _lua(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\\n") + '"'


KOREADER = f"""-- /mnt/onboard/books/dam.epub.sdr/metadata.epub.lua
return {{
    ["annotations"] = {{
        [1] = {{
            ["chapter"] = "The dam",
            ["color"] = "red",
            ["datetime"] = "2026-03-01 09:30:00",
            ["datetime_updated"] = "2026-03-02 10:00:00",
            ["drawer"] = "lighten",
            ["note"] = {_lua(NOTE)},
            ["page"] = "/body/DocFragment[2]/body/p[1]/text().39",
            ["pageno"] = 2,
            ["pos0"] = "/body/DocFragment[2]/body/p[1]/text().39",
            ["pos1"] = "/body/DocFragment[2]/body/p[1]/text().67",
            ["text"] = {_lua(COST)},
        }},
        [2] = {{
            ["datetime"] = "2026-03-01 09:31:00",
            ["drawer"] = "underscore",
            ["page"] = "/body/DocFragment[2]/body/p[2]/text().37",
            ["pos0"] = "/body/DocFragment[2]/body/p[2]/text().37",
            ["pos1"] = "/body/DocFragment[2]/body/p[2]/text().80",
            ["text"] = {_lua(WATER)},
        }},
        [3] = {{
            ["datetime"] = "2026-03-01 09:32:00",
            ["drawer"] = "lighten",
            ["pos0"] = "/body/DocFragment[9]/body/p[2]/text().37",
            ["text"] = {_lua(ABSENT)},
        }},
        [4] = {{
            ["datetime"] = "2026-03-01 09:33:00",
            ["page"] = "/body/DocFragment[2]/body/p[2]/text().0",
            ["text"] = "in The dam",
        }},
        [5] = {{
            ["datetime"] = "2026-03-01 09:34:00",
            ["note"] = "On all of it",
            ["page"] = "/body/DocFragment[2]/body/p[2]/text().0",
            ["text"] = "in The dam",
        }},
        [6] = {{
            ["datetime"] = "2026-03-01 09:35:00",
            ["pos0"] = "/body/DocFragment[2]/body/p[2]/text().0",
        }},
    }},
    ["annotations_externally_modified"] = false,
    ["copt_line_spacing"] = 1e2,
    ["doc_pages"] = 12,
    ["doc_path"] = "/mnt/onboard/books/dam.epub",
    ["doc_props"] = {{
        ["authors"] = "Ada Lee\\
Bo Ek",
        ["identifiers"] = "isbn:9780306406157",
        ["title"] = "{TITLE}",
    }},
    ["percent_finished"] = -0.25,
}}
""".encode()

KOREADER_OLD = f"""-- we can read Lua syntax here!
return {{
    ["bookmarks"] = {{
        [1] = {{
            ["datetime"] = "2026-03-01 09:31:00",
            ["highlighted"] = true,
            ["notes"] = {_lua(WATER)},
            ["page"] = 3,
            ["text"] = {_lua(f"Page 3 {WATER} @ 2026-03-01 09:31:00")},
        }},
        [2] = {{
            ["datetime"] = "2026-03-01 09:30:00",
            ["highlighted"] = true,
            ["notes"] = {_lua(COST)},
            ["page"] = 2,
            ["text"] = {_lua(NOTE)},
        }},
        [3] = {{
            ["datetime"] = "2026-03-01 09:40:00",
            ["notes"] = "in The dam",
            ["page"] = 4,
        }},
    }},
    ["highlight"] = {{
        [2] = {{
            [1] = {{
                ["datetime"] = "2026-03-01 09:30:00",
                ["drawer"] = "lighten",
                ["pos0"] = {{ ["page"] = 2, ["x"] = 10.5, ["y"] = 20, ["zoom"] = 1.25 }},
                ["pos1"] = {{ ["page"] = 2, ["x"] = 90.5, ["y"] = 20 }},
                ["text"] = {_lua(COST)},
            }},
        }},
        [3] = {{
            [1] = {{ ["datetime"] = "2026-03-01 09:31:00", ["drawer"] = "underscore", ["text"] = {_lua(WATER)} }},
            [2] = {{ ["datetime"] = "2026-03-01 09:32:00", ["drawer"] = "invert", ["text"] = {_lua(ABSENT)} }},
            [3] = {{ ["datetime"] = "2026-03-01 09:33:00", ["drawer"] = "invert" }},
        }},
    }},
    ["stats"] = {{ ["authors"] = "Ada Lee", ["title"] = "{TITLE}" }},
}}
""".encode()


def _exported(words: str, minute: int, **more: Any) -> dict[str, Any]:
    when = 1_772_357_400 + 60 * minute
    return {"sort": "highlight", "drawer": "lighten", "page": 2, "chapter": "I", "time": when, "text": words} | more


KOREADER_EXPORT = js({
    "title": TITLE,
    "author": "Ada Lee",
    "file": "/mnt/onboard/books/dam.epub",
    "number_of_pages": 12,
    "entries": [
        _exported(COST, 0, note=NOTE, color="red"),
        _exported(WATER, 1, drawer="strikeout"),
        _exported(ABSENT, 2),
        _exported("", 3),
        _exported("in The dam", 4, sort="bookmark"),
    ],
    "created_on": 1_772_400_000,
    "version": "json/1.0.0",
})  # fmt: skip


def _zotero(key: str, kind: str, words: str, **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "version": 7,
        "itemType": "annotation",
        "parentItem": "ATTACH22",
        "annotationType": kind,
        "annotationAuthorName": "",
        "annotationText": words,
        "annotationComment": "",
        "annotationColor": "#ff6666",
        "annotationPageLabel": "3",
        "annotationSortIndex": "00002|000100|00200",
        "annotationPosition": '{"pageIndex":2,"rects":[[72,500,300,512]]}',
        "tags": [],
        "dateAdded": "2026-03-01T09:30:00Z",
        "dateModified": "2026-03-01T09:30:00Z",
        **more,
    }


ZOTERO_RECORDS: list[Any] = [
    _zotero("CQST2345", "highlight", COST, annotationComment=NOTE, tags=[{"tag": "money"}, {"tag": "ask", "type": 1}]),
    _zotero("WATER234", "underline", WATER, annotationColor="#2ea8e5"),
    _zotero("ABSENT23", "highlight", ABSENT),
    _zotero("NXTE2345", "note", "", annotationComment="On all of it"),
    _zotero("PICTURE2", "image", ""),
    _zotero("INKINK23", "ink", "", annotationComment="A ring"),
]
_WORK = {
    "key": "WQRK2345",
    "itemType": "report",
    "title": TITLE,
    "DOI": "10.1000/182",
    "creators": [{"creatorType": "author", "firstName": "Ada", "lastName": "Lee"}],
}
_ATTACHMENT = {"key": "ATTACH22", "itemType": "attachment", "parentItem": "WQRK2345", "filename": "Lee - Dam.pdf"}
ZOTERO_API = js([
    {"key": one["key"], "version": 7, "library": {"type": "user", "id": 1}, "links": {}, "meta": {}, "data": one}
    for one in (_WORK, _ATTACHMENT, *ZOTERO_RECORDS)
])  # fmt: skip


def _read_in_zotero(record: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": record["key"],
        "type": record["annotationType"],
        "color": record["annotationColor"],
        "pageLabel": "3",
        "sortIndex": "00002|000100|00200",
        "position": {"pageIndex": 2, "rects": [[72, 500, 300, 512]]},
        "text": record["annotationText"],
        "comment": record["annotationComment"],
        "tags": [{"name": tag["tag"], "color": ""} for tag in record["tags"]],
        "dateCreated": "2026-03-01T09:30:00.000Z",
        "dateModified": "2026-03-01T09:30:00.000Z",
        "authorName": "Ada",
        "readOnly": False,
        "isExternal": False,
    }


ZOTERO_READER = js([_read_in_zotero(one) for one in ZOTERO_RECORDS])
BETTER_BIBTEX = js({
    "config": {"id": "36a3b0b5-bad0-4a04-b79b-441c7cef77db", "label": "BetterBibTeX JSON", "options": {}},
    "collections": {},
    "items": [
        {
            **_WORK,
            "itemKey": "WQRK2345",
            "attachments": [{"itemType": "attachment", "path": "C:\\Zotero\\Dam.pdf", "annotations": ZOTERO_RECORDS}],
        }
    ],
})  # fmt: skip

READWISE = (
    "\ufeffHighlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,"
    "Document tags\r\n"
    f'{COST},{TITLE},Ada Lee,B00DAM,".money .ask\nWhose million?\n\nAsk again.",pink,,page,3,'
    "2026-03-01 09:30:00+00:00,water\r\n"
    f'"{WATER}",{TITLE},Ada Lee,B00DAM,,blue,,page,4,2026-03-01 09:31:00+00:00,water\r\n'
    f"{ABSENT},{TITLE},Ada Lee,B00DAM,,,,page,5,2026-03-01 09:32:00+00:00,water\r\n"
    f",{TITLE},Ada Lee,B00DAM,On all of it,,,page,6,,water\r\n"
    f",{TITLE},Ada Lee,B00DAM,,,,page,7,,water\r\n"
).encode()
READWISE_IMPORT = (
    "Highlight,Title,Author,URL,Note,Location,Date\n"
    f'{COST},{TITLE},Ada Lee,{ADDRESS},".money .ask\nWhose million?\n\nAsk again.",3,2026-03-01 09:30:00\n'
    f'"{WATER}",{TITLE},Ada Lee,{ADDRESS},,4,2026-03-01 09:31:00\n'
    f"{ABSENT},{TITLE},Ada Lee,{ADDRESS},,5,2026-03-01 09:32:00\n"
).encode()

KINDLE = "\r\n".join(
    (
        f"\ufeff{TITLE} (Lee, Ada)",
        "- Your Highlight on page 3 | location 40-41 | Added on Sunday, 1 March 2026 09:29:00",
        "",
        COST[:12],
        "==========",
        f"\ufeff{TITLE} (Lee, Ada)",
        "- Your Highlight on page 3 | location 40-42 | Added on Sunday, 1 March 2026 09:30:00",
        "",
        COST,
        "==========",
        f"{TITLE} (Lee, Ada)",
        "- Your Note on page 3 | location 42 | Added on Sunday, March 1, 2026 9:30:30 AM",
        "",
        NOTE.replace("\n", "\r\n"),
        "==========",
        f"{TITLE} (Lee, Ada)",
        "- Your Highlight on page 3 | location 50-52 | Added on Sunday, 1 March 2026 09:31:00",
        "",
        WATER,
        "==========",
        f"{TITLE} (Lee, Ada)",
        "- Your Highlight on page 9 | location 90-91 | Added on Sunday, 1 March 2026 09:32:00",
        "",
        ABSENT,
        "==========",
        f"{TITLE} (Lee, Ada)",
        "- Your Bookmark on page 4 | location 60 | Added on Sunday, 1 March 2026 09:33:00",
        "",
        "",
        "==========",
        f"{TITLE} (Lee, Ada)",
        "- Your Note on page 12 | location 200 | Added on Sunday, 1 March 2026 09:34:00",
        "",
        "On all of it",
        "==========",
        f"{TITLE} (Lee, Ada)",
        "- Your Highlight on page 9 | location 95-96 | Added on Sunday, 1 March 2026 09:35:00",
        "",
        " <You have reached the clipping limit for this item>",
        "==========",
        "",
    )
).encode()


def _readest(number: str, words: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "type": "annotation",
        "cfi": f"epubcfi(/6/4!/4/{len(number)},/1:0,/1:20)",
        "text": words,
        "style": "highlight",
        "color": "yellow",
        "note": "",
        "createdAt": 1_772_357_400_000,
        "updatedAt": 1_772_357_400_000,
        **more,
    }


READEST = js({
    "$format": "readest-annotations",
    "version": 1,
    "exportedAt": 1_772_400_000_000,
    "book": {"title": TITLE, "author": "Ada Lee", "hash": "c0ffee", "metaHash": "beef", "format": "EPUB"},
    "progress": [46, 113],
    "location": "epubcfi(/6/4!/4)",
    "annotations": [
        _readest("cost", COST, note=NOTE, color="red"),
        _readest("water", WATER, style="squiggly", color="#2ea8e5"),
        _readest("absent", ABSENT),
        _readest("place", "", type="bookmark"),
        {"id": "broken", "type": "annotation", "cfi": "epubcfi(/6/4)"},
    ],
})  # fmt: skip

FOLIATE = js({
    "annotations": [
        {"value": "epubcfi(/6/4!/4/2)", "color": "red", "text": COST, "note": NOTE, "created": "2026-03-01T09:30:00Z"},
        {"value": "epubcfi(/6/4!/4/4)", "color": "underline", "text": WATER, "created": "2026-03-01T09:31:00.000Z"},
        {"value": "epubcfi(/6/4!/4/6)", "color": "yellow", "text": ABSENT, "created": "2026-03-01T09:32:00.000Z"},
        {"color": "yellow", "text": "nowhere"},
    ],
    "bookmarks": ["epubcfi(/6/8)", "epubcfi(/6/10)"],
    "metadata": {"identifier": "urn:uuid:1", "title": TITLE, "author": [{"name": "Ada Lee"}], "language": "en"},
})  # fmt: skip


def _sioyek(words: str, letter: str, line: float) -> dict[str, Any]:
    return {
        "description": words,
        "type": ord(letter),
        "selection_begin_x": -1.5,
        "selection_begin_y": line,
        "selection_end_x": 90.25,
        "selection_end_y": line + 12,
    }


SIOYEK = js({
    "documents": [
        {
            "checksum": "d41d8cd98f00b204e9800998ecf8427e",
            "path": "/home/ada/The dam at Sadd.pdf",
            "bookmarks": [{"description": "On all of it", "y_offset": 300.5, "begin_x": -1, "begin_y": -1}],
            "highlights": [
                {
                    **_sioyek(COST, "r", 10),
                    "text_annot": NOTE,
                    "creation_time": "2026-03-01 09:30:00",
                    "modification_time": "2026-03-01 09:30:00",
                    "uuid": "a-1",
                },
                _sioyek(WATER, "B", 20),
                _sioyek(ABSENT, "a", 30),
                _sioyek("", "a", 40),
            ],
            "marks": [{"symbol": "a", "y_offset": 1.5}],
            "portals": [],
        }
    ]
})  # fmt: skip

_LIMIT = "1 clipping has no words: the publisher’s limit was reached."
_BOOKMARKS = ("2 bookmarks have no place here.",)
_PLACE = ("1 place mark has no place here.",)
_WORDLESS = "has neither words to find the passage by nor a note"
_ONE_NOTE = ("On all of it",)
_TAGS = ("money", "ask")
_PICTURES = ("is a picture without a comment",)
_ZOTERO_NOTES = ("Page 3: On all of it", "Page 3: A ring")

SAMPLES: dict[str, Sample] = {
    "hypothesis export": Sample(
        "hypothesis", js({**_ENVELOPE, "annotations": HYPOTHESIS_RECORDS}), "yellow", False, _TAGS, _ONE_NOTE, _BROKEN
    ),
    "hypothesis api": Sample(
        "hypothesis", js({"total": 7, "rows": HYPOTHESIS_RECORDS}), "yellow", False, _TAGS, _ONE_NOTE, _BROKEN
    ),
    "hypothesis table": Sample(
        "hypothesis", HYPOTHESIS_TABLE, "yellow", False, _TAGS, _ONE_NOTE, ("line 8: is a reply",), named=False
    ),
    "hypothesis table with tabs": Sample(
        "hypothesis",
        tabbed(HYPOTHESIS_TABLE),
        "yellow", False, _TAGS, _ONE_NOTE, ("line 8: is a reply",), named=False,
    ),
    "calibre viewer": Sample(
        "calibre",
        js({"version": 1, "type": "calibre_highlights", "highlights": CALIBRE_RECORDS}),
        "pink", True, left_out=_NO_WORDS, passed=_BOOKMARK, named=False,
    ),
    "calibre library": Sample(
        "calibre",
        js({
            "version": 1,
            "type": "calibre_annotation_collection",
            "annotations": [{**one, "book_id": 12, "format": "EPUB", "user_type": "local"} for one in CALIBRE_RECORDS],
        }),
        "pink", True, left_out=_NO_WORDS, passed=_BOOKMARK, named=False,
    ),
    "calibre file": Sample("calibre", CALIBRE_INSIDE, "pink", True, left_out=_NO_WORDS, passed=_BOOKMARK, named=False),
    "calibre epub": Sample("calibre", epub(), "pink", True, left_out=_NO_WORDS, passed=_BOOKMARK),
    "koreader": Sample("koreader", KOREADER, "pink", True, notes=_ONE_NOTE, left_out=(_WORDLESS,), passed=_BOOKMARK),
    "koreader old": Sample("koreader", KOREADER_OLD, "yellow", True, left_out=(_WORDLESS,), passed=_BOOKMARK),
    "koreader export": Sample("koreader", KOREADER_EXPORT, "pink", True, left_out=(_WORDLESS,), passed=_BOOKMARK),
    "zotero api": Sample("zotero", ZOTERO_API, "pink", True, _TAGS, _ZOTERO_NOTES, _PICTURES),
    "zotero reader": Sample("zotero", ZOTERO_READER, "pink", True, _TAGS, _ZOTERO_NOTES, _PICTURES, named=False),
    "zotero bibtex": Sample("zotero", BETTER_BIBTEX, "pink", True, _TAGS, _ZOTERO_NOTES, _PICTURES),
    "readwise": Sample("readwise", READWISE, "pink", False, _TAGS, _ONE_NOTE, (f"line 9: {_WORDLESS}",)),
    "readwise import": Sample("readwise", READWISE_IMPORT, "yellow", False, _TAGS),
    "kindle": Sample(
        "kindle", KINDLE, "yellow", notes=_ONE_NOTE, passed=(*_BOOKMARK, _LIMIT)
    ),
    "readest": Sample("readest", READEST, "pink", True, left_out=(_WORDLESS,), passed=_BOOKMARK),
    "foliate": Sample(
        "foliate", FOLIATE, "pink", True, left_out=("annotations[3].value: is missing",), passed=_BOOKMARKS
    ),
    "sioyek": Sample("sioyek", SIOYEK, "pink", True, notes=_ONE_NOTE, left_out=(_WORDLESS,), passed=_PLACE),
}  # fmt: skip
