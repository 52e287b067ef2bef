"""The help at a terminal: the same topics, in the asked language, without a record."""

import pytest

from desktop.cli import DONE, WRONG_USAGE, run
from desktop.topics import title_of, topics


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_topic_is_listed_by_the_name_one_types_and_its_title(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["help", "--language", language]) == DONE
    told = capsys.readouterr().out
    assert [key for key in topics() if f"  {key} " not in told or title_of(key, language) not in told] == []


def test_a_topic_is_printed_and_an_unknown_one_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["help", "small-numbers", "--language", "es"]) == DONE
    assert title_of("small-numbers", "es") in capsys.readouterr().out
    assert run(["help", "nothing", "--language", "es"]) == WRONG_USAGE
    assert "opening" in capsys.readouterr().err
