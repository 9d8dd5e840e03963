"""Whatever editors made: the last address of all, without a namespace, as Wagtail asks for it."""

from django.urls import re_path
from wagtail.urls import serve_pattern

from kleinverzet.world import views

urlpatterns = [re_path(serve_pattern, views.page, name="wagtail_serve")]
