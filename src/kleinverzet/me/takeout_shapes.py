"""The shape of `klein-verzet.json`: what an export holds, and what may be brought in again.

One source for three things: the schema that goes along in an export, the check on a file that
somebody brings in, and the test that holds the export itself to both. Pure.
"""

import json
import unicodedata
import uuid
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from kleinverzet.catalogue.shapes import Presser, Pressure, Setting
from kleinverzet.me.ladder import Outcome

FORMAT = 1
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def visible(text: str) -> str:
    """Give words in one spelling of their accents, without what nobody can see."""
    spelled = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    return "".join(c for c in spelled if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})


# More than any form of ours takes, so that a later version may allow more.
Words = Annotated[str, Field(max_length=20_000), AfterValidator(visible)]
# The id of an act or a value, or the code of half a sentence. Content changes: any may be unknown.
Code = Annotated[str, Field(max_length=80, pattern=r"^[a-z0-9-]*$")]
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2200, 1, 1, tzinfo=UTC)),
]
Strength = Annotated[int, Field(ge=0, le=5)]
Statement = Literal["ground", "noticed", "acted", "kind", "beside"]
Mark = Annotated[int, Field(ge=0, le=4)]


class Shape(BaseModel):
    """What all shapes share: exact types, nothing changed later, what is unknown passed over."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Answers(Shape):
    """The circle's answers; what was skipped is left out."""

    tension: Strength = Field(0, description="How strong, 1 to 5; 0 is unanswered.")
    setting: Setting | Literal["elsewhere", ""] = Field("", description="Where.")
    presser: Presser | Literal[""] = Field("", description="Who pressed.")
    pressure: Pressure | Literal[""] = Field("", description="How they pressed.")
    values: Annotated[tuple[Code, ...], Field(max_length=60)] = ()
    yes: Words = Field("", description="The yes behind the no, in one's own words.")
    safe: Literal["yes", "no", "unsure", ""] = Field("", description="Whether it was safe.")
    helps: Literal["yes", "no", "maybe", ""] = Field("", description="Whether it would help.")
    words: Words = Field("", description="Anything written about the situation.")
    act: Code = Field("", description="The act's id; 'own' or 'none' where it was none of ours.")
    own: Words = Field("", description="An act of one's own.")
    beside: Words = Field("", description="Who stands beside.")
    round: Annotated[int, Field(ge=0, le=10_000)] = Field(
        0, description="How often other acts were asked for."
    )
    when_cue: Code = Field("", description="The code of the 'if' that was picked.")
    when: Words = Field("", description="The 'if' in one's own words.")
    then_cue: Code = Field("", description="The code of the 'then' that was picked.")
    then: Words = Field("", description="The 'then' in one's own words.")


class CheckIn(Shape):
    """What was said afterwards."""

    at: Moment
    outcome: Outcome = Field(description="What became of it.")
    tension: Strength = Field(0, description="How strong afterwards; 0 is unanswered.")
    noticed: Words = Field("", description="What was noticed, in one's own words.")


class Reflection(Shape):
    """One kept circle, or the beginning of one, and what became of it."""

    id: uuid.UUID
    kept_at: AwareDatetime = Field(description="When it was written here.")
    v: Literal[1] = Field(1, description="Version of this shape.")
    began: Moment
    answers: Answers = Answers()
    values: Annotated[tuple[Code, ...], Field(max_length=60)] = Field(
        (), description="Ids of the values that it is tagged with."
    )
    note: Words = Field("", description="Words that were added later.")
    hard: Strength = Field(0, description="How hard the act looked, 1 to 5; 0 is unanswered.")
    is_whole: bool = Field(True, description="Whether the circle was walked to its end.")
    check_ins: Annotated[tuple[CheckIn, ...], Field(max_length=1_000)] = ()
    copied_from: Annotated[str, Field(max_length=80)] = Field(
        "", description="The id that it had where it was exported first."
    )


class UnreadableReflection(Shape):
    """A circle that was kept and could not be read when this was made."""

    id: uuid.UUID
    kept_at: AwareDatetime
    unreadable: Literal[True]


class Month(Shape):
    """How a month was, in somebody's own judgement: 0 (not at all) to 4 (entirely)."""

    month: Annotated[str, Field(pattern=r"^2[01][0-9]{2}-(0[1-9]|1[0-2])$")]
    marks: dict[Statement, Mark]


class Notebook(Shape):
    """What somebody wrote about themselves over time."""

    v: Literal[1] = 1
    # Texts that were brought in stand one below the other, so it can be long.
    learned: Annotated[str, Field(max_length=1_000_000), AfterValidator(visible)] = Field(
        "", description="What I have learned about myself."
    )
    months: Annotated[tuple[Month, ...], Field(max_length=2_400)] = ()


class UnreadableNotebook(Shape):
    """A notebook that could not be read when this was made."""

    unreadable: Literal[True]


class Records(Shape):
    """Everything that is kept of somebody, by kind; each kind as a list, empty where there is none.

    The two below are what somebody wrote. Every other kind is what the program needs: the account,
    devices, keys (which open nothing without the passphrase), times of nudges.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True, title="Records")
    __pydantic_extra__: dict[str, list[dict[str, JsonValue]]] = Field(init=False)

    reflections: Annotated[
        tuple[Reflection | UnreadableReflection, ...],
        Field(max_length=100_000, alias="me.Reflection"),
    ] = ()
    notebooks: Annotated[
        tuple[Notebook | UnreadableNotebook, ...], Field(max_length=1, alias="me.Notebook")
    ] = ()


class Takeout(Shape):
    """Everything that Klein Verzet keeps of one person."""

    format: Literal[1] = Field(description="Version of this file's shape.")
    program: str = Field(description="The program that made it, with its version.")
    made_at: AwareDatetime
    records: Records


def schema() -> dict[str, Any]:
    """Give the JSON Schema of an export."""
    return {"$schema": DIALECT, **Takeout.model_json_schema(by_alias=True)}


def as_json(value: Any) -> bytes:
    """Give a value as JSON that people can read as well."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=str)
    return text.encode("utf-8", "replace")
