"""Django's settings. What differs from one place to another comes from `environment`."""

from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF, UNSAFE_INLINE

from kleinverzet import environment, secrets

env = environment.read()

DEBUG = env.debug
SECRET_KEY = secrets.read_or_make(env.data / "secrets", "django-key")
ALLOWED_HOSTS = env.allowed_hosts
CSRF_TRUSTED_ORIGINS = [env.origin]
ROOT_URLCONF = "kleinverzet.urls"
WSGI_APPLICATION = "kleinverzet.serving.application"

INSTALLED_APPS = [
    "kleinverzet.accounts",
    "kleinverzet.vault",
    "kleinverzet.ui",
    "kleinverzet.world",
    "kleinverzet.team",
    "kleinverzet.coach",
    "kleinverzet.me",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks_db",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kleinverzet.ui.middleware.hardening",
    "django.middleware.gzip.GZipMiddleware",
    "kleinverzet.world.middleware.public_pages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "kleinverzet.ui.middleware.body_limit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kleinverzet.world.desk_limits.editors_only",
    "kleinverzet.vault.middleware.vault_cookie",
    "kleinverzet.accounts.middleware.OwnersOnly",
    "kleinverzet.ui.middleware.FieldLimit",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kleinverzet.world.moved.moved",
    "kleinverzet.world.middleware.DeskInOnePiece",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "kleinverzet.ui.context.house",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


_mail = urlsplit(env.mail)
EMAIL_BACKEND = "django.core.mail.backends." + (
    "smtp.EmailBackend" if env.mail else "filebased.EmailBackend"
)
EMAIL_FILE_PATH = env.data / "outbox"
EMAIL_HOST = _mail.hostname or "localhost"
EMAIL_PORT = _mail.port or {"smtp+tls": 587, "smtps": 465}.get(_mail.scheme, 25)
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.mail_from or f"post@{urlsplit(env.origin).hostname}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL


def _database() -> dict[str, Any]:
    if env.database:
        return dict(dj_database_url.parse(env.database, conn_max_age=600, conn_health_checks=True))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": env.data / "kleinverzet.sqlite3",
        # Opening a database and telling it how to behave takes longer than most pages need of it.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what a person was told is kept must survive a power cut.
            # secure_delete: what was erased is overwritten, not only unlinked.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA secure_delete=ON;",
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["kleinverzet.accounts.backend.PassphraseBackend"]
PASSWORD_HASHERS = ["kleinverzet.vault.hasher.VaultHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "kleinverzet.accounts.passphrase.Strength"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "me:home"
LOGOUT_REDIRECT_URL = "world:home"

ACCOUNT_ADAPTER = "kleinverzet.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A reset without an account sends nothing: a mail would tell that somebody tried.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
# People may share an address: siblings, or a class's.
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_RATE_LIMITS = {
    "unlock": "10/300s/user",
    "code": "5/300s/key,10/m/ip",
    "nudge": "30/m/ip",
    # Mails to a parent or guardian: to one address, and about one account.
    "guardian": "5/d/key",
    "guardian_again": "1/d/key",
    # Writing to the practice: a whole school may share one address. Copies go to whoever is named,
    # so few: the form is no way to mail others.
    "contact": "10/h/ip,30/d/ip",
    "contact_copy": "3/d/key,5/d/ip",
    # Planning mails whoever is named, and their parent or guardian.
    "appointment": "10/h/ip,30/d/ip",
    "appointment_mail": "5/d/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.https else 0
ACCOUNT_FORMS = {
    "login": "kleinverzet.accounts.forms.LoginForm",
    "signup": "kleinverzet.accounts.forms.SignupForm",
    "reset_password": "kleinverzet.accounts.forms.AskResetForm",
    "reset_password_from_key": "kleinverzet.accounts.forms.ResetForm",
}
MFA_ADAPTER = "kleinverzet.accounts.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "kleinverzet.accounts.factor_forms.CodeForm",
    "authenticate_webauthn": "kleinverzet.accounts.factor_forms.PasskeyForm",
    "activate_totp": "kleinverzet.accounts.factor_forms.AppForm",
    "add_webauthn": "kleinverzet.accounts.factor_forms.NewPasskeyForm",
    "edit_webauthn": "kleinverzet.accounts.factor_forms.PasskeyNameForm",
}
# A passkey alone brings no passphrase, and without one the vault stays shut.
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "Klein Verzet"
# The clock of a phone may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# The name is what signs in, so an address that nobody confirmed locks nobody out.
MFA_ALLOW_UNVERIFIED_EMAIL = True

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Dutch is the source: its texts are the message ids, and English is the one catalogue.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

WAGTAIL_SITE_NAME = "Klein Verzet"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_BASE_URL = env.origin
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
# A passphrase opens a vault, so it is changed where the vault is, and not at the editors' desk.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Nobody else hears who edits here.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_WORKFLOW_ENABLED = False
# As a browser's own field for a moment writes it.
WAGTAIL_DATETIME_FORMAT = "%Y-%m-%dT%H:%M"
WAGTAILIMAGES_IMAGE_FORM_BASE = "kleinverzet.world.pictures.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
MEDIA_ROOT = env.data / "media"
MEDIA_URL = "/media/"

STATIC_URL = "/static/"
STATIC_ROOT = env.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
# Nothing asks for a file without its hash, so only those with one are kept and compressed.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# A form of ours is a few kilobytes; what is larger gets a clear answer before it is read.
FORM_BYTES, FORM_FIELDS = 64 * 1024, 200
# A page with many blocks is more, and only editors send one; see ui.bodies and world.desk_limits.
DESK = "/beheer/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# The few addresses that take a file, by name, and how many bytes; see ui.bodies.
LARGE_BODIES = {
    "me:bring_in": 20 * 1024 * 1024,
    **dict.fromkeys(
        (
            "wagtailimages:add",
            "wagtailimages:add_multiple",
            "wagtailimages:edit",
            "wagtailimages_chooser:create",
        ),
        WAGTAILIMAGES_MAX_UPLOAD_SIZE + FORM_BYTES,
    ),
}
# A file is kept in memory while it is read, and never on disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = max(LARGE_BODIES.values())
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        **({"upgrade-insecure-requests": True} if env.https else {}),
    }
}
# What the editors' desk adds: a preview stands in a frame, a picture is shown before it is sent,
# and the field for text makes a style of its own. Scripts come from files there too.
DESK_POLICY = {
    "frame-src": [SELF],
    "img-src": [SELF, "blob:", "data:"],
    "style-src": [SELF, UNSAFE_INLINE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": under that a browser says of our own forms, too, that they come from nowhere.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = env.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.https else None
SECURE_HSTS_SECONDS = 63_072_000 if env.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.https
SECURE_HSTS_PRELOAD = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.https
SESSION_COOKIE_NAME = "__Host-session" if env.https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if env.https else "csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "kleinverzet.ui.errors.forbidden"

# A log says that something broke and where, never what somebody wrote or asked for.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "kleinverzet.ui.quiet_log.QuietFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": [], "propagate": False},
    },
}
