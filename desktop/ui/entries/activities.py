"""The page of an activity."""

from desktop.ui.entries.entry import Entry, Related
from desktop.ui.forms.activity import ActivityForm

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "activities",
        ActivityForm,
        (
            Related("results", "activity_id"),
            Related("activity-funding", "activity_id"),
            Related("activity-tags", "activity_id"),
            Related("feedback", "activity_id"),
        ),
    ),
)
