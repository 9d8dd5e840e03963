"""What a kept reflection is called where many stand together."""

from django.utils.translation import gettext

from kleinverzet.catalogue.shelves import Catalogue
from kleinverzet.me import wording
from kleinverzet.me.circle import NONE
from kleinverzet.me.story import Story


def title_of(story: Story, catalogue: Catalogue) -> str:
    """Give the act in the reader's language, or one's own words, or what there is."""
    answers = story.answers
    act = catalogue.acts.get(answers.act)
    if act is not None:
        return wording.act_words(act).name
    if answers.own:
        return answers.own
    if answers.act == NONE:
        return gettext("Nu niets gedaan. Zelf gekozen.")
    return gettext("Er schuurde iets")


def setting_of(story: Story) -> str:
    """Give where it was, as one word in lower case; empty where that was not said."""
    setting = story.answers.setting
    return str(wording.SETTINGS[setting]).lower() if setting in wording.SETTINGS else ""
