"""Accounts as a Django app; its tables begin with `accounts_`."""

from django.apps import AppConfig


class AccountsGround(AppConfig):
    """Registers accounts under their short name."""

    name = "kleinverzet.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter what it keeps of people in the register."""
        from kleinverzet.accounts import codes, guardians, outbox, records  # noqa: F401
