"""Every table of the ring, for Django to find."""

# Registers what Wagtail's own tables keep of an editor.
from kleinverzet.world import editing_trail  # noqa: F401
from kleinverzet.world.articles import Article, Topic
from kleinverzet.world.edition import Edition
from kleinverzet.world.listing import ArticleIndex
from kleinverzet.world.messages import Message
from kleinverzet.world.pages import ContactPage, HomePage, MethodPage, TextPage, TownsPage
from kleinverzet.world.practice import Practice
from kleinverzet.world.reads import Reads
from kleinverzet.world.targets import Place
from kleinverzet.world.towns import Region, Town

__all__ = [
    "Article", "ArticleIndex", "ContactPage", "Edition", "HomePage", "Message", "MethodPage",
    "Place", "Practice", "Reads", "Region", "TextPage", "Topic", "Town", "TownsPage",
]  # fmt: skip
