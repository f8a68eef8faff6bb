"""A Kindle's clippings: the languages that it speaks, its places, and how it says the same again."""

import pytest

from reader.interchange import incoming, kindle_dates
from reader.model.annotation import Annotation

LANGUAGES = [
    ("- Your Highlight on page 12 | Location 40-41 | Added on {}", "Sunday, March 1, 2026 9:30:15 PM"),
    ("- Your Highlight at location 40-41 | Added on {}", "Sunday, 1 March 2026 21:30:15"),
    ("- Highlight Loc. 1140-41  | Added on {}", "Sunday, March 01, 2026, 09:30 PM"),
    ("- Ihre Markierung auf Seite 12 | Position 40-41 | Hinzugefügt am {}", "Sonntag, 1. März 2026 21:30:15"),
    ("- Votre surlignement à l'emplacement 40-41 | Ajouté le {}", "dimanche 1 mars 2026 21:30:15"),
    ("- Votre surlignement sur la page 12 | emplacement 40-41 | Ajouté le {}", "dimanche 1 mars 2026 à 21:30:15"),
    ("- Tu subrayado en la página 12 | posición 40-41 | Añadido el {}", "domingo, 1 de marzo de 2026 21:30:15"),
    ("- La tua evidenziazione alla posizione 40-41 | Aggiunto in data {}", "domenica 1 marzo 2026 21:30:15"),
    ("- Seu destaque na página 12 | posição 40-41 | Adicionado: {}", "domingo, 1 de março de 2026 21:30:15"),
    ("- Je markering op pagina 12 | locatie 40-41 | Toegevoegd op {}", "zondag 1 maart 2026 21:30:15"),
    ("– Ваш выделенный отрывок в месте 40–41 | Добавлено: {}", "воскресенье, 1 марта 2026 г. в 21:30:15"),
    ("- 您在第 12 页（位置 #40-41）的标注 | 添加于 {}", "2026年3月1日星期日 下午9:30:15"),
    ("- 您在位置 #40-41的标注 | 添加于 {}", "2026年3月1日星期日 21:30:15"),
    ("- 12ページ|位置No. 40-41のハイライト |作成日: {}", "2026年3月1日日曜日 21:30:15"),
    ("- Twoje zaznaczenie na stronie 12 | pozycja 40-41 | Dodano: {}", "niedziela, 1 marca 2026 21:30:15"),
    ("- 12. sayfadaki vurgunuz | konum 40-41 | Eklenme tarihi {}", "1 Mart 2026 Pazar 21:30:15"),
    ("- आपका हाइलाइट पृष्ठ 12 | स्थान 40-41 | {}", "रविवार, 1 मार्च 2026 21:30:15"),
    ("- تمييزك في الصفحة 12 | الموقع 40-41 | {}", "الأحد، 1 مارس 2026 21:30:15"),
    ("- 您在第 12 頁（位置 #40-41）的螢光標示 | 新增於 {}", "2026年3月1日 星期日 下午9:30:15"),
]
NOTES = (
    "- Your Note on Location 41 | Added on {}",
    "- Ihre Notiz bei Position 41 | Hinzugefügt am {}",
    "- Votre note à l'emplacement 41 | Ajouté le {}",
    "- Tu nota en la posición 41 | Añadido el {}",
    "- La tua nota alla posizione 41 | Aggiunto in data {}",
    "- Sua nota na posição 41 | Adicionado: {}",
    "- Je notitie op locatie 41 | Toegevoegd op {}",
    "– Ваша заметка в месте 41 | Добавлено: {}",
    "- 您在位置 #41 的笔记 | 添加于 {}",
    "- 位置No. 41のメモ |作成日: {}",
)
BOOKMARKS = (
    "- Your Bookmark on Location 41 | Added on {}",
    "- Ihr Lesezeichen bei Position 41 | Hinzugefügt am {}",
    "- Votre signet à l'emplacement 41 | Ajouté le {}",
    "- Tu marcador en la posición 41 | Añadido el {}",
    "- Il tuo segnalibro alla posizione 41 | Aggiunto in data {}",
    "- Je bladwijzer op locatie 41 | Toegevoegd op {}",
    "– Ваша закладка в месте 41 | Добавлено: {}",
    "- 您在位置 #41 的书签 | 添加于 {}",
    "- 位置No. 41のブックマーク |作成日: {}",
)
WHEN = "Sunday, 1 March 2026 21:30:15"


def file(*clippings: tuple[str, str], title: str = "The Dam (Ada Lee)") -> bytes:
    entries = (f"\ufeff{title}\r\n{about.format(WHEN)}\r\n\r\n{words}\r\n" for about, words in clippings)
    return "".join(f"{entry}==========\r\n" for entry in entries).encode()


def marks(*clippings: tuple[str, str]) -> tuple[Annotation, ...]:
    parsed = incoming.parse(file(*clippings), "kindle")
    assert parsed.problems == ()
    return parsed.annotations


@pytest.mark.parametrize(("about", "when"), LANGUAGES)
def test_highlights_in_its_languages(about: str, when: str) -> None:
    parsed = incoming.parse(file((about.format(when), "the dam will cost")))
    (mark,) = parsed.annotations
    assert (parsed.form, parsed.problems, mark.quote) == ("kindle", (), "the dam will cost")
    assert mark.created[:17] == "2026-03-01T21:30:"


@pytest.mark.parametrize("about", NOTES)
def test_notes_go_to_their_highlight(about: str) -> None:
    (mark,) = marks((about, "Says who?"), (LANGUAGES[1][0], "the dam will cost"))
    assert (mark.quote, mark.note) == ("the dam will cost", "Says who?")


@pytest.mark.parametrize("about", BOOKMARKS)
def test_bookmarks_are_counted(about: str) -> None:
    parsed = incoming.parse(file((LANGUAGES[0][0], "the dam"), (about, "")))
    assert (len(parsed.annotations), parsed.problems) == (1, ())
    assert parsed.notes == ("1 bookmark has no place here.",)


def test_a_note_within_several_highlights_goes_to_the_one_that_ends_there() -> None:
    first, second, third = marks(
        ("- Your Highlight on Location 30-60 | {}", "a long one"),
        ("- Your Highlight on Location 40-42 | {}", "the dam"),
        ("- Your Highlight on Location 41-50 | {}", "it opens"),
        ("- Your Note on Location 42 | {}", "Here"),
    )
    assert (first.note, second.note, third.note) == ("", "Here", "")


def test_what_is_said_again_longer_or_shorter_is_there_once() -> None:
    (longer,) = marks(("- Your Highlight on Location 40-41 | {}", "the dam"), (LANGUAGES[1][0], "the dam will cost"))
    assert longer.quote == "the dam will cost"
    (shorter,) = marks((LANGUAGES[1][0], "the dam will cost"), ("- Your Highlight on Location 40-41 | {}", "the dam"))
    assert shorter.quote == "the dam"
    (noted,) = marks(
        (LANGUAGES[1][0], "the dam"), ("- Your Note on Location 41 | {}", "Who"), (NOTES[0], "Who says so?")
    )
    assert noted.note == "Who says so?"
    assert len(marks((LANGUAGES[1][0], "the dam"), (LANGUAGES[1][0], "will cost"))) == 2


@pytest.mark.parametrize(
    ("title", "known"),
    [
        ("The Dam (Ada Lee)", ("The Dam", ("Ada Lee",))),
        ("The Dam (Water, 2) (Lee, Ada;Ek, Bo)", ("The Dam (Water, 2)", ("Lee, Ada", "Ek, Bo"))),
        ("The Dam (Ada (the elder))", ("The Dam", ("Ada (the elder)",))),
        ("规模（杰弗里·韦斯特）", ("规模", ("杰弗里·韦斯特",))),
        ("dam.pdf", ("dam.pdf", ())),
        (":) (", (":) (", ())),
    ],
)
def test_titles_and_authors(title: str, known: tuple[str, tuple[str, ...]]) -> None:
    (record,) = incoming.parse(file((LANGUAGES[0][0], "the dam"), title=title)).documents
    assert (record.metadata.title, record.metadata.authors) == known


def test_a_language_that_is_not_known_is_named_with_its_line() -> None:
    parsed = incoming.parse(file((LANGUAGES[0][0], "the dam"), ("- Þú merktir á síðu 5 | {}", "orð")))
    assert len(parsed.annotations) == 1
    assert parsed.problems == (
        f"line 6: does not say in a language known here what it is: “- Þú merktir á síðu 5 | {WHEN}”",
    )


@pytest.mark.parametrize("words", ["", "yesterday", "31 February 2026", "99年99月99日", "1 March 2026 25:61:00"])
def test_a_date_that_is_none(words: str) -> None:
    assert kindle_dates.instant(words) == ""


def test_noon_and_midnight() -> None:
    assert kindle_dates.instant("March 1, 2026 12:05:00 AM") == "2026-03-01T00:05:00.000Z"
    assert kindle_dates.instant("March 1, 2026 12:05:00 PM") == "2026-03-01T12:05:00.000Z"
    assert kindle_dates.instant("2026년 3월 1일 일요일 오후 1:05:00") == "2026-03-01T13:05:00.000Z"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le"])
def test_clippings_that_were_saved_anew_in_another_encoding(encoding: str) -> None:
    data = file((LANGUAGES[3][0], "Größte Mühe für die Bücher"), title="Die große Flut (Jörg Müller)").decode()
    parsed = incoming.parse(data.replace("\ufeff", "").encode(encoding))
    assert [mark.quote for mark in parsed.annotations] == ["Größte Mühe für die Bücher"]
    assert parsed.documents[0].metadata.title == "Die große Flut"


def test_a_damaged_letter_costs_no_more_than_itself() -> None:
    data = file(
        *[(about.replace("40-41", f"{n}0-{n}1"), f"water and wine {n}") for n, (about, _) in enumerate(LANGUAGES, 4)]
    )
    parsed = incoming.parse(data.replace(b"water and wine 7", b"water \xff wine 7"))
    assert len(parsed.annotations) == len(LANGUAGES)
    assert "water \ufffd wine 7" in [mark.quote for mark in parsed.annotations]
