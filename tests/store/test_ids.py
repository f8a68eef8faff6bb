"""Names and times."""

import platform
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store.ids import clean, device, instant, new_uuid7


def test_uids_are_uuids_of_version_7_in_order() -> None:
    uids = [new_uuid7() for _ in range(10_000)]
    assert len(set(uids)) == len(uids)
    assert uids == sorted(uids)
    assert all(uid[14] == "7" and uid[19] in "89ab" and len(uid) == 36 for uid in uids)


def test_uids_stay_in_order_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [new_uuid7() for _ in range(100)]
    hour_ago = time.time_ns() - 3_600_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: hour_ago)
    uids = [*before, *(new_uuid7() for _ in range(100))]
    assert uids == sorted(set(uids))


def test_the_computer_has_the_name_that_it_always_had() -> None:
    assert device() == platform.node()


def test_instants_have_milliseconds_and_the_zone() -> None:
    assert instant(1_795_276_920.0) == "2026-11-21T16:02:00.000Z"
    assert instant(0.9996) == "1970-01-01T00:00:01.000Z"


@given(st.text(st.characters(codec=None)))
def test_cleaned_text_fits_into_the_file(text: str) -> None:
    cleaned = clean(text)
    assert "\0" not in cleaned
    assert cleaned.encode().decode() == cleaned
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned
