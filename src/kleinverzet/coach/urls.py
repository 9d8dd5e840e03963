"""Addresses of the ring `coach`: for visitors who plan, and for the coach."""

from kleinverzet.coach import urls_coach, urls_visitors

app_name = "coach"
urlpatterns = [*urls_visitors.urlpatterns, *urls_coach.urlpatterns]
