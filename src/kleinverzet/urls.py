"""Every address. Dutch without a prefix, English under `/en/`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from kleinverzet.ui import errors
from kleinverzet.world import lost, media, sitemaps

urlpatterns = [
    path("beheer/", include("kleinverzet.world.desk")),
    path("media/<path:name>", media.picture),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    *i18n_patterns(
        path("", include("kleinverzet.me.urls")),
        path("", include("kleinverzet.accounts.urls")),
        path("", include("kleinverzet.coach.urls")),
        path("", include("kleinverzet.world.urls")),
        # Last, for it answers every address that nobody else does.
        path("", include("kleinverzet.world.made")),
        prefix_default_language=False,
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = lost.page
handler429 = "kleinverzet.accounts.views.too_many"
handler500 = errors.server_error
