"""The desk's fields without a script inside the page, which no page of this house allows.

Wagtail's own calendars and choosers each bring one. Here a browser asks for days and moments by
itself, and a chooser only says what it is: `choosers.js` begins it. See also
`WAGTAIL_DATETIME_FORMAT`.
"""

import json
from typing import Any

from django.core.exceptions import BadRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput, BaseChooser

KINDS: tuple[tuple[Any, str, str], ...] = (
    (AdminDateInput, "date", "date"),
    (AdminDateTimeInput, "datetime-local", "datetime"),
    (AdminTimeInput, "time", "time"),
)


_read_text = DraftailRichTextArea.value_from_datadict


def say_what_it_is(
    chooser: Any, name: str, value: Any, attrs: Any = None, renderer: Any = None
) -> SafeString:
    """Give a chooser's fields, and with them what begins it."""
    held = chooser.get_value_data(value)
    options = chooser.get_js_init_options(attrs["id"], name, held)
    return format_html(
        '{}<template data-chooser="{}" data-for="{}" data-options="{}"></template>',
        chooser.render_html(name, held, attrs),
        chooser.js_constructor,
        attrs["id"],
        json.dumps(options),
    )


def read_text(field: Any, data: Any, files: Any, name: str) -> Any:
    """Give what was written in a field for text.

    Raises:
        BadRequest: If no such field sent it. Wagtail trusts its own scripts, and would break.
    """
    try:
        return _read_text(field, data, files, name)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as fault:
        raise BadRequest from fault


def take_the_scripts_out() -> None:
    """Let Wagtail's fields come without theirs, and read no more than they can have sent."""
    DraftailRichTextArea.value_from_datadict = read_text
    for widget, kind, template in KINDS:
        widget.input_type = kind
        widget.template_name = f"django/forms/widgets/{template}.html"
    BaseChooser.render = say_what_it_is
