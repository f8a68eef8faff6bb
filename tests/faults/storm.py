"""A program of its own that annotates without a pause: `python -m tests.faults.storm LIBRARY DOCUMENT SEED [COUNT]`.

Before each step it prints `? UID`, where the uid of an annotation that is there is known; after it, what is
acknowledged: `= ` and, in JSON, the uid with the note, tags and colour that the annotation has now, or null.
"""

import json
import random
import sys
from itertools import count

from reader.model.annotation import Annotation, Color
from reader.services.library import Library


def record(mark: Annotation) -> list[object]:
    """What is acknowledged of an annotation."""
    return [mark.quote, mark.note, list(mark.tags), mark.color.value]


class Storm:
    """Marks, edits, deletes, takes back and does again, as a seed says."""

    def __init__(self, library: Library, document: str, seed: int) -> None:
        self._library, self._document = library, document
        self._text = library.documents.open(document).document.text
        self._chance = random.Random(seed)
        self._mine: list[str] = []

    def step(self) -> None:
        """One more step of the storm."""
        chance = self._chance
        verb = chance.choice(["mark"] * 6 + ["note", "tags", "color", "delete", "undo"])
        if verb == "mark" or not self._mine:
            start = chance.randrange(len(self._text) - 40)
            change = self._library.annotate.highlight(
                self._document,
                self._text,
                start,
                start + chance.randrange(1, 40),
                note="".join(chance.choices("abc é سد 🌊\n", k=chance.choice([0, 10, 3000]))),
                tags=chance.sample(["river", "dam/high", "mayor", "ش"], k=chance.randrange(3)),
            )
            self._mine.append(change.annotations_added[0].uid)
            self._acknowledge(self._mine[-1])
        elif verb == "undo":
            self._undo()
        else:
            self._change(verb, chance.choice(self._mine))

    def _change(self, verb: str, uid: str) -> None:
        _say("?", uid)
        annotate = self._library.annotate
        if verb == "note":
            annotate.edit_note(uid, f"again {self._chance.random()}")
        elif verb == "tags":
            annotate.set_tags(uid, self._chance.sample(["river", "well"], k=1))
        elif verb == "color":
            annotate.recolor([uid], self._chance.choice(list(Color)))
        else:
            annotate.delete([uid])
            self._mine.remove(uid)
            _say("=", json.dumps([uid, None]))
            return
        self._acknowledge(uid)

    def _undo(self) -> None:
        """Delete one and take that back: it is there again."""
        uid = self._chance.choice(self._mine)
        _say("?", uid)
        self._library.annotate.delete([uid])
        _say("=", json.dumps([uid, None]))
        _say("?", uid)
        self._library.history.undo()
        self._acknowledge(uid)

    def _acknowledge(self, uid: str) -> None:
        _say("=", json.dumps([uid, record(self._library.annotate.get(uid))]))


def _say(sign: str, what: str) -> None:
    print(sign, what, flush=True)


def main(path: str, document: str, seed: str, steps: str = "") -> None:
    library = Library.open(path)
    storm = Storm(library, document, int(seed))
    for _ in range(int(steps)) if steps else count():
        storm.step()
    library.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
