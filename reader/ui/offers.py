"""What a document offers its reader, in sentences and answers: debris, comments, a newer reader, the other view."""

from collections.abc import Collection
from dataclasses import dataclass

from reader.model.document import Debris, DebrisKind
from reader.ui.widgets.info_bar import Offer

KINDS = {
    DebrisKind.RECOMMENDED: "links to other texts",
    DebrisKind.SUBSCRIBE: "an invitation",
    DebrisKind.SHARE: "a share bar",
    DebrisKind.SOURCE: "a source line",
    DebrisKind.PULL_QUOTE: "a repeated sentence",
    DebrisKind.OTHER: "debris",
}
"""What a proposal most likely is."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is to be offered. `view` is "article", "page" or empty, `comments` counts those not imported yet,
    `are_marks` says that these are marks on pages, not comments in a margin.

    `file_waits`: the document's file has changed and was not taken over. `file_changed` are the marks that are exact,
    moved and lost since it was; `doubts`, those on other words than before and those lost, without a decision.
    `source` is what a source line of the text names. `reviewed` numbers the proposal that is being looked at (from 0).
    """

    view: str = ""
    outdated: bool = False
    comments: int = 0
    are_marks: bool = False
    debris: tuple[Debris, ...] = ()
    source: str = ""
    notices: tuple[str, ...] = ()
    reviewed: int | None = None
    file_waits: bool = False
    file_changed: tuple[int, int, int] | None = None
    doubts: tuple[int, int] = (0, 0)


def offers(now: Situation, dismissed: Collection[str] = ()) -> tuple[Offer, ...]:
    """What the bar shows, in order; what was `dismissed`, by key, is left out but for a review under way."""
    if now.reviewed is not None and now.reviewed < len(now.debris):
        return (_review(now, now.reviewed),)
    found = (
        _view(now.view),
        _file_waits(now.file_waits),
        _file_changed(now.file_changed),
        _doubts(*now.doubts) if now.file_changed is None else None,
        _debris(len(now.debris)),
        _source(now.source),
        _comments(now.comments, marks=now.are_marks),
    )
    others = (_outdated(now.outdated), *(Offer(f"notice{n}", words) for n, words in enumerate(now.notices)))
    return tuple(offer for offer in (*found, *others) if offer and offer.key not in dismissed)


def _view(view: str) -> Offer | None:
    return Offer("view", "", (("article", "Article"), ("page", "Whole page")), view) if view else None


def _file_waits(waits: bool) -> Offer | None:
    return Offer("file", "The file has changed", (("take", "Take it over"),), news=True) if waits else None


def _file_changed(marks: tuple[int, int, int] | None) -> Offer | None:
    """How the marks fared, and the way back; what may be answered stands in the order of the buttons."""
    if marks is None:
        return None
    exact, moved, lost = marks
    fared = f": {exact:,} exact, {moved:,} moved, {lost:,} lost" if any(marks) else ""
    answers = [("compare", "Compare"), ("undo", "Undo")]
    if moved or lost:
        answers.insert(0, ("review", "Review"))
    return Offer("file", f"The file has changed{fared}", tuple(answers), news=True)


def _doubts(changed: int, lost: int) -> Offer | None:
    """What of an earlier change nobody has decided on."""
    if not changed and not lost:
        return None
    told = [
        f"{count:,} {'annotation' if count == 1 else 'annotations'} {what}"
        for count, what in ((changed, "on other words than before"), (lost, "lost"))
        if count
    ]
    return Offer("doubts", ", ".join(told), (("review", "Review"),))


def _debris(count: int) -> Offer | None:
    if not count:
        return None
    sentence = "A part looks like debris" if count == 1 else f"{count:,} parts look like debris"
    return Offer("debris", sentence, (("hide", "Hide"), ("keep", "Keep"), ("review", "Review")))


def _review(now: Situation, number: int) -> Offer:
    sentence = f"{number + 1} of {len(now.debris)}: {KINDS[now.debris[number].kind]}"
    return Offer("review", sentence, (("hide", "Hide"), ("keep", "Keep"), ("skip", "Skip"), ("done", "Done")))


def _source(source: str) -> Offer | None:
    return Offer("source", f"The text names a source: {source}", (("use", "Use as its source"),)) if source else None


def _comments(count: int, *, marks: bool) -> Offer | None:
    if not count:
        return None
    word = "mark" if marks else "comment"
    sentence = f"This file brings a {word}" if count == 1 else f"This file brings {count:,} {word}s"
    return Offer("comments", sentence, (("import", "Import" if marks else "Import as notes"),))


def _outdated(outdated: bool) -> Offer | None:
    return Offer("outdated", "A newer reader can read this again", (("read", "Read again"),)) if outdated else None
