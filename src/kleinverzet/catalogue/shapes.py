"""The shapes of what people read. A file that does not fit one is refused with its line."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Setting = Literal["school", "study", "work", "home", "friends", "online", "care"]
Pressure = Literal["asked", "told", "everyone", "unspoken"]
Presser = Literal["above", "beside", "group", "close", "self"]
QuietForm = Literal["ask", "pause", "postpone", "do_differently", "support"]
ActiveForm = Literal["voice", "contest", "propose"]
AppointmentKind = Literal["intake", "follow_up", "team_talk"]
Faces = Literal["nobody", "ally", "presser", "group"]

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]


def _line(longest: int) -> StringConstraints:
    return StringConstraints(min_length=2, max_length=longest, strip_whitespace=True)


class Shape(BaseModel):
    """What all shapes share: nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ActWords(Shape):
    """An act in one language."""

    name: Annotated[str, _line(48)] = Field(description="First person, no full stop.")
    line: Annotated[str, _line(120)] = Field(description="What you do, in one line.")
    then: Annotated[str, _line(90)] = Field(description="Reads on after 'If …, then'.")
    say: tuple[Annotated[str, _line(110)], Annotated[str, _line(110)]] = Field(
        description="Two sentences you could really say, as a question where possible."
    )
    avoid: Annotated[str, _line(140)] = Field(description="When to leave this act alone.")


class Act(Shape):
    """One small act: what it asks of someone, where it fits, and its words."""

    id: Identifier
    mode: Literal["quiet", "active"]
    form: QuietForm | ActiveForm
    settings: Annotated[tuple[Setting, ...], Field(min_length=1)]
    pressure: Annotated[tuple[Pressure, ...], Field(min_length=1)]
    pressers: Annotated[tuple[Presser, ...], Field(min_length=1)]
    faces: Faces = Field(description="Who notices it: nobody, an ally, the presser, the group.")
    courage: Annotated[float, Field(ge=-2, le=2, multiple_of=0.25)] = Field(
        description="The author's anchor on the courage ladder, from -2 (easy) to +2 (takes a lot)."
    )
    values: Annotated[tuple[Identifier, ...], Field(min_length=2, max_length=5)]
    nl: ActWords
    en: ActWords

    @model_validator(mode="after")
    def _form_suits_mode(self) -> Self:
        active = {"voice", "contest", "propose"}
        if (self.form in active) != (self.mode == "active"):
            raise ValueError(
                f"an act of mode '{self.mode}' cannot have form '{self.form}'; "
                "quiet: ask, pause, postpone, do_differently, support; "
                "active: voice, contest, propose"
            )
        return self


class ValueWords(Shape):
    """A value in one language."""

    name: Annotated[str, _line(24)]
    line: Annotated[str, _line(90)] = Field(description="What it looks like when it is lived.")
    someone: Annotated[str, _line(60)] = Field(description="Completes 'Someone like me: …'.")


class Value(Shape):
    """Something a person can stand for."""

    id: Identifier
    group: Literal["me", "others", "doing", "wider"]
    nl: ValueWords
    en: ValueWords


class Hours(Shape):
    """When a helpline answers, in both languages."""

    nl: Annotated[str, _line(60)]
    en: Annotated[str, _line(60)]


class HelplineWords(Shape):
    """A helpline in one language."""

    name: Annotated[str, _line(40)]
    what: Annotated[str, _line(20)] = Field(description="What it is for, as the wide bar says it.")
    what_short: Annotated[str, _line(14)] = Field(description="The same, on a phone.")
    long: Annotated[str, _line(160)]


class Helpline(Shape):
    """A number that helps now, with the source it was checked against and when."""

    id: Identifier
    number: Annotated[str, StringConstraints(pattern=r"^[0-9][0-9 -]*$")]
    dial: Annotated[str, StringConstraints(pattern=r"^\+?[0-9]+$")]
    acute: bool
    hours: Hours
    nl: HelplineWords
    en: HelplineWords
    source: Annotated[str, StringConstraints(pattern=r"^https://")]
    verified_on: date


class QuestionWords(Shape):
    """A question in one language."""

    ask: Annotated[str, _line(90)]
    hint: Annotated[str, _line(120)] = Field(description="What kind of answer is enough.")


class Question(Shape):
    """Something the practice likes to know before an appointment; nobody has to answer it."""

    id: Identifier
    kinds: Annotated[tuple[AppointmentKind, ...], Field(min_length=1)]
    lines: Annotated[int, Field(ge=1, le=6)] = Field(
        default=3, description="How many lines its field shows."
    )
    nl: QuestionWords
    en: QuestionWords
