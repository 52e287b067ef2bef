"""What was withheld reads the same whatever the reason; what is missing says its own."""

from desktop.guard.release import LEFT_OUT
from desktop.guard.released import Absent, Withheld
from desktop.reports.document import Hidden, Missing
from desktop.reports.saying import said
from i18n import N_, Words


def test_a_sensitive_count_carries_the_mark_of_a_small_one() -> None:
    words = Words.of("fr")
    assert said(Absent(LEFT_OUT), words) == said(Withheld(), words) == Hidden()
    assert said(Absent(N_("not collected")), words) == Missing("non collecté")
