"""Does the work on the search index that waits in the queue, inside the transaction of a test."""

from django_tasks_db.models import DBTaskResult


def renew() -> None:
    """Run every task that waits, once for each thing that it is about."""
    done = set()
    for row in DBTaskResult.objects.ready():
        said = (row.task_path, repr(row.args_kwargs))
        if said not in done:
            row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        done.add(said)
    forget()


def forget() -> None:
    """Leave what waits undone."""
    DBTaskResult.objects.all().delete()
