"""The form of a page at the editors' desk: a draft may lack something, a public page may not."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from kleinverzet.world import soundness


class PageForm(WagtailAdminPageForm):
    """Wagtail's own, with what a page needs before everyone can read it."""

    def clean(self) -> Any:
        """Say what a page lacks, where it is about to be published."""
        data = super().clean()
        if not self.is_deferred_validation:
            for fault in soundness.faults(data):
                if fault.field in self.fields and fault.field not in self.errors:
                    self.add_error(fault.field, fault.said)
        return data

    def defer_required_fields(self) -> None:
        """Ask of a draft only what it cannot do without."""
        super().defer_required_fields()
        self.instance.is_only_drafted = True

    def restore_required_fields(self) -> None:
        """Ask for everything again."""
        super().restore_required_fields()
        self.instance.is_only_drafted = False
