"""All settings, read from the environment; docs/operations.md explains each one.

A file `.env` beside manage.py fills in what the environment leaves out. `make` writes
one that asks for the demo; an installation needs none.
"""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host
from django.utils.translation import gettext_lazy as _

from okrsite.embedded_postgres import Cluster

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")


def switch(name: str, default: bool = False) -> bool:
    word = env.str(name, "on" if default else "off").lower()
    if word not in ("on", "off"):
        raise ImproperlyConfigured(f"{name} must be on or off, not “{word}”.")
    return word == "on"


def number(name: str, default: int, lowest: int, highest: int) -> int:
    text = env.str(name, str(default))
    if not (text.isdecimal() and text.isascii() and lowest <= int(text) <= highest):
        raise ImproperlyConfigured(
            f"{name} must be a whole number from {lowest} to {highest}, not “{text}”."
        )
    return int(text)


def needed(name: str, what: str) -> str:
    text = env.str(name, "").strip()
    if not text:
        raise ImproperlyConfigured(f"{name} is missing: set it to {what}.")
    return text


# -- Which kind of run this is ---------------------------------------------------------------

DEBUG = switch("DEBUG")
# The demo, development and tests: on this machine, without TLS, with passwords anyone knows.
DEMO = switch("DEMO")
PUBLIC = not (DEBUG or DEMO)

if PUBLIC:
    SECRET_KEY = needed("SECRET_KEY", "a long random text that only this installation knows")
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
        raise ImproperlyConfigured("SECRET_KEY is too easy to guess: use 50 random characters.")
    ALLOWED_HOSTS = [
        host.strip()
        for host in needed("ALLOWED_HOSTS", "the host names of this site, with commas").split(",")
    ]
    for host in ALLOWED_HOSTS:
        if not host or set(host) & set("*/: "):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS must list plain host names, such as okr.example.org, not “{host}”."
            )
else:
    if env.str("ALLOWED_HOSTS", ""):
        raise ImproperlyConfigured(
            "DEMO and DEBUG must be off where ALLOWED_HOSTS is set: neither is safe to show others."
        )
    SECRET_KEY = env.str("SECRET_KEY", "known-to-everyone-and-only-for-runs-on-this-machine")
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

# Where links in mails lead: the worker that writes them has no request to look at.
if PUBLIC:
    SITE_URL = env.str("SITE_URL", "").rstrip("/") or f"https://{ALLOWED_HOSTS[0]}"
    site = re.fullmatch(r"https://([a-z0-9.-]+)(:[0-9]{1,5})?", SITE_URL)
    if not (site and validate_host(site[1], ALLOWED_HOSTS) and not site[1].startswith(".")):
        raise ImproperlyConfigured(
            "SITE_URL must be https:// and a name from ALLOWED_HOSTS, such as "
            f"https://okr.example.org, not “{SITE_URL}”."
        )
else:
    PORT = number("PORT", 8000, 1, 65535)
    SITE_URL = f"http://127.0.0.1:{PORT}"

# -- Parts -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "guardian",
    "allauth",
    "allauth.account",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
    "csp",
    "apps.organisation",
    "apps.objectives",
    "apps.initiatives",
    "apps.checkins",
    "apps.alignment",
    "apps.notices",
    "apps.exchange",
    "apps.dashboards",
    "okrsite",
]

MIDDLEWARE = [
    "okrsite.middleware.Health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Tokens are masked anew in each answer and Django pads what it compresses (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "okrsite.middleware.RequestOrganisation",
    "okrsite.middleware.ShutOut",
    "okrsite.middleware.PersonLanguage",
    "okrsite.middleware.SignInFirst",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "okrsite.middleware.HtmxLogin",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "okrsite.urls"
WSGI_APPLICATION = "okrsite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.dashboards.rail.rail",
            ],
        },
    },
]
# Form fields and widgets are drawn by our own templates first.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- Data ------------------------------------------------------------------------------------


def database(url: str) -> dict[str, Any]:
    try:
        found = env.db_url_config(url) if url.startswith(("postgres:", "postgresql:")) else {}
    except ValueError:  # a port that is no number
        found = {}
    if not found.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgresql://user:password@host:5432/database."
        )
    return found | {"HOST": unquote(found["HOST"])}  # a socket's folder comes as %2F…


DATABASE_URL = env.str("DATABASE_URL", "")
# The demo shows another list in a database of its own: `make demo DATA=gitlab`.
DATA = env.str("DATA", "") if DEMO else ""
OF_DATA = re.sub(r"[^a-z0-9]+", "_", Path(DATA).stem.lower())[:40]
# Where nobody names a server, `manage.py db start` and the demo run one of this folder's own.
EMBEDDED_POSTGRES = (
    None
    if DATABASE_URL
    else Cluster(BASE_DIR / ".postgres", database=f"bearing_{OF_DATA}" if DATA else "bearing")
)
DATABASES = {"default": EMBEDDED_POSTGRES.django() if EMBEDDED_POSTGRES else database(DATABASE_URL)}
# Connections are kept, and asked whether they still live, instead of pooled.
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, so that all processes count the same failed sign-ins.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # With Django's 300, failed sign-ins under many names would push out what was counted.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# -- People ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = [
    "apps.organisation.sign_in.SignInBackend",
    "apps.organisation.permissions.TeamBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "apps.organisation.sign_in.ClosedDoor"
ACCOUNT_FORMS = {
    "login": "apps.organisation.forms.SignInForm",
    "reset_password": "apps.organisation.forms.ForgottenPasswordForm",
    "reset_password_from_key": "apps.organisation.forms.FirstPasswordForm",
}
# allauth's own keeps a second table of addresses; Django's has the address in the link's hash, too.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by administrators, never by visitors
# The rest of allauth's limits stand: failed sign-ins 10 a minute from one address on the net and 5
# in five minutes for one account, all sign-ins 30 a minute, changes of password 5.
ACCOUNT_RATE_LIMITS = {"reset_password": "10/m/ip,3/10m/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PUBLIC else "http"

ANONYMOUS_USER_NAME = None  # otherwise guardian keeps a row for nobody among the people
# W001 asks for guardian's own backend; ours, TeamBackend, answers from the one permission table.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

# An un-blended list of 500 lines asks up to seven things about each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# -- Words and times -------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["okrsite.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# -- Files -----------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "okrsite.static.OneSheetStorage"
    },
}

# -- Mail ------------------------------------------------------------------------------------

EMAIL_URL = env.str(
    "EMAIL_URL", "smtp://localhost:25" if PUBLIC else f"filemail:///{BASE_DIR}/.mail"
)
try:
    mail = env.email_url_config(EMAIL_URL)
except (ImproperlyConfigured, ValueError):
    raise ImproperlyConfigured(
        "EMAIL_URL must look like smtp+tls://user:password@host:587."
    ) from None
if mail["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend":
    mail["EMAIL_BACKEND"] = "apps.notices.folder.EmailBackend"  # one file a mail
vars().update(mail)
MAIL_FOLDER: str = mail.get("EMAIL_FILE_PATH", "")
EMAIL_TIMEOUT = 20  # seconds for each step of talking to the mail server
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", f"Bearing <bearing@{ALLOWED_HOSTS[0].lstrip('.')}>"
)

# -- Safety ----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = PUBLIC
SECURE_HSTS_SECONDS = number("HSTS_SECONDS", 31_536_000, 0, 63_072_000) if PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PUBLIC
SECURE_HSTS_PRELOAD = PUBLIC
SESSION_COOKIE_SECURE = PUBLIC
CSRF_COOKIE_SECURE = PUBLIC
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "apps.organisation.views.door.forged"
if PUBLIC:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
else:
    # Browsers share cookies among ports: two demos side by side need two names.
    SESSION_COOKIE_NAME = f"session-{PORT}"
    CSRF_COOKIE_NAME = f"csrf-{PORT}"
# Only where a proxy sets these headers itself may they be believed.
if switch("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# -- What went wrong -------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # a wrong address is not this site's trouble
        "apps.notices": {"level": "INFO" if PUBLIC else "WARNING"},  # what the worker did
    },
}
