"""Open times that were found once can be kept until anything turns that they rest on.

The database turns the number by itself, so no writer can forget it. One row a coach: who writes
for one coach waits for nobody who writes for another.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COACH = "{row}.coach_id"
CALENDAR = "COALESCE((SELECT coach_id FROM coach_calendar WHERE id = {row}.calendar_id), 0)"
EVENTS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}


class Source(NamedTuple):
    """A table that open times rest on: whose they are, and the columns that matter; none is all."""

    whose: str
    columns: str = ""


SOURCES = {
    "coach_booking": Source(
        COACH, "coach_id, state, starts_at, ends_at, before, after, mode, place"
    ),
    "coach_busy": Source(CALENDAR),
    "coach_coach": Source("{row}.id"),
    "coach_otherday": Source(COACH),
    "coach_terms": Source(COACH),
    "coach_trip": Source("0"),
    "coach_window": Source(COACH),
}
TURN = (
    "INSERT INTO coach_turn (coach_id, number) VALUES ({coach}, 1) "
    "ON CONFLICT (coach_id) DO UPDATE SET number = coach_turn.number + 1;"
)


def _statements(vendor: str) -> Iterator[str]:
    for table, source in SOURCES.items():
        for event, rows in EVENTS.items():
            turns = " ".join(TURN.format(coach=source.whose.format(row=row)) for row in rows)
            columns = f" OF {source.columns}" if event == "update" and source.columns else ""
            trigger = f"turn_{table}_{event}"
            head = f"CREATE TRIGGER {trigger} AFTER {event.upper()}{columns} ON {table} FOR EACH ROW"
            if vendor == "postgresql":
                yield (
                    f"CREATE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN {turns} RETURN NULL; END $$"
                )
                yield f"{head} EXECUTE FUNCTION {trigger}()"
            else:
                yield f"{head} BEGIN {turns} END"


def listen(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("coach", "0002_no_double_booking")]
    operations = [
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("coach_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField()),
            ],
        ),
        migrations.RunPython(listen, migrations.RunPython.noop),
    ]
