"""Which backups stay: enough of each age, never too many, and the same whenever one looks again."""

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.services.keeping import LAST, WEEKLY, kept

DAY = 86_400.0
NOW = datetime(2026, 11, 21, 16, 2, tzinfo=UTC).timestamp()

times = st.lists(st.floats(NOW - 4000 * DAY, NOW + 30 * DAY), max_size=60)


def week(at: float) -> tuple[int, ...]:
    return tuple(datetime.fromtimestamp(min(at, NOW), UTC).isocalendar())[:2]


def month(at: float) -> tuple[int, int]:
    made = datetime.fromtimestamp(at, UTC)
    return made.year, made.month


@given(times)
def test_what_is_kept(made: list[float]) -> None:
    stay = {made[index] for index in kept(made, NOW)}
    assert set(sorted(made, reverse=True)[:LAST]) <= stay
    young = [at for at in made if NOW - at <= WEEKLY.total_seconds()]
    assert {week(at) for at in young} == {week(at) for at in stay & set(young)}
    assert {month(at) for at in set(made) - set(young)} == {month(at) for at in stay - set(young)}
    assert len(stay) <= LAST + len({week(at) for at in young}) + len({month(at) for at in set(made) - set(young)})


@given(times)
def test_what_was_kept_is_kept_when_one_looks_again(made: list[float]) -> None:
    stay = [made[index] for index in sorted(kept(made, NOW))]
    assert kept(stay, NOW) == set(range(len(stay)))


def test_years_of_daily_backups_leave_one_a_week_and_one_a_month() -> None:
    files: list[float] = []
    for day in range(1200):
        now = NOW + day * DAY
        files.append(now)
        files = [files[index] for index in sorted(kept(files, now))]
        assert len(files) <= LAST + 54 + day // 28
    now = NOW + 1199 * DAY
    assert files[-LAST:] == [now - day * DAY for day in range(LAST - 1, -1, -1)]
    gaps = [later - earlier for earlier, later in pairwise(files)]
    assert max(gaps) <= 62 * DAY
    young = [at for at in files if now - at <= WEEKLY.total_seconds()]
    assert max(later - earlier for earlier, later in pairwise(young)) <= 13 * DAY
    assert len({month(at) for at in files}) == 41
