"""Settings, steered by the environment.

Nothing set: the embedded desk (SQLite, Valkey on a unix socket, letters as files, all under ``GUIMARD_HOME``).
``DATABASE_URL``, ``REDIS_URL``, ``EMAIL_URL``, ``SECRET_KEY``, ``ALLOWED_HOSTS`` and ``PUBLIC_URL`` make a deployment;
each may be given by file instead as ``<NAME>_FILE``. ``GUIMARD_DEMO=1`` adds the demo and refuses a deployment's settings.
"""

from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.environment import BASE_DIR, env, home, is_demo, mail, secret_key, value

# Some generics of the type stubs, such as ModelAdmin[…], exist at run time only with this.
django_stubs_ext.monkeypatch()

GUIMARD_HOME = home()
DEMO = is_demo()
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = secret_key(GUIMARD_HOME)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])

PUBLIC_URL = value("PUBLIC_URL", f"http://localhost:{env.int('PORT', 8000)}").rstrip("/")
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or "localhost"
ALLOWED_HOSTS = [host for host in value("ALLOWED_HOSTS").split(",") if host] or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if value("PUBLIC_URL") else []
SITE_NAME = "Guimard"

INSTALLED_APPS = [
    "core",
    "delegations",
    "events",
    "registrations",
    "checkin",
    "totals",
    "desk",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "django_structlog",
    "django_prometheus",
    "csp",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
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
                "core.context.site",
                "delegations.context.workplace",
            ],
        },
    }
]
FORM_RENDERER = "core.rendering.FormRenderer"

# --- data -----------------------------------------------------------------------------------------------------------
DATABASE_URL = value("DATABASE_URL")
if DATABASE_URL:
    DATABASES: dict[str, Any] = {
        "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": GUIMARD_HOME / "guimard.sqlite3",
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A unix socket path may have 107 characters at most, so a deep GUIMARD_HOME names its socket by REDIS_URL.
REDIS_URL = value("REDIS_URL", f"unix://{GUIMARD_HOME / 'valkey.sock'}")
REDIS_KEY_PREFIX = env.str("REDIS_KEY_PREFIX", "guimard")
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": REDIS_KEY_PREFIX,
        "OPTIONS": {
            # A page must come while Redis is down or frozen: the cache then counts as empty.
            "IGNORE_EXCEPTIONS": True,
            "SOCKET_CONNECT_TIMEOUT": 0.2,
            "SOCKET_TIMEOUT": 0.2,
        },
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- background work ------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 0.5
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CONSUMER = "config.consumer:SteadyConsumer"
CELERY_TASK_SOFT_TIME_LIMIT = 280
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_DEFAULT_QUEUE = REDIS_KEY_PREFIX
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": f"{REDIS_KEY_PREFIX}:",
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 0.3,
    "socket_timeout": 0.4,
    "socket_keepalive": True,
    "max_retries": 0,
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(GUIMARD_HOME / "beat-schedule")
OUTBOX_SWEEP_SECONDS = env.float("OUTBOX_SWEEP_SECONDS", 10)
# How long a worker may hold a row before another may take it; longer than CELERY_TASK_TIME_LIMIT.
OUTBOX_LEASE_SECONDS = env.float("OUTBOX_LEASE_SECONDS", 330)
OUTBOX_RETRY_SECONDS = env.float("OUTBOX_RETRY_SECONDS", 15)
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    "sweep the outbox": {"task": "core.sweep_outbox", "schedule": OUTBOX_SWEEP_SECONDS},
    "note that the worker lives": {"task": "core.heartbeat", "schedule": OUTBOX_SWEEP_SECONDS},
    "send what is due": {"task": "registrations.send_due_letters", "schedule": 300.0},
    "clear old files": {"task": "core.clean_jobs", "schedule": 3600.0},
}

# --- mail -----------------------------------------------------------------------------------------------------------
EMAIL_URL = value("EMAIL_URL")
MAIL_FOLDER = GUIMARD_HOME / "mail"
if EMAIL_URL:
    _mail = mail(EMAIL_URL)
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
else:
    EMAIL_BACKEND = "core.mail.FolderBackend"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <noreply@{PUBLIC_HOST}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- people ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "delegations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "events:list"
ACCOUNT_ADAPTER = "delegations.accounts.ClosedAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "delegations.forms.SignInForm",
    "reset_password": "delegations.forms.ForgottenPasswordForm",
}
# Operators make the accounts and no letter verifies their addresses; a second factor must not wait for one.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# --- languages and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("nl", _("Dutch")), ("de", _("German"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# --- files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = GUIMARD_HOME / "media"
MEDIA_URL = "/media/"
PRIVATE_ROOT = GUIMARD_HOME / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- API ------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "delegations.api.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.parsing.BoundedJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "core.problems.Pages",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "core.problems.problem_response",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Guimard API",
    "DESCRIPTION": "Events, registrations, scans at the door and the published totals.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "LanguageEnum": LANGUAGES,
        "EventKindEnum": "events.enums.Kind",
        "EventStatusEnum": "events.enums.Status",
        "RegistrationStatusEnum": "registrations.enums.State",
        "CheckpointKindEnum": "checkin.enums.CheckpointKind",
        "ScanOutcomeEnum": "checkin.schema.OUTCOMES",
    },
}

# --- safety ---------------------------------------------------------------------------------------------------------
_https = PUBLIC_URL.startswith("https://")
SECURE_SSL_REDIRECT = _https and env.bool("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
# How many proxies of ours stand before us; limits on sign-ins and forms count by the address that the first of them saw.
TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 1 if _https else 0)
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF, "blob:"],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- watchfulness ---------------------------------------------------------------------------------------------------
LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.logs.json_formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {"django.server": {"handlers": ["stderr"], "propagate": False}},
}
# The secret is what follows the first group: manage links, receipts, keys for a new password, what somebody searched.
LOG_SECRETS = [r"(/my/\d+/)[^/\s]+", r"(/registered/)[^/\s]+", r"(/password/reset/key/)[^/\s]+", r"(/\S*\?)\S+"]
DJANGO_STRUCTLOG_CELERY_ENABLED = True
PROMETHEUS_METRIC_NAMESPACE = "guimard"
SILENCED_SYSTEM_CHECKS: list[str] = []
