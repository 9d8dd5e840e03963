"""The vault as a Django app; its tables begin with `vault_`."""

from django.apps import AppConfig


class VaultGround(AppConfig):
    """Registers the vault under its short name."""

    name = "kleinverzet.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter what it keeps of people in the register of personal data."""
        from kleinverzet.vault import pepper_mark, records  # noqa: F401
