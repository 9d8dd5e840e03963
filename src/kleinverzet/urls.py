"""Every address. Dutch without a prefix, English under `/en/`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from kleinverzet.ui import errors

urlpatterns = i18n_patterns(
    path("", include("kleinverzet.me.urls")),
    path("", include("kleinverzet.accounts.urls")),
    path("", include("kleinverzet.world.urls")),
    prefix_default_language=False,
)

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = "kleinverzet.accounts.views.too_many"
handler500 = errors.server_error
