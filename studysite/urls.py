"""Which address belongs to which app."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # the same sign-in, limits included, for everybody

handler500 = "studysite.errors.broken"
urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("", include("studysite.accounts.urls")),
]
