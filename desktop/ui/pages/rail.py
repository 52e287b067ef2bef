"""What stands in the rail of the window, in its order, each with its icon."""

RAIL = (
    ("home", "house"),
    ("calendar", "calendar-days"),
    ("partners", "users"),
    ("agreements", "file-text"),
    ("donors", "hand-coins"),
    ("engagements", "messages-square"),
    ("duties", "calendar"),
    ("activities", "activity"),
    ("results", "target"),
    ("frameworks", "layers"),
    ("places", "map-pin"),
    ("lists", "list"),
    ("import", "file-down"),
    ("reports", "chart-column"),
    ("history", "history"),
)

UNDER = dict.fromkeys(("quick-report", "register", "report-templates", "frozen-reports"), "reports")
"""Pages that belong to a line of the rail without having one; what belongs to none is found among all lists."""


def line_of(key: str) -> str:
    """The line of the rail that a page stands under."""
    return key if key in dict(RAIL) else UNDER.get(key, "lists")
