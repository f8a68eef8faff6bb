"""What the list remembers until the next time the program is started: how it is ordered and grouped."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from reader.model.workspace import Grouping, Order

if TYPE_CHECKING:
    from reader.services.settings import Settings
    from reader.ui.workspace.page import WorkspacePage

KEY = "workspace_order"


def remember(page: "WorkspacePage", settings: "Settings") -> None:
    """Keep how the list is ordered; what it is filtered by is not kept."""
    view = page.inquiry.view
    settings.set(
        KEY,
        {
            "order": view.order.value,
            "descending": view.descending,
            "group": view.group.value if view.group else "",
        },
    )


def remembered(page: "WorkspacePage", settings: "Settings") -> None:
    """Order the list so again, as far as what is remembered makes sense."""
    stored = settings.get(KEY, {})
    found = cast("dict[str, Any]", stored) if isinstance(stored, dict) else {}
    view = replace(page.inquiry.view, descending=found.get("descending") is True)
    with suppress(ValueError):
        view = replace(view, order=Order(found.get("order", view.order)))
    with suppress(ValueError):
        view = replace(view, group=Grouping(found.get("group", "")))
    page.inquiry.begin(view)
