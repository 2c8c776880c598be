"""Which address belongs to which app."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from studysite import health, metrics, offline
from studysite.adminsite import guarded

admin.autodiscover()
admin.site.site_header = admin.site.site_title = settings.SITE_NAME
admin.site.login = secure_admin_login(admin.site.login)  # the same sign-in, limits included, for everybody
admin.site.admin_view = guarded(admin.site.admin_view)

lazy_icon = lazy(static, str)("icons/favicon.svg")
handler400 = "studysite.errors.not_understood"
handler403 = "studysite.errors.refused"
handler404 = "studysite.errors.missing"
handler500 = "studysite.errors.broken"
urlpatterns = [
    path("", include("studysite.accounts.urls")),  # first: signs out in its own way
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
    path("livez", health.alive, name="livez"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("sw.js", offline.worker, name="worker"),
    path("offline/", offline.page, name="offline"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("favicon.ico", RedirectView.as_view(url=lazy_icon)),  # for pages that name no icon, as the admin's
    path("", include("quizzes.urls")),
    path("", include("tables.urls")),  # last: takes every first step that nobody else took
]
