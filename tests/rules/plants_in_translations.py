"""What is planted against the laws on translations, each in a catalogue or beside it."""

from tests.rules.plants import HOUSE, Plant

PO = f"{HOUSE}/me/locale/en/LC_MESSAGES/django.po"
GETTEXT = "from django.utils.translation import gettext as _"


def _law(name: str, at: str, text: str, named: str) -> Plant:
    return Plant(f"test_translations.py::{name}", at, text, named)


TRANSLATIONS = [
    _law(
        "test_every_text_that_is_said_stands_in_its_catalogue",
        f"{HOUSE}/me/templates/me/planted_text.html",
        '{% load i18n %}{% translate "Geplant in een sjabloon" %}',
        "“Geplant in een sjabloon” is in no catalogue",
    ),
    _law(
        "test_every_text_that_is_said_stands_in_its_catalogue",
        f"{HOUSE}/world/planted_text.py",
        f'{GETTEXT}\nA = _("Geplant in code")',
        "“Geplant in code” is in no catalogue",
    ),
    _law(
        "test_texts_are_said_only_in_rooms_with_a_catalogue",
        f"{HOUSE}/consent/planted_text.py",
        f'{GETTEXT}\nA = _("Geplant in de kelder")',
        "“Geplant in de kelder” is said outside every room",
    ),
    _law(
        "test_no_catalogue_holds_what_nobody_says",
        PO,
        '\nmsgid "Geplant en nergens gezegd"\nmsgstr "Planted and said nowhere"\n',
        "“Geplant en nergens gezegd” is said nowhere any more",
    ),
    _law(
        "test_every_text_has_its_english",
        PO,
        '\nmsgid "Geplant zonder Engels"\nmsgstr ""\n',
        "“Geplant zonder Engels” has no English",
    ),
    _law(
        "test_every_text_has_its_english",
        PO,
        '\n#, fuzzy\nmsgid "Geplant en geraden"\nmsgstr "Planted and guessed"\n',
        "“Geplant en geraden” has no English that somebody approved",
    ),
    _law(
        "test_english_is_not_the_dutch_once_more",
        PO,
        '\nmsgid "Geplant"\nmsgstr "Geplant"\n',
        "“Geplant” is the same in English",
    ),
    _law(
        "test_the_list_of_equal_words_has_reasons_and_nothing_old",
        "tests/rules/same_in_english.txt",
        "Lang geleden geplant  # it was the same once\n",
        "“Lang geleden geplant” differs or is gone",
    ),
    _law(
        "test_both_languages_have_the_same_gaps_to_fill",
        PO,
        '\nmsgid "Geplant voor %(name)s"\nmsgstr "Planted for %(naam)s"\n',
        "“Geplant voor %(name)s” has other gaps in English",
    ),
    Plant(
        "test_translations.py::test_a_text_says_the_same_in_every_room",
        PO,
        '\nmsgid "Dubbel geplant"\nmsgstr "Planted twice"\n',
        "“Dubbel geplant” has other English in me",
        also={
            f"{HOUSE}/world/locale/en/LC_MESSAGES/django.po": (
                '\nmsgid "Dubbel geplant"\nmsgstr "Planted two times"\n'
            )
        },
    ),
]
