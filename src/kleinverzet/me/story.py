"""What lies inside one kept reflection: the circle's answers, and what became of them.

Pure: it knows neither rows nor keys. `reflections` keeps it, sealed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from kleinverzet.me.circle import Answers
from kleinverzet.me.ladder import Attempt, Outcome

VERSION = 1


class Unreadable(ValueError):
    """A stored story has a shape that this program does not know."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What somebody said afterwards.

    Attributes:
        at: When they said it, in UTC.
        outcome: What happened; choosing not to is never a miss.
        tension: How strong afterwards, 1 to 5; 0 is unanswered.
        noticed: What they noticed, in their own words.
    """

    at: datetime
    outcome: Outcome
    tension: int = 0
    noticed: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One reflection from its first tension on.

    Attributes:
        began: When, in UTC.
        answers: The circle's answers.
        values: Ids of the values that somebody tagged it with; at first those of the circle.
        note: Words that were added later.
        hard: How hard the act looked beforehand, 1 to 5; 0 is unanswered.
        is_whole: Whether the circle was walked to its end; a quick entry is finished later.
        check_ins: What was said afterwards, oldest first.
        copied_from: The id that it had where it was exported, or empty.
    """

    began: datetime
    answers: Answers
    values: tuple[str, ...] = ()
    note: str = ""
    hard: int = 0
    is_whole: bool = True
    check_ins: tuple[CheckIn, ...] = ()
    copied_from: str = ""

    def having(self, **changes: Any) -> "Story":
        """Give this story with some of it replaced."""
        return replace(self, **changes)

    def checked(self, check_in: CheckIn) -> "Story":
        """Give this story with one more check-in, in the order of their times."""
        every = sorted((*self.check_ins, check_in), key=lambda one: one.at)
        return replace(self, check_ins=tuple(every))

    @property
    def last(self) -> CheckIn | None:
        """The latest check-in."""
        return self.check_ins[-1] if self.check_ins else None

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """What the courage ladder learns from it."""
        return tuple(Attempt(self.answers.act, one.outcome, self.hard) for one in self.check_ins)

    @property
    def words(self) -> str:
        """Everything that somebody wrote in it, for searching."""
        a = self.answers
        own = (a.yes, a.words, a.own, a.beside, a.when, a.then, self.note)
        return "\n".join([*own, *(one.noticed for one in self.check_ins)])


def pack(story: Story) -> dict[str, Any]:
    """Give a story as plain JSON values; what is empty is left out."""
    packed = {
        "v": VERSION,
        "began": story.began.astimezone(UTC).isoformat(),
        "answers": {name: value for name, value in asdict(story.answers).items() if value},
        "values": list(story.values),
        "note": story.note,
        "hard": story.hard,
        "is_whole": story.is_whole,
        "check_ins": [pack_check_in(one) for one in story.check_ins],
        "copied_from": story.copied_from,
    }
    return {name: value for name, value in packed.items() if value or name == "is_whole"}


def unpack(packed: Mapping[str, Any]) -> Story:
    """Give the story that was packed; fields of a later version are passed over.

    Raises:
        Unreadable: If the shape is not one of ours.
    """
    try:
        return Story(
            began=_time(packed["began"]),
            answers=unpack_answers(packed["answers"]),
            values=_texts(packed.get("values", ())),
            note=str(packed.get("note", "")),
            hard=int(packed.get("hard", 0)),
            is_whole=bool(packed.get("is_whole", True)),
            check_ins=tuple(unpack_check_in(one) for one in packed.get("check_ins", ())),
            copied_from=str(packed.get("copied_from", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Unreadable from fault


def unpack_answers(packed: Mapping[str, Any]) -> Answers:
    """Give answers from JSON values, each held to its type."""
    known: dict[str, Any] = {
        name: kind(packed[name]) for name, kind in _KINDS.items() if name in packed
    }
    return Answers(**known)


def unpack_check_in(packed: Mapping[str, Any]) -> CheckIn:
    """Give a check-in from JSON values.

    Raises:
        KeyError, TypeError, ValueError: If the shape is not one of ours.
    """
    return CheckIn(
        at=_time(packed["at"]),
        outcome=Outcome(packed["outcome"]),
        tension=min(max(int(packed.get("tension", 0)), 0), 5),
        noticed=str(packed.get("noticed", "")),
    )


def pack_check_in(one: CheckIn) -> dict[str, Any]:
    """Give a check-in as plain JSON values."""
    return {
        "at": one.at.astimezone(UTC).isoformat(),
        "outcome": one.outcome.value,
        "tension": one.tension,
        "noticed": one.noticed,
    }


def _time(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is UTC:
        return at
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(map(str, values))


# Looked up once: somebody may open thousands of stories at a time.
_KINDS: dict[str, Callable[[Any], Any]] = {
    field.name: {"values": _texts}.get(field.name, int if field.type in (int, "int") else str)
    for field in fields(Answers)
}
