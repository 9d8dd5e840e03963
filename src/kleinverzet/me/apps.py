"""The ring `me` as a Django app; its tables begin with `me_`."""

from django.apps import AppConfig


class MeRing(AppConfig):
    """Registers the ring under its short name, so that table names read as access labels."""

    name = "kleinverzet.me"
    label = "me"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring in what writes the tables: it registers them as personal data."""
        from kleinverzet.me import notebook, nudges, reflections, rhythm  # noqa: F401
