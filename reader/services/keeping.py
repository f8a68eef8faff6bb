"""Which backups are worth their room: many of the last days, fewer of the last year, few of the time before."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

LAST = 10
"""So many of the newest are always kept."""
WEEKLY = timedelta(days=366)
"""For so long one of each week is kept; of the time before, one of each month."""


def kept(times: Sequence[float], now: float) -> set[int]:
    """Which of the backups to keep, by their places in `times`; times are seconds since 1970 (UTC).

    The last ten; the newest of each week of a year; the newest of each month before. Those of the future (the clock
    was set back) count as of now.
    """
    order = sorted(range(len(times)), key=lambda index: times[index], reverse=True)
    chosen = set(order[:LAST])
    seen: set[tuple[int, ...]] = set()
    today = datetime.fromtimestamp(now, UTC)
    for index in order:
        made = datetime.fromtimestamp(min(times[index], now), UTC)
        span = tuple(made.isocalendar())[:2] if today - made <= WEEKLY else (made.year, made.month, 0)
        if span not in seen:
            seen.add(span)
            chosen.add(index)
    return chosen
