"""The pages of frameworks and of what measures them: lines, indicators, aims, links, progress, tags."""

from datetime import date
from typing import Any

from db.commands.indicators import bring_indicators, indicators, record_progress
from db.models.activities import ActivityTag
from db.models.engagements import Tag
from db.models.frameworks import Framework, FrameworkItem
from db.models.indicators import Aim, Indicator, IndicatorLink, Progress
from desktop.ui.desk import Desk
from desktop.ui.dialogs.framework_file import bring_in_lines
from desktop.ui.entries.entry import Act, Entry, Related, Values
from desktop.ui.forms.form import Form
from i18n import N_


class FrameworkForm(Form):
    """A plan, a programme, or a donor's log frame."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Framework.name, Framework.name_language, Framework.code, Framework.version)
        self.section(N_("Whose it is"))
        self.fields(desk, Framework.donor_id, Framework.contribution_id)
        self.section(N_("Where its wording is from"))
        self.fields(desk, Framework.source, Framework.official, Framework.notes)


class ItemForm(Form):
    """A line of a framework."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, FrameworkItem.name, FrameworkItem.name_language, FrameworkItem.code)
        self.section(N_("Its place"))
        self.fields(desk, FrameworkItem.framework_id, FrameworkItem.parent_id)
        self.fields(desk, FrameworkItem.kind, FrameworkItem.horizon, FrameworkItem.position)
        self.section(N_("How sure its place is"))
        self.fields(desk, FrameworkItem.certainty, FrameworkItem.other_place)
        self.fields(desk, FrameworkItem.source, FrameworkItem.notes)


class IndicatorForm(Form):
    """What is measured, in which unit, counted by which rule, and how its figures are put together."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Indicator.name, Indicator.name_language, Indicator.code)
        self.fields(desk, Indicator.item_id, Indicator.level)
        self.section(N_("What is counted"))
        self.fields(desk, Indicator.unit, Indicator.counting, Indicator.direction, Indicator.decimals)
        self.fields(desk, Indicator.sensitivity, Indicator.means)
        self.section(N_("How its figures are put together"))
        self.fields(desk, Indicator.roll_up_periods, Indicator.roll_up_places, Indicator.parent_id)
        self.fields(desk, Indicator.notes)


class AimForm(Form):
    """A baseline or a target."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Aim.indicator_id, Aim.kind, Aim.value)
        self.section(N_("For what it is set"))
        self.fields(desk, Aim.agreement_id, Aim.place_id, Aim.starts_on, Aim.ends_on)
        self.section(N_("Where it is from"))
        self.fields(desk, Aim.source)


class LinkForm(Form):
    """One of our indicators for a line of a donor's log frame."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, IndicatorLink.indicator_id, IndicatorLink.item_id)


class ProgressForm(Form):
    """How far an action has come, as it was said on a day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Progress.item_id, Progress.on, Progress.status, Progress.person_id, Progress.note)


class StepForm(Form):
    """How far an action has come now."""

    def __init__(self, desk: Desk, _values: Values) -> None:
        super().__init__()
        self.fields(desk, Progress.status, Progress.on, Progress.note)
        self.load({"on": date.today()})


class ActivityTagForm(Form):
    """A line that an activity serves."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, ActivityTag.activity_id, ActivityTag.item_id)


class TagForm(Form):
    """A line that something else serves: one thing a tag."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Tag.item_id)
        self.section(N_("What serves it: one of these"))
        self.fields(desk, Tag.engagement_id, Tag.training_id, Tag.advocacy_action_id)
        self.fields(desk, Tag.escalation_id, Tag.analysis_id, Tag.agreement_id)


def _carries_indicators(values: Values) -> bool:
    code: Any = values.get("code")
    return any(each.framework == code for each in indicators())


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "frameworks",
        FrameworkForm,
        (Related("framework-items", "framework_id"), Related("analyses", "framework_id")),
        (
            Act(N_("Bring in its indicators"), bring_indicators, possible=_carries_indicators),
            Act(N_("Lines from a file…"), dialog=bring_in_lines),
        ),
    ),
    Entry(
        "framework-items",
        ItemForm,
        (
            Related("framework-items", "parent_id"),
            Related("indicators", "item_id"),
            Related("indicator-links", "item_id"),
            Related("progress", "item_id"),
            Related("activity-tags", "item_id"),
            Related("tags", "item_id"),
        ),
        (Act(N_("Record progress…"), record_progress, StepForm),),
    ),
    Entry(
        "indicators",
        IndicatorForm,
        (
            Related("aims", "indicator_id"),
            Related("results", "indicator_id"),
            Related("indicators", "parent_id"),
            Related("indicator-links", "indicator_id"),
        ),
    ),
    Entry("aims", AimForm),
    Entry("indicator-links", LinkForm),
    Entry("progress", ProgressForm),
    Entry("activity-tags", ActivityTagForm),
    Entry("tags", TagForm),
)
