"""
All settings, safe by default: what differs between a laptop and a host comes from the environment.

docs/hosting.md lists the variables. Nothing but SECRET_KEY is needed to start.
"""

from pathlib import Path
from urllib.parse import quote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from studysite import environment
from studysite.environment import env, env_choice, env_is_on, env_list, env_number
from studysite.logs import logging_settings
from studysite.reporting import report_errors

BASE_DIR = Path(__file__).resolve().parent.parent

# Who we are
DEBUG = env_is_on("DEBUG")
SECRET_KEY = env("SECRET_KEY", "only-for-debugging" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set: `make run` makes one, a host gives its own (see README).")
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
SITE_NAME = " ".join(env("SITE_NAME", "Studysite").split())
SITE_URL = environment.site_address(env("SITE_URL"))
HTTPS = SITE_URL.startswith("https://")
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname or ""] if SITE_URL else LOCAL_HOSTS
ALLOWED_HOSTS += env_list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []
ROOT_URLCONF = "studysite.urls"
WSGI_APPLICATION = "studysite.wsgi.application"
LANGUAGE_CODE, TIME_ZONE, USE_I18N = "en", "UTC", False

# What is kept
DATABASE_URL = env("DATABASE_URL")
if not DATABASE_URL:
    (BASE_DIR / "var").mkdir(exist_ok=True)
    DATABASE_URL = f"sqlite:///{quote(str(BASE_DIR))}/var/db.sqlite3"
DATABASES = {"default": environment.database(DATABASE_URL)}
DATABASES |= environment.replica(env("REPLICA_URL"), DATABASES["default"])  # for visitors who browse
DATABASE_ROUTERS = ["studysite.replica.ReplicaRouter"] if "replica" in DATABASES else []
CACHES = environment.caches(env("CACHE_URL"))
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
READER_LIMITS = environment.reader_limits()
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_REQUEST = READER_LIMITS["size"] // 1_000_000 * 1024**2 + 1024**2
LARGEST_REQUESTS = {"/progress/data/": 51 * 1024 * 1024}  # by the address that takes more
MAILERS = {"default": environment.mailer(env("EMAIL_URL"))}
SENDS_MAIL = bool(env("EMAIL_URL"))
SILENCED_SYSTEM_CHECKS = [] if SENDS_MAIL else ["mail.E001"]  # a site without mail is a choice, not an oversight
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM") or environment.sender(SITE_NAME, ALLOWED_HOSTS[0])

INSTALLED_APPS = [
    "studysite.accounts",
    "tables",
    "quizzes",
    "allauth",
    "allauth.account",
    "studysite.accounts.apps.SessionsConfig",
    "allauth.mfa",
    "django_htmx",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "studysite.replica.ReplicaMiddleware",
    "studysite.middleware.probes_first",
    "studysite.tracing.traced",
    "django.middleware.security.SecurityMiddleware",
    "studysite.middleware.more_headers",
    "studysite.middleware.refuse_large",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "studysite.middleware.ReplaceNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "studysite.accounts.middleware.ask_staff_for_second_factor",
    "django_htmx.middleware.HtmxMiddleware",
    "quizzes.middleware.LearnerMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "studysite.accounts.context.theme",
            ]
        },
    }
]

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "studysite.staticfiles.JoinedFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
HOSTED_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else HOSTED_STATIC},
}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["studysite.accounts.backends.AccountBackend"]
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Argon2", "PBKDF2")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "/", "/"
ACCOUNT_ADAPTER = "studysite.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"} if SENDS_MAIL else {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", *(["email"] if SENDS_MAIL else []), "password1*"]
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = SENDS_MAIL
ACCOUNT_EMAIL_VERIFICATION = "optional" if SENDS_MAIL else "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = True
SIGN_UP = env_choice("SIGN_UP", "open", "invited", "closed")  # who may make an account
ACCOUNT_RATE_LIMITS = {"change_name": "20/h/user"}  # beside allauth's own
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_ADAPTER = "studysite.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "studysite.accounts.forms.passkeys.AddKeyForm",
    "authenticate_webauthn": "studysite.accounts.forms.passkeys.AuthenticateKeyForm",
    "login_webauthn": "studysite.accounts.forms.passkeys.LoginKeyForm",
    "reauthenticate_webauthn": "studysite.accounts.forms.passkeys.ReauthenticateKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_RECOVERY_CODES_SHOW_ONCE = MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER, MFA_TOTP_TOLERANCE = SITE_NAME, 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers themselves allow it on localhost alone
STAFF_MFA = env_is_on("STAFF_MFA")  # whether staff must have a second factor

# Cookies and headers
SESSION_ENGINE, SESSION_COOKIE_AGE = "studysite.accounts.sessions", 365 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "studysite.csrf.stale"
THEME_COOKIE_NAME = "theme"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS

# Guides
MEMBERS_IMPORT = env_is_on("MEMBERS_IMPORT", default=True)  # whether everybody signed in may make guides of their own
IMPORTS_A_DAY, IMPORTS_AT_ONCE = env_number("IMPORTS_A_DAY", 50), max(env_number("IMPORTS_AT_ONCE", 2), 1)
LEGAL_DIR = env("LEGAL_DIR")  # the folder of pages about the host: imprint, privacy, ...

# Study groups
GROUPS_BY = env_choice("GROUPS_BY", "members", "staff")  # who may start one

# How many proxies of the host's own stand before the server: only their word on a client's address and on HTTPS counts.
ALLAUTH_TRUSTED_PROXY_COUNT = env_number("TRUSTED_PROXIES", 0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None

# What is told of the site while it runs
LOG_FORMAT = env_choice("LOG_FORMAT", "lines", "json")
LOGGING = logging_settings(LOG_FORMAT, is_debugging=DEBUG)
METRICS_TOKEN = env("METRICS_TOKEN")
report_errors(env("SENTRY_DSN"))
