"""The ring `coach` as a Django app; its tables begin with `coach_`."""

from django.apps import AppConfig


class CoachRing(AppConfig):
    """Registers the ring under its short name, so that table names read as access labels."""

    name = "kleinverzet.coach"
    label = "coach"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter what it keeps of people in the register of personal data."""
        from kleinverzet.coach import records  # noqa: F401
