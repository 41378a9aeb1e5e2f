"""Settings, read from the environment. docs/operations.md has the table of every variable."""

import hashlib
import sys
from pathlib import Path

from celery.schedules import crontab
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from oscar.defaults import *  # noqa: F403  (Oscar reads its settings from here)

from omnichannel import environment

ROOT = Path(__file__).resolve().parent.parent

SECRET_KEY = environment.required("SECRET_KEY")
DEBUG = environment.flag("DEBUG")
# The demo company: simulated provider, core network and message gateway; never set in production.
DEMO = environment.flag("OMNICHANNEL_DEMO")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "127.0.0.1,localhost")
PUBLIC_URL = environment.text("PUBLIC_URL", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
FIELD_KEYS = environment.field_keys(environment.required("FIELD_KEYS"))
# Keyed hash for looking up encrypted values; derived so that one secret is enough.
LOOKUP_KEY = hashlib.blake2b(SECRET_KEY.encode(), person=b"lookup", digest_size=32).digest()

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sites",
    "django.forms",
    "django.contrib.flatpages",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "django_celery_beat",
    "pgtrigger",
    "pghistory",
    "omnichannel.kernel.apps.KernelConfig",
    "members.apps.MembersConfig",
    "catalog.apps.CatalogConfig",
    "fulfillment.apps.FulfillmentConfig",
    "orders.apps.OrdersConfig",
    "settlement.apps.SettlementConfig",
    "omnichannel.apps.OmnichannelConfig",
    # Oscar: installed for its models and migrations, its pages stay unrouted.
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "oscar.apps.checkout.apps.CheckoutConfig",
    "oscar.apps.address.apps.AddressConfig",
    "oscar.apps.shipping.apps.ShippingConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "oscar.apps.partner.apps.PartnerConfig",
    "oscar.apps.basket.apps.BasketConfig",
    "oscar.apps.payment.apps.PaymentConfig",
    "oscar.apps.offer.apps.OfferConfig",
    "oscar.apps.customer.apps.CustomerConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "django_tables2",
    "treebeard",
    "widget_tweaks",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "members.middleware.ActorMiddleware",
    "settlement.middleware.ExportTrail",
    "omnichannel.kernel.refusals.RefusalPages",
]

ROOT_URLCONF = "omnichannel.urls"
WSGI_APPLICATION = "omnichannel.wsgi.application"

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
# Ours are put together when they are read, unless somebody is at work on them (decision 59).
_TEMPLATE_SOURCES = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
_ASSEMBLED = ("omnichannel.assembled.Loader", _TEMPLATE_SOURCES, str(ROOT / "templates"))
_CACHED = ("django.template.loaders.cached.Loader", _TEMPLATE_SOURCES)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "loaders": [_CACHED if DEBUG else _ASSEMBLED],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "omnichannel.context.shell",
            ],
            "builtins": [
                f"omnichannel.templatetags.{name}"
                for name in ("ui", "product_cards", "form_fields", "mini_lines")
            ],
        },
    },
]

# The owner role migrates; the application role may not touch a posted row (settlement, decision 3).
DATABASES = {"default": environment.database(environment.required("DATABASE_URL"))}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
PREPARED_STATEMENTS = environment.flag("PREPARED_STATEMENTS", True)
if PREPARED_STATEMENTS:
    # One plan for all values; the choice between plans would plan each run again.
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c plan_cache_mode=force_generic_plan")
DATABASE_OWNER_URL = environment.text("DATABASE_OWNER_URL", "")
DATABASE_APPLICATION_ROLE = environment.text("DATABASE_APPLICATION_ROLE", "omnichannel_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.required("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "omnichannel.kernel.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "oc",
    }
}
SESSION_ENGINE = "omnichannel.kernel.sessions"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "members.permissions.RolePermissions",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "members:staff-sign-in"
LOGIN_REDIRECT_URL = "role-home"
SITE_ID = 1

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "omnichannel" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "omnichannel.formats"

STATIC_URL = "static/"
STATIC_ROOT = ROOT / "var" / "static"
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(ROOT / "var" / "media")))
# A web server in front serves /media/pictures/ in production.
SERVE_PICTURES = environment.flag("SERVE_PICTURES", DEMO)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# django-oscar
OSCAR_DEFAULT_CURRENCY = "CNY"
OSCAR_SHOP_NAME = "Huatong"
OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 200
OSCAR_SLUG_ALLOW_UNICODE = True
OSCAR_OFFERS_INCL_TAX = True
OSCAR_EAGER_ALERTS = False
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "members.api.authentication.ChannelKeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "omnichannel.kernel.refusals.api_answer",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Omnichannel order API",
    "DESCRIPTION": "Channels place, follow and cancel orders. Money is integer fen.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# Text messages: the real gateway, or in a demo the table behind /dev/messages/.
MESSAGE_GATEWAY_URL = environment.text("MESSAGE_GATEWAY_URL", "")
MESSAGE_GATEWAY_SECRET = environment.text("MESSAGE_GATEWAY_SECRET", "")
if not DEMO and not MESSAGE_GATEWAY_URL:
    environment.required("MESSAGE_GATEWAY_URL")

# The account that the bank file pays from, and the provider's fee assumed until its bill comes, ppm.
PLATFORM_BANK_ACCOUNT = environment.text("PLATFORM_BANK_ACCOUNT", "6222020000000000001" if DEMO else "")
# Whose account it is, at which bank, and that bank's CNAPS number (12 digits), for ISO 20022 files.
PLATFORM_ACCOUNT_NAME = environment.text("PLATFORM_ACCOUNT_NAME", "华通演示清算户" if DEMO else "")
PLATFORM_BANK_NAME = environment.text("PLATFORM_BANK_NAME", "工银演示银行" if DEMO else "")
PLATFORM_CNAPS = environment.text("PLATFORM_CNAPS", "999100000001" if DEMO else "")
ASSUMED_PROVIDER_FEE_PPM = 6000
# Megabytes in which a statement of the settlement night sorts or folds before it uses files (work_mem).
SETTLEMENT_WORK_MEM_MB = int(environment.text("SETTLEMENT_WORK_MEM_MB", "64"))

# Number choice (telecom rules that vary by province): minutes, counts, days.
NUMBER_HOLD_MINUTES = 30
NUMBER_MOST_HOLDS = 5
NUMBER_MOST_PER_PERSON = 5
NUMBER_REST_DAYS = 90
# First three digits of the numbers that were assigned to the carrier; others are not taken into the pool.
NUMBER_SEGMENTS = (
    *("134", "135", "136", "137", "138", "139", "147", "148", "150", "151", "152", "157", "158", "159"),
    *("172", "178", "182", "183", "184", "187", "188", "195", "197", "198"),
)
# Areas accepted in resident ID numbers beside the known ones; the demo's was never assigned to anybody.
IDENTITY_AREAS = tuple(environment.words("IDENTITY_AREAS", "990101" if DEMO else ""))

# Celery: the outbox is the only retry, see docs/decisions/.
CELERY_BROKER_URL = environment.broker(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "outbox-sweep": {"task": "kernel.sweep", "schedule": 5.0},
    "holds-expire": {"task": "orders.expire_unpaid", "schedule": 30.0},
    "number-holds-expire": {"task": "catalog.release_expired_numbers", "schedule": 60.0},
    "hot-stock": {"task": "fulfillment.tend_hot_stock", "schedule": 15.0},
    "refusal-timers": {"task": "fulfillment.refuse_overdue", "schedule": 60.0},
    "acceptance-rates": {"task": "fulfillment.reckon_acceptance", "schedule": crontab(hour=3, minute=10)},
    "pickup-reminders": {"task": "fulfillment.remind_of_pickups", "schedule": crontab(minute=35)},
    "pickup-answers": {"task": "fulfillment.lapse_pickup_proposals", "schedule": 300.0},
    "shadow-prices": {"task": "fulfillment.solve_shadow_prices", "schedule": crontab(hour=3, minute=20)},
    "centre-proposals": {"task": "fulfillment.propose_centres", "schedule": crontab(hour=3, minute=40)},
    "routing-reevaluation": {"task": "fulfillment.reevaluate_routes", "schedule": crontab(minute="*/15")},
    "payments-query": {"task": "orders.query_open_payments", "schedule": 60.0},
    "waves": {"task": "fulfillment.build_waves", "schedule": 60.0},
    "openings-again": {"task": "fulfillment.retry_silent_openings", "schedule": 300.0},
    "promises": {"task": "omnichannel.check_promises", "schedule": crontab(minute=17)},
    "purge": {"task": "kernel.purge", "schedule": crontab(hour=4, minute=40)},
    "points-lapse": {"task": "members.lapse_points", "schedule": crontab(hour=0, minute=30)},
    "business-day": {"task": "settlement.run_due_days", "schedule": 30.0},
    "reconciliation": {"task": "settlement.reconcile_due", "schedule": 300.0},
    "clearing-by-product": {"task": "settlement.fold_products", "schedule": 300.0},
    "dealer-days": {"task": "fulfillment.dealer_days", "schedule": crontab(minute="7-59/15")},
    "dealer-waiting": {"task": "fulfillment.dealer_waiting", "schedule": crontab(minute="3-59/15")},
    "dealer-number-holds": {"task": "fulfillment.dealer_number_holds", "schedule": crontab(minute="9-59/15")},
    "dealer-numbers": {"task": "fulfillment.reclaim_dealer_numbers", "schedule": crontab(hour=1, minute=35)},
    "dealer-proposals": {"task": "fulfillment.propose", "schedule": crontab(hour=1, minute=20)},
}

# The Shanghai calendar day ends here (settlement, decision 4).
BUSINESS_DAY_CUTOFF_HOUR = int(environment.text("BUSINESS_DAY_CUTOFF_HOUR", "0"))

# UniPay, the payment provider. Without an address a demo installation talks to its own simulator.
UNIPAY_URL = environment.text("UNIPAY_URL", "")
UNIPAY_MERCHANT_ID = environment.text("UNIPAY_MERCHANT_ID", "1900000001")
UNIPAY_KEYS = Path(environment.text("UNIPAY_KEYS", str(ROOT / "var" / "unipay")))
UNIPAY_INSTITUTION = environment.text("UNIPAY_INSTITUTION", "pp-unipay")

# The carrier's core network. Empty: the simulator in this process, in the demo only.
CORE_NETWORK_URL = (
    environment.text("CORE_NETWORK_URL", "") if DEMO else environment.required("CORE_NETWORK_URL")
)
CORE_NETWORK_SECRET = (
    environment.text("CORE_NETWORK_SECRET", LOOKUP_KEY.hex())
    if DEMO
    else environment.required("CORE_NETWORK_SECRET")
)

# The automated warehouse, where one is. Empty: the simulator in this process, in the demo only.
AUTOMATION_URL = environment.text("AUTOMATION_URL", "")
AUTOMATION_SECRET = environment.text("AUTOMATION_SECRET", LOOKUP_KEY.hex() if DEMO else "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "omnichannel.kernel.logs.MaskingFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO")},
}

UNFOLD = {
    "SITE_TITLE": _("Huatong operations"),
    "SITE_HEADER": _("Huatong operations"),
    "SITE_SYMBOL": "hub",
    "SHOW_HISTORY": True,
    "SHOW_LANGUAGES": True,
    "DASHBOARD_CALLBACK": "omnichannel.admin_home.dashboard",
    "SIDEBAR": {"show_search": False, "navigation": "omnichannel.admin_nav.navigation"},
    "SITE_URL": "/staff/?stay=1",
    "SITE_ICON": lambda request: static("brand/favicon.svg"),
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("brand/favicon.svg")}
    ],
    "STYLES": [lambda request: static("omnichannel/admin.css")],
    # The porcelain green-blue of static/css/tokens.css in Unfold's steps.
    "COLORS": {
        "primary": {
            "50": "236 247 247",
            "100": "219 239 240",
            "200": "183 220 223",
            "300": "134 193 198",
            "400": "75 156 164",
            "500": "24 122 131",
            "600": "0 99 107",
            "700": "0 84 91",
            "800": "0 74 81",
            "900": "5 60 66",
            "950": "3 38 42",
        }
    },
}

TESTING = "pytest" in sys.modules
if TESTING:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
    # The first one is fast; the other reads the passwords of the demo company.
    PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("MD5", "PBKDF2")]

# What the customer pays for delivery, fen; free from this value of goods on.
SHIPPING_FEE_FEN = 1000
FREE_SHIPPING_FROM_FEN = 9900
# How long goods and numbers wait for an unpaid order, minutes.
PAYMENT_MINUTES = 30
# Cash on delivery is offered up to this amount, fen.
COD_LIMIT_FEN = 2_000_000
# Orders that one customer may have on the way with cash still to be collected.
COD_MOST_OPEN = int(environment.text("COD_MOST_OPEN", "10"))
# Different customers whose cards one person at a counter may open within an hour.
CUSTOMER_LOOK_UPS_PER_HOUR = int(environment.text("CUSTOMER_LOOK_UPS_PER_HOUR", "120"))
# A prepaid card holds at most this, fen (what the rules of 2012 for single-purpose cards allow a named card).
CARD_LIMIT_FEN = 500_000
# A parcel that a customer posts at a counter: weight and longest side that couriers take, and the highest
# value that may be declared, fen.
POSTING_MOST_G = 30_000
POSTING_LONGEST_CM = 150
POSTING_MOST_DECLARED_FEN = 1_000_000
# An account opening without an answer is asked for again so many minutes later, so many times: the outbox
# itself repeats for about nine minutes; afterwards a person decides.
PROVISIONING_RETRY_MINUTES = 10
PROVISIONING_ROUNDS = 12
# The network refused so many cards for one parcel: no further one is used before an operator has looked.
MOST_REFUSED_CARDS = 3

# At the door: visits before a parcel goes back, days within which the next one lies, tries to prove identity.
DELIVERY_MOST_VISITS = 3
DELIVERY_AGAIN_WITHIN_DAYS = 7
IDENTITY_TRIES_AT_DOOR = 5
# Suppliers: hours within which they answer our order before operators see it as unanswered, days ahead that
# they may promise; both assumed (decision 82).
SUPPLIER_ANSWER_HOURS = 24
SUPPLIER_PROMISE_MOST_DAYS = 365
# Photos of a parcel: how many, the largest upload in bytes and megapixels, the longer side kept in pixels.
DELIVERY_MOST_PHOTOS = 6
DELIVERY_PHOTO_MOST_BYTES = 12 * 1024 * 1024
DELIVERY_PHOTO_MOST_MEGAPIXELS = 60
DELIVERY_PHOTO_SIDE = 1600
# A QR code for cash on delivery is good for so many minutes; steps made without network count for so many
# hours; a courier's shared position is shown for so many minutes.
COD_QR_MINUTES = 10
COURIER_SENT_LATER_HOURS = 12
COURIER_POSITION_MINUTES = 15
# Pick-up codes that one person may enter wrong in an hour, over all parcels.
PICKUP_WRONG_CODES_PER_HOUR = 20
# New pick-up codes that a lead may send for one parcel within a day, assumed (decision 66).
PICKUP_NEW_CODES_PER_DAY = 3
# Hours that a parcel may stay in a state before operators see it as standing still, where no row of
# StandstillLimit says otherwise; assumed (decision 70). Outside the house they count from the end of the day
# it was due, or from the courier's last news. "ready_for_pickup" is the customer's time to collect;
# "delivered" is for units that were not taken at the door.
STANDSTILL_HOURS = {
    "awaiting_acceptance": 24,
    "accepted": 24,
    "in_wave": 12,
    "picked": 12,
    "sim_taken": 12,
    "account_open": 12,
    "packed": 24,
    "ready_for_pickup": 168,
    "handed_over": 48,
    "out_for_delivery": 24,
    "refused": 120,
    "delivered": 120,
}
# The customer is reminded so many hours before the time to collect is over; assumed.
PICKUP_REMIND_HOURS = 48

# What one customer may have in unpaid holds at a time: orders, and units of one SKU.
HOLD_MOST_ORDERS = int(environment.text("HOLD_MOST_ORDERS", "20"))
HOLD_MOST_UNITS = int(environment.text("HOLD_MOST_UNITS", "200"))

# A SKU is hot in a process after so many reservations, or so many that waited HOT_WAIT_MS, within a second.
HOT_PER_SECOND = int(environment.text("HOT_PER_SECOND", "8"))
HOT_WAITS_PER_SECOND = int(environment.text("HOT_WAITS_PER_SECOND", "3"))
HOT_WAIT_MS = int(environment.text("HOT_WAIT_MS", "20"))
# Its plan is used again for so many seconds; so many orders work at its row at a time.
HOT_PLAN_SECONDS = float(environment.text("HOT_PLAN_SECONDS", "2"))
HOT_CONCURRENCY = int(environment.text("HOT_CONCURRENCY", "8"))
# Its level is divided into so many buckets (0: never) of at least so many units each ...
HOT_BUCKETS = int(environment.text("HOT_BUCKETS", "16"))
HOT_BUCKET_LEAST = int(environment.text("HOT_BUCKET_LEAST", "8"))
# ... and made whole when it sold at most so many units a second for so many seconds.
HOT_COLD_PER_SECOND = float(environment.text("HOT_COLD_PER_SECOND", "1"))
HOT_COOL_SECONDS = int(environment.text("HOT_COOL_SECONDS", "120"))

# Routing's weights, fen: a package more, a day later, δ of a place that may decline, a unit's rarity.
ROUTING_EXTRA_PACKAGE_FEN = 500
ROUTING_LATE_DAY_FEN = 150
ROUTING_REFUSAL_FEN = 60
ROUTING_SCARCITY_FEN = 60
# A place's acceptance rate: its answers of so many days, and the rate of its profile as so many answers more.
ACCEPTANCE_DAYS = 30
ACCEPTANCE_PRIOR_ANSWERS = 20
# Of the places that only sell, so many of the nearest with an article are asked for an order; all, where
# these cannot serve it.
ROUTING_NEAREST = int(environment.text("ROUTING_NEAREST", "40"))
# How long a customer may think about another pick-up store, hours, and how far it may be, kilometres.
PICKUP_ANSWER_HOURS = 24
PICKUP_ASK_KM = 50
# The nightly shadow prices and the quarter-hourly re-evaluation. A demo's day is a function of its seed,
# so there both wait until they are asked for.
ROUTING_SHADOW_PRICES = environment.flag("ROUTING_SHADOW_PRICES", not DEMO)
ROUTING_REEVALUATION = environment.flag("ROUTING_REEVALUATION", not DEMO)
# Shadow prices: days of orders that are taken as typical, days until stock comes again, what a unit that
# nobody has costs (fen). Re-evaluation: orders at once, seconds of solving, what a moved order must save.
ROUTING_PRICES_HISTORY_DAYS = 28
ROUTING_PRICES_HORIZON_DAYS = 7
ROUTING_UNFILLED_FEN = 3000
ROUTING_REEVALUATION_ORDERS = 150
ROUTING_REEVALUATION_SECONDS = 20
ROUTING_LEAST_SAVING_FEN = 150

# A flash sale's queue passes over whoever has not asked for so many seconds.
CAMPAIGN_STALE_SECONDS = int(environment.text("CAMPAIGN_STALE_SECONDS", "30"))
# It opens so many minutes before the sale.
CAMPAIGN_QUEUE_MINUTES = int(environment.text("CAMPAIGN_QUEUE_MINUTES", "60"))
# Where a centre of its own would pay: every night, until an operator decides otherwise. Seconds of solving.
CENTRE_PROPOSALS = environment.flag("CENTRE_PROPOSALS", True)
CENTRE_SECONDS = 20
# What a centre costs until an operator enters it (fulfillment.services.centre_costs): assumptions, in fen.
CENTRE_COSTS = {
    "fixed_month_fen": 6_000_000,
    "investment_fen": 60_000_000,
    "handling_fen": 180,
    "unit_fen": 30,
    "assortment": 500,
    "horizon_days": 28,
    "payback_months": 24,
}
