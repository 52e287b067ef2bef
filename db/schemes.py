"""The schemes by which partners are assessed and rated, each with its questions, its answers and its own scale.

They are data, and two schemes are never mixed: a total of one says nothing in another. How far a scheme was verified
against its source stands in the table, line by line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from db.carried import rows, texts


@dataclass(frozen=True)
class Question:
    """One question of a scheme; `good` is the answer that speaks for the partner, where only one does."""

    code: str
    good: str
    titles: Mapping[str, str]
    evidence: Mapping[str, str]


@dataclass(frozen=True)
class Offered:
    """An answer that a scheme offers, to every question or only to one."""

    code: str
    points: int
    weak: bool
    only: str
    titles: Mapping[str, str]


@dataclass(frozen=True)
class Rating:
    """A rating of a scheme: from which total to which, or given by hand; for how many months it is valid."""

    code: str
    lowest: int | None
    highest: int | None
    months: int | None


@dataclass(frozen=True)
class Scheme:
    """One version of a scheme. Its rule: `complete` asks for every answer, `early` decides once nothing can turn it."""

    code: str
    version: str
    rule: str
    questions: tuple[Question, ...]
    offered: tuple[Offered, ...]
    ratings: tuple[Rating, ...]
    verified: bool

    def answers_to(self, question: str) -> tuple[Offered, ...]:
        """What may be answered to a question; nothing to one that this scheme does not ask."""
        if question not in {each.code for each in self.questions}:
            return ()
        return tuple(each for each in self.offered if each.only in ("", question))

    def points(self, question: str, answer: str) -> int:
        """What an answer adds to the total."""
        if good := self._asked(question).good:
            return int(answer == good)
        return self._given(answer).points

    def is_weak(self, question: str, answer: str) -> bool:
        """Whether an answer asks for something to be done."""
        if good := self._asked(question).good:
            return answer != good
        return self._given(answer).weak

    def score(self, answers: Mapping[str, str]) -> int | None:
        """The total, once every question is answered."""
        if not self.questions or any(each.code not in answers for each in self.questions):
            return None
        return sum(self.points(question, answer) for question, answer in answers.items())

    def rating(self, answers: Mapping[str, str]) -> str | None:
        """The rating that follows from the answers; None as long as it does not."""
        if not self.questions or (self.rule != "early" and self.score(answers) is None):
            return None
        lowest, highest = (self.rated(total) for total in self._between(answers))
        return lowest if lowest == highest else None

    def rated(self, total: int) -> str | None:
        """The rating of a total."""
        return next(
            (
                each.code
                for each in self.ratings
                if each.lowest is not None and each.highest is not None and each.lowest <= total <= each.highest
            ),
            None,
        )

    def own(self, rating: str) -> Rating | None:
        """One of its ratings; None for a rating of another scheme."""
        return next((each for each in self.ratings if each.code == rating), None)

    def _between(self, answers: Mapping[str, str]) -> tuple[int, int]:
        """The lowest and the highest total that the open answers leave."""
        possible = [
            [self.points(each.code, answers[each.code])]
            if each.code in answers
            else [self.points(each.code, one.code) for one in self.answers_to(each.code)]
            for each in self.questions
        ]
        return sum(map(min, possible)), sum(map(max, possible))

    def _asked(self, code: str) -> Question:
        return next(each for each in self.questions if each.code == code)

    def _given(self, code: str) -> Offered:
        return next(each for each in self.offered if each.code == code)


def scheme(code: str, version: str | None = None) -> Scheme | None:
    """A scheme, the newest where no version is named; None where this version of the program does not carry it."""
    return next((each for each in reversed(schemes()) if each.code == code and version in (None, each.version)), None)


@lru_cache
def schemes() -> tuple[Scheme, ...]:
    """Every version of every scheme."""
    parts: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in rows("schemes.csv"):
        parts.setdefault((row["scheme"], row["version"], row["part"]), []).append(row)
    return tuple(
        Scheme(
            code,
            version,
            head["rule"],
            tuple(
                Question(row["code"], row["good"], texts(row, "title"), texts(row, "evidence"))
                for row in parts.get((code, version, "question"), ())
            ),
            tuple(
                Offered(row["code"], int(row["points"] or 0), row["weak"] == "yes", row["only"], texts(row, "title"))
                for row in parts.get((code, version, "answer"), ())
            ),
            tuple(
                Rating(row["code"], _number(row["from"]), _number(row["to"]), _number(row["months"]))
                for row in parts.get((code, version, "rating"), ())
            ),
            head["verified"] == "yes",
        )
        for (code, version, part), (head, *_others) in parts.items()
        if part == "scheme"
    )


def _number(text: str) -> int | None:
    return int(text) if text else None
