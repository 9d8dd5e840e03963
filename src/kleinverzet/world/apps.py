"""The ring `world` as a Django app; its tables begin with `world_`."""

from django.apps import AppConfig


class WorldRing(AppConfig):
    """Registers the ring under its short name, so that table names read as access labels."""

    name = "kleinverzet.world"
    label = "world"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear from Wagtail what changes, and let it keep nothing of that itself."""
        from kleinverzet.world import roots, turns

        turns.listen()
        roots.keep_by_edition()
