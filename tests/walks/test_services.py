"""Any walk over all that can be done with a library: after each step file, listeners and export agree, every mark is
on its words or says that it is not, lists and facets count what a plain recount does, nothing that goes out changes
anything, what comes in twice comes in once, and undo to the start gives the first export byte for byte."""

from contextlib import suppress
from itertools import count, islice, product
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from reader.model.annotation import Color, Style
from reader.model.document import Metadata
from reader.model.errors import ReaderError
from reader.model.filters import Filter
from reader.model.workspace import Grouping, Order
from tests.walks import others_files, recount
from tests.walks.checks import state_of, steps
from tests.walks.library_walk import SENTENCES, TAGS, LibraryWalk, one

TITLES = ("report", "Report", "the report of 1988", "🌊", "سد", "paper", "“paper”", '"a" b')
PEOPLE = (("A. Writer",), ("a. writer", "سد"), ("A. Writer", "B. Writer"), (), ("…",))
SOURCES = ("The Gazette", "the gazette", "gazette", "", "—")
FORMS = ("w3c", "csv", "tsv", "readwise", "markdown", "html", "qdpx", "passage")
COMES_BACK = ("w3c", "csv", "qdpx", "passage")
"""Forms that are read again, with uids in them."""


class Walk(LibraryWalk):
    """`files` and `codebooks` are what went out before; `turn` counts what was asked of the list."""

    def __init__(self) -> None:
        self.files: list[bytes] = []
        self.codebooks: list[bytes] = []
        self.turn = count()
        super().__init__()

    # -- many marks at once

    @rule(
        data=st.data(),
        verb=st.sampled_from(["add", "remove", "retag", "recolor", "restyle", "delete"]),
        tags=st.lists(st.sampled_from(TAGS), min_size=1, max_size=3),
    )
    def change_many(self, data: st.DataObject, verb: str, tags: list[str]) -> None:
        wanted = data.draw(st.sampled_from(recount.POOL))
        try:
            uids = self.library.workspace.uids(wanted)
        except ReaderError:
            return
        if not uids:
            return
        annotate = self.library.annotate
        match verb:
            case "add":
                annotate.add_tags(uids, tags)
            case "remove":
                annotate.remove_tags(uids, tags)
                keys = {tag.casefold() for tag in tags}
                assert not any(keys & {tag.casefold() for tag in annotate.get(uid).tags} for uid in uids)
            case "retag":
                annotate.retag(uids, tags[:1], tags[1:])
            case "recolor":
                annotate.recolor(uids, data.draw(st.sampled_from(Color)))
            case "restyle":
                annotate.restyle(uids, data.draw(st.sampled_from([Style.HIGHLIGHT, Style.UNDERLINE])))
            case _:
                annotate.delete(uids[:4])
                assert not any(annotate.find(uid) for uid in uids[:4])
        self._did()

    @rule(data=st.data())
    def describe_document(self, data: st.DataObject) -> None:
        """Titles that are alike, of no letters, or none."""
        if uid := self._document(data):
            title, people = data.draw(st.sampled_from(TITLES)), data.draw(st.sampled_from(PEOPLE))
            metadata = Metadata(title, people, source=data.draw(st.sampled_from(SOURCES)))
            self.library.documents.edit(uid, metadata=metadata)
            self._did()

    # -- tags

    @rule(data=st.data(), verb=st.sampled_from(["add", "move", "merge", "split", "unused"]))
    def tidy_tags(self, data: st.DataObject, verb: str) -> None:
        names = [tag.name for tag in self.library.tags.list()]
        first, second = (one(data, [*names, "people/water", "1988"]) for _ in range(2))
        with suppress(ReaderError):
            match verb:
                case "add":
                    self.library.tags.add(f"{second}/own")
                case "move":
                    self.library.tags.move(first, data.draw(st.sampled_from(["", second])))
                case "merge":
                    self._merge(first, second)
                case "split":
                    self._split(first, data.draw(st.sampled_from(recount.POOL)), second)
                case _:
                    gone = {tag.name for tag in self.library.tags.unused()}
                    self.library.tags.delete_unused()
                    assert {tag.name for tag in self.library.tags.list()} == set(names) - gone
                    assert not self.library.tags.unused()
        self._did()

    def _merge(self, first: str, second: str) -> None:
        preview = self.library.tags.merge_preview(first, second)
        before = {mark.uid: mark.tags for mark in self._marks()}
        self.library.tags.merge(first, second)
        anew = [mark for mark in self._marks() if mark.tags != before[mark.uid]]
        having = [mark for mark in anew if len(mark.tags) < len(before[mark.uid])]
        assert (len(anew) - len(having), len(having)) == (preview.annotations, preview.both)

    def _split(self, first: str, wanted: Filter, second: str) -> None:
        number = self.library.tags.split_preview(first, wanted)
        before = {mark.uid: mark.tags for mark in self._marks()}
        self.library.tags.split(first, wanted, second)
        anew = [mark for mark in self._marks() if mark.tags != before[mark.uid]]
        assert len(anew) == number
        assert not any(first.casefold() in map(str.casefold, mark.tags) for mark in anew)

    @rule(form=st.sampled_from(["csv", "qdc"]))
    def keep_codebook(self, form: str) -> None:
        self.codebooks.append(self.library.codebook.data("csv" if form == "csv" else "qdc"))

    @precondition(lambda self: self.codebooks)
    @rule(data=st.data(), replace=st.booleans())
    def import_codebook(self, data: st.DataObject, replace: bool) -> None:
        """No tag goes, and a second time nothing comes."""
        codes, codebook = one(data, self.codebooks), self.library.codebook
        names = {tag.name for tag in self.library.tags.list()}
        planned = codebook.import_data(codes, replace=replace, dry_run=True)
        done = codebook.import_data(codes, replace=replace)
        assert (planned.added, planned.changed, planned.same) == (done.added, done.changed, done.same)
        assert {tag.name for tag in self.library.tags.list()} == names | set(done.added)
        again = codebook.import_data(codes, replace=replace)
        assert (again.added, again.changed, again.change.label) == ((), (), "")
        self._did()

    # -- out

    @rule(form=st.sampled_from(FORMS), wanted=st.sampled_from(recount.POOL), all_=st.booleans())
    def export(self, form: str, wanted: Filter, all_: bool) -> None:
        """Nothing here changes; what is read again has every mark that was chosen, and all of it holds."""
        try:
            chosen = None if all_ else self.library.workspace.uids(wanted)
        except ReaderError:
            return
        target = self.folder / "out"
        report = self.library.exchange.export(target, form=form, annotations=chosen)
        here = self.library.workspace.uids(Filter())
        assert report.annotations + report.left_out == len(here if chosen is None else chosen)
        data = target.read_bytes()
        if form in COMES_BACK and (report.annotations or form == "passage"):
            verified = self.library.exchange.verify(data)
            assert verified.problems == ()
            assert {mark.uid for document in verified.documents for mark in document.marks} <= set(here)
            self.files.append(data)
        self._changed_nothing()

    @rule(by=st.sampled_from(["chapter", "category"]), exactly=st.booleans())
    def export_folder(self, by: str, exactly: bool) -> None:
        """A second time there is nothing to write."""
        folder = self.folder / f"notes-{by}"
        self.library.folders.export(folder, by=by, exactly=exactly)
        again = self.library.folders.export(folder, by=by, exactly=exactly)
        assert {done for _, done in again.files} <= {"unchanged"}
        assert (again.renamed, again.problems) == ([], [])
        self._changed_nothing()

    def _changed_nothing(self) -> None:
        assert state_of(self.library) == self.states[-1]
        assert steps(self.library) == len(self.states) - 1

    # -- in

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def import_of_before(self, data: st.DataObject) -> None:
        self._import_twice(one(data, self.files))

    @rule(data=st.data(), kind=st.sampled_from(["hypothesis", "table", "w3c", "qdpx"]))
    def import_of_others(self, data: st.DataObject, kind: str) -> None:
        """Marks that somebody made on the same words in another program, or in a text that is not here."""
        if kind == "qdpx":
            number = data.draw(st.integers(0, 3))
            self._import_twice(others_files.qdpx("".join(SENTENCES[number : number + 4]).strip(), number * 2))
            return
        if not (uid := self._document(data)):
            return
        opened = self.library.documents.open(uid)
        marks = [mark for mark in opened.annotations if data.draw(st.booleans())]
        title = next(found.title for found in self.library.documents.list() if found.uid == uid)
        if not marks or not title.strip() or not any(mark.anchor for mark in marks):
            return
        match kind:
            case "hypothesis":
                data_ = others_files.hypothesis(title, marks, opened.document.text)
            case "table":
                data_ = others_files.table(title, marks)
            case _:
                data_ = others_files.w3c(title, marks)
        self._import_twice(data_)

    def _import_twice(self, data: bytes) -> None:
        """A preview tells what is done, and what comes a second time adds nothing."""
        exchange = self.library.exchange
        preview = exchange.preview(data)
        report = exchange.import_file(data)
        assert (report.added, report.updated) == (preview.new, preview.newer)
        again = exchange.import_file(data)
        assert (again.added, again.updated, again.change.label) == (0, 0, "")
        self._did()

    # -- what holds after each step

    @invariant()
    def lists_agree(self) -> None:
        turn = next(self.turn)
        random = Random(turn)
        for wanted in (Filter(), recount.POOL[turn % len(recount.POOL)]):
            with suppress(ReaderError):  # a category that nothing is called
                recount.check_filter(self.library, wanted)
                parts = recount.check_facets(self.library, wanted)
                for part in random.sample(parts, min(2, len(parts))):
                    clicked = wanted.toggled(part)
                    recount.check_filter(self.library, clicked)
                    recount.check_facets(self.library, clicked)
                recount.check_seeing(self.library, wanted)
                self._check_list(wanted, turn)
        recount.check_rows(self.library)
        recount.check_tags(self.library)

    def _check_list(self, wanted: Filter, turn: int) -> None:
        ways = list(product(Order, (False, True), (None, *Grouping)))
        for order, descending, group in islice(ways, turn * 5 % len(ways), turn * 5 % len(ways) + 5):
            recount.check_listing(self.library, wanted, order, descending=descending, group=group)


@pytest.mark.timeout(7200)
def test_any_walk(long: bool) -> None:
    few = settings(max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    many = settings(few, max_examples=3000, stateful_step_count=50)
    run_state_machine_as_test(Walk, settings=many if long else few)
