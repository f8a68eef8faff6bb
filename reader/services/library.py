"""The one object that the window and the command line are handed: a library and what can be done with it."""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from reader.services.bus import Bus
from reader.services.documents import Documents
from reader.store.database import Connection, Store
from reader.store.errors import LibraryBusy, LibraryDamaged, LibraryFull, LibraryReadOnly, StorageError
from reader.store.ids import instant

if TYPE_CHECKING:
    from reader.formats.worker.pool import Pool
    from reader.services.adding import Adding
    from reader.services.annotate import Annotate
    from reader.services.backups import Backups
    from reader.services.categories import Categories
    from reader.services.codebook import Codebook
    from reader.services.comments import Comments
    from reader.services.completing import Completing
    from reader.services.correcting import Correcting
    from reader.services.deleted import Deleted
    from reader.services.exchange import Exchange
    from reader.services.folders import Folders
    from reader.services.following import Following
    from reader.services.history import History
    from reader.services.kept_folders import KeptFolders
    from reader.services.masks import Masks
    from reader.services.pages import Pages
    from reader.services.passwords import Passwords
    from reader.services.past import Past
    from reader.services.pdf_copies import PdfCopies
    from reader.services.previewing import Previewing
    from reader.services.pruning import Pruning
    from reader.services.reading import Readings
    from reader.services.reviewing import Reviewing
    from reader.services.saved_filters import SavedFilters
    from reader.services.search import Search
    from reader.services.seeing import Seeing
    from reader.services.settings import Settings
    from reader.services.tags import Tags
    from reader.services.templates import Templates
    from reader.services.templating import Templating
    from reader.services.text_versions import TextVersions
    from reader.services.versions import Versions
    from reader.services.workspace import Workspace

__all__ = ["Library", "LibraryBusy", "LibraryDamaged", "LibraryFull", "LibraryReadOnly", "StorageError"]


class Library:
    """An open library. Its parts are loaded when they are first asked for; any thread may use them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.bus = Bus()
        self.idle_worker_seconds = 0.0
        """How long a reading process with nothing to do is kept; 0 keeps them until the library is closed."""
        self.documents = Documents(store, self.bus)

    @classmethod
    def open(
        cls, path: Path | str, *, clock: Callable[[], float] | None = None, new_uid: Callable[[], str] | None = None
    ) -> "Library":
        """Open the library file at `path`, made if there is none.

        `clock` gives seconds since 1970 (UTC). Raises LibraryDamaged when the file is not a sound library, another
        StorageError when it cannot be opened. A newer or write-protected file opens with `read_only`.
        """
        file = Path(path)

        def back_up(connection: "Connection") -> None:
            from reader.services.backups import before_migration

            before_migration(file, connection, instant((clock or time)()))

        return cls(Store(file, clock=clock, new_uid=new_uid, before_migration=back_up))

    @property
    def path(self) -> Path:
        """The library file."""
        return self.store.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written; `notices` says why."""
        return self.store.read_only

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences that the user should see once."""
        return tuple(filter(None, (self.store.notice, self.store.made_private)))

    def integrity(self) -> list[str]:
        """What is wrong with the file, as sentences; it reads the whole file, so not in the window's thread."""
        from reader.services.integrity import problems

        return problems(self.store)

    def let_go(self) -> None:
        """Free what is only kept to answer the next question sooner; best while nothing is under way."""
        self.store.let_go()

    def close(self) -> None:
        """Close the file. Everything has been written already; workers are ended at once."""
        if pages := self.__dict__.get("pages"):
            pages.close()
        if pool := self.__dict__.get("workers"):
            pool.close()
        self.store.close()

    @cached_property
    def adding(self) -> "Adding":
        """Files and pasted text on their way in."""
        from reader.services.adding import Adding

        return Adding(self.store, self.bus, self.readings)

    @cached_property
    def workers(self) -> "Pool":
        """The processes in which files are read; they start when they are first needed."""
        from reader.formats.worker.pool import Pool

        return Pool(lingers=lambda: self.idle_worker_seconds)

    @cached_property
    def readings(self) -> "Readings":
        """Files read, within the limits that the user has set."""
        from reader.services.limits import LIMITS_KEY, limits_of
        from reader.services.reading import Readings

        limits = partial(self.settings.get, LIMITS_KEY, {})
        return Readings(lambda: self.workers, lambda: limits_of(limits()), self.passwords)

    @cached_property
    def pages(self) -> "Pages":
        """The pictures of documents with pages of fixed form."""
        from reader.services.limits import LIMITS_KEY, limits_of
        from reader.services.pages import Pages

        limits = partial(self.settings.get, LIMITS_KEY, {})
        return Pages(self.documents, lambda: limits_of(limits()), self.passwords)

    @cached_property
    def passwords(self) -> "Passwords":
        """Those of locked files, kept in memory only: give one before the file is added again."""
        from reader.services.passwords import Passwords

        return Passwords()

    @cached_property
    def annotate(self) -> "Annotate":
        """Marks, notes and their tags."""
        from reader.services.annotate import Annotate

        return Annotate(self.store, self.bus)

    @cached_property
    def masks(self) -> "Masks":
        """What of a text is hidden."""
        from reader.services.masks import Masks

        return Masks(self.store, self.bus)

    @cached_property
    def tags(self) -> "Tags":
        """The tags themselves."""
        from reader.services.tags import Tags

        return Tags(self.store, self.bus)

    @cached_property
    def codebook(self) -> "Codebook":
        """What the tags are for, into files and out of them."""
        from reader.services.codebook import Codebook

        return Codebook(self.store, self.bus)

    @cached_property
    def categories(self) -> "Categories":
        """The names of the six colours."""
        from reader.services.categories import Categories

        return Categories(self.store, self.bus)

    @cached_property
    def history(self) -> "History":
        """Undo and redo."""
        from reader.services.history import History

        return History(self.store, self.bus)

    @cached_property
    def following(self) -> "Following":
        """What other programs write; for one thread, from when it is first asked for."""
        from reader.services.following import Following

        return Following(self.store, self.bus)

    @cached_property
    def deleted(self) -> "Deleted":
        """What was deleted of late."""
        from reader.services.deleted import Deleted

        return Deleted(self.store, self.bus)

    @cached_property
    def pruning(self) -> "Pruning":
        """The bounds of the history."""
        from reader.services.pruning import Pruning

        return Pruning(self.store)

    @cached_property
    def past(self) -> "Past":
        """The past of single annotations."""
        from reader.services.past import Past

        return Past(self.store, self.bus)

    @cached_property
    def exchange(self) -> "Exchange":
        """Export and import."""
        from reader.services.exchange import Exchange

        return Exchange(
            self.store,
            self.bus,
            lambda: self.pdf_copies,
            lambda: self.adding,
            lambda request: self.templating.render(request),
        )

    @cached_property
    def templating(self) -> "Templating":
        """Templates at work, in the processes in which files are read."""
        from reader.services.limits import LIMITS_KEY, limits_of
        from reader.services.templating import Templating

        return Templating(lambda: self.workers, lambda: limits_of(self.settings.get(LIMITS_KEY, {})))

    @cached_property
    def templates(self) -> "Templates":
        """Templates of export."""
        from reader.services.templates import Templates

        return Templates(self.exchange, self.templating)

    @cached_property
    def folders(self) -> "Folders":
        """Exports that are brought up to date, with a file for each document."""
        from reader.services.folders import Folders

        return Folders(self.store, self.exchange)

    @cached_property
    def kept_folders(self) -> "KeptFolders":
        """Folders that follow the library."""
        from reader.services.kept_folders import KeptFolders

        return KeptFolders(self)

    @cached_property
    def pdf_copies(self) -> "PdfCopies":
        """PDF files with their marks, for other programs."""
        from reader.services.pdf_copies import PdfCopies

        return PdfCopies(self.store, lambda job, cancelled: self.workers.run(job, cancelled), self.passwords)

    @cached_property
    def search(self) -> "Search":
        """The search over everything."""
        from reader.services.search import Search

        return Search(self.store)

    @cached_property
    def workspace(self) -> "Workspace":
        """All annotations as one list."""
        from reader.services.workspace import Workspace

        return Workspace(self.store)

    @cached_property
    def seeing(self) -> "Seeing":
        """What the list's filters find, counted for drawing."""
        from reader.services.seeing import Seeing

        return Seeing(self.store)

    @cached_property
    def previewing(self) -> "Previewing":
        """Annotations with the passages that they stand in."""
        from reader.services.previewing import Previewing

        return Previewing(self.store, self.workspace)

    @cached_property
    def filters(self) -> "SavedFilters":
        """Filters of that list, under names."""
        from reader.services.saved_filters import SavedFilters

        return SavedFilters(self.store, self.settings)

    @cached_property
    def settings(self) -> "Settings":
        """What the window remembers of itself."""
        from reader.services.settings import Settings

        return Settings(self.store)

    @cached_property
    def comments(self) -> "Comments":
        """Notes that files bring of their own."""
        from reader.services.comments import Comments

        return Comments(self.store, self.bus)

    @cached_property
    def completing(self) -> "Completing":
        """What marks on pages lack, found later."""
        from reader.services.completing import Completing

        return Completing(self.store, self.bus, lambda: self.pages)

    @cached_property
    def versions(self) -> "Versions":
        """The texts that readers made of a document's file."""
        from reader.services.versions import Versions

        return Versions(self.store, self.bus, lambda: self.readings)

    @cached_property
    def reviewing(self) -> "Reviewing":
        """What moved and what was lost."""
        from reader.services.reviewing import Reviewing

        return Reviewing(self.store, self.bus, lambda uid: self.versions.elsewhere(uid))

    @cached_property
    def texts(self) -> "TextVersions":
        """Every text that a document has had."""
        from reader.services.text_versions import TextVersions

        return TextVersions(self.store, self.bus)

    @cached_property
    def correcting(self) -> "Correcting":
        """Texts corrected, in texts of their own."""
        from reader.services.correcting import Correcting

        return Correcting(self.store, self.bus)

    @cached_property
    def backups(self) -> "Backups":
        """Checked copies of the file."""
        from reader.services.backups import Backups

        return Backups(self.store, self.bus)
