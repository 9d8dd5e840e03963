"""Two live appointments of one coach never overlap, whatever a program above forgets.

PostgreSQL has exclusion constraints; SQLite gets triggers that refuse the same rows. Without
`btree_gist` a range of one number stands in for "the same coach".
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LIVE = "('held', 'offered', 'booked')"
POSTGRESQL = f"""
ALTER TABLE coach_booking ADD CONSTRAINT no_double_booking EXCLUDE USING gist (
    int8range(coach_id, coach_id, '[]') WITH &&,
    tstzrange(starts_at, ends_at) WITH &&
) WHERE (state IN {LIVE})
"""
OVERLAPS = f"""
    SELECT RAISE(ABORT, 'no_double_booking') WHERE EXISTS (
        SELECT 1 FROM coach_booking AS other
        WHERE other.coach_id = NEW.coach_id AND other.id <> NEW.id
          AND other.state IN {LIVE}
          AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at);
"""
SQLITE = tuple(
    f"CREATE TRIGGER no_double_booking_{name} BEFORE {event} ON coach_booking "
    f"WHEN NEW.state IN {LIVE} BEGIN {OVERLAPS} END"
    for name, event in (
        ("insert", "INSERT"),
        ("update", "UPDATE OF coach_id, state, starts_at, ends_at"),
    )
)


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    for statement in (POSTGRESQL,) if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("coach", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
