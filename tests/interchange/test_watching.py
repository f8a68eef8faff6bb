"""A file that is being read: how far it is gets told, and wherever it is given up the reading ends."""

import json
from collections.abc import Callable

import pytest

from reader.interchange.given import Given
from reader.interchange.incoming import parse
from reader.interchange.watching import Watch
from reader.model.errors import Cancelled
from tests.interchange.foreign_samples import SAMPLES
from tests.interchange.qdpx_helpers import project

OURS = {"format": "passage 1", "documents": [], "annotations": []}
STANDARD = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": []}
FILES = {
    **{name: sample.data for name, sample in SAMPLES.items()},
    "passage": json.dumps(OURS).encode(),
    "w3c": json.dumps(STANDARD).encode(),
    "qdpx": project("<Sources><TextSource guid='1' name='One'/></Sources>"),
}


def after(times: int) -> Callable[[], bool]:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        assert len(asked) <= times + 1, "it was asked again after it had been given up"
        return len(asked) > times

    return cancelled


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_every_form_is_given_up_wherever_it_is_asked(data: bytes) -> None:
    told: list[tuple[int, int]] = []
    parse(Given(data, watch=Watch(lambda *step: told.append(step))))
    assert told
    for times in range(len(told)):
        with pytest.raises(Cancelled):
            parse(Given(data, watch=Watch(cancelled=after(times))))


def test_a_table_lua_and_clippings_of_any_length_are_asked_about_all_along() -> None:
    rows = b"Highlight,Title\n" + b"".join(b"words number %d,A book\n" % n for n in range(9000))
    lua = b'return {["annotations"] = {' + b'{["page"] = 1},' * 3000 + b"}}"
    clippings = b"".join(b"A book\n- Your Highlight on page %d\n\nwords\n==========\n" % n for n in range(3000))
    for data in (rows, lua, clippings):
        told: list[tuple[int, int]] = []
        parse(Given(data, watch=Watch(lambda *step, told=told: told.append(step))))
        assert len(told) > 5


def test_of_json_it_is_told_how_much_is_done() -> None:
    records = [{"uri": "https://a.example", "target": [], "text": f"n{n}", "id": str(n)} for n in range(5000)]
    told: list[tuple[int, int]] = []
    found = parse(Given(json.dumps(records).encode(), watch=Watch(lambda *step: told.append(step))))
    assert len(found.annotations) == 5000
    objects = [done for done, total in told if total == 5000]
    assert objects == sorted(objects)
    assert (objects[0], objects[-1]) == (0, 4096)
