"""What the workspace remembers until the next time the program is started: what it asked for, and how it showed it."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from reader.model.workspace import Grouping, Order
from reader.text.filter_words import FilterError, parse, written

if TYPE_CHECKING:
    from reader.services.settings import Settings
    from reader.ui.workspace.page import WorkspacePage

KEY = "workspace_order"


def remember(page: "WorkspacePage", settings: "Settings") -> None:
    """Keep the filter, the order, the groups and the tab."""
    view = page.inquiry.view
    settings.set(
        KEY,
        {
            "where": written(view.filter),
            "order": view.order.value,
            "descending": view.descending,
            "group": view.group.value if view.group else "",
            "tab": page.tabs.tabText(page.tabs.currentIndex()),
        },
    )


def remembered(page: "WorkspacePage", settings: "Settings") -> None:
    """Take up the filter, the order and the groups again, as far as what is remembered makes sense."""
    found = _stored(settings)
    view = replace(page.inquiry.view, descending=found.get("descending") is True)
    with suppress(ValueError):
        view = replace(view, order=Order(found.get("order", view.order)))
    with suppress(ValueError):
        view = replace(view, group=Grouping(found.get("group", "")))
    with suppress(FilterError, TypeError):
        view = replace(view, filter=parse(found.get("where", "")))
    page.inquiry.begin(view)
    page.filter.say_of_last_time(view.filter)


def remembered_tab(page: "WorkspacePage", settings: "Settings") -> None:
    """Turn to the tab that was shown; once all of them are there."""
    tabs, wanted = page.tabs, _stored(settings).get("tab")
    names = [tabs.tabText(at) for at in range(tabs.count())]
    tabs.setCurrentIndex(names.index(wanted) if wanted in names else 0)


def _stored(settings: "Settings") -> dict[str, Any]:
    stored = settings.get(KEY, {})
    return cast("dict[str, Any]", stored) if isinstance(stored, dict) else {}
