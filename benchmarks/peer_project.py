"""Write the peer: a project of unmodified django-oscar, as its documentation sets one up.

As Oscar's own sandbox has it: requests in transactions, sessions in the database, a cache in memory.
Otherwise the faster choice is taken: no debug, kept connections, compiled templates kept, no offers,
thumbnails that cost nothing. Its list comes straight from the ORM: as shipped it goes through a search
engine (126 queries with Whoosh), and Haystack's simple backend finds nothing when DEBUG is off.
"""

from pathlib import Path

SETTINGS = """
from oscar.defaults import *
from benchmarks.peer_project import database

SECRET_KEY = "peer"
DEBUG = False
ALLOWED_HOSTS = ["*"]
SITE_ID = 1
DATABASES = {"default": database() | {"ATOMIC_REQUESTS": True, "CONN_MAX_AGE": 600}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
ROOT_URLCONF = "urls"
INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
    "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles",
    "django.contrib.sites", "django.contrib.flatpages",
    "oscar.config.Shop", "oscar.apps.analytics.apps.AnalyticsConfig",
    "oscar.apps.checkout.apps.CheckoutConfig", "oscar.apps.address.apps.AddressConfig",
    "oscar.apps.shipping.apps.ShippingConfig", "oscar.apps.catalogue.apps.CatalogueConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig", "oscar.apps.partner.apps.PartnerConfig",
    "oscar.apps.basket.apps.BasketConfig", "oscar.apps.payment.apps.PaymentConfig",
    "oscar.apps.offer.apps.OfferConfig", "oscar.apps.order.apps.OrderConfig",
    "oscar.apps.customer.apps.CustomerConfig", "oscar.apps.search.apps.SearchConfig",
    "oscar.apps.voucher.apps.VoucherConfig", "oscar.apps.wishlists.apps.WishlistsConfig",
    "oscar.apps.dashboard.apps.DashboardConfig",
    "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
    "oscar.apps.dashboard.users.apps.UsersDashboardConfig",
    "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig",
    "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
    "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
    "widget_tweaks", "haystack", "treebeard", "django_tables2",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.template.context_processors.i18n",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
        "oscar.apps.search.context_processors.search_form",
        "oscar.apps.checkout.context_processors.checkout",
        "oscar.apps.communication.notifications.context_processors.notifications",
        "oscar.core.context_processors.metadata",
    ]},
}]
AUTHENTICATION_BACKENDS = [
    "oscar.apps.customer.auth_backends.EmailBackend", "django.contrib.auth.backends.ModelBackend",
]
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_DEFAULT_CURRENCY = "CNY"
OSCAR_INITIAL_ORDER_STATUS = "Pending"
OSCAR_THUMBNAILER = "benchmarks.peer_project.FreeThumbnails"
"""
URLS = """
from django.apps import apps
from django.urls import include, path
from listing import CategoryFromOrm

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("list/<int:pk>/", CategoryFromOrm.as_view()),
    path("", include(apps.get_app_config("oscar").urls[0])),
]
"""
LISTING = '''
from types import SimpleNamespace

from django.views.generic import ListView
from oscar.apps.catalogue.models import Category, Product


class CategoryFromOrm(ListView):
    """Oscar's own category template over its own base queryset, without the search engine."""

    template_name = "oscar/catalogue/category.html"
    paginate_by = 20

    def get_queryset(self):
        self.category = Category.objects.get(pk=self.kwargs["pk"])
        within = self.category.get_descendants_and_self()
        shown = Product.objects.browsable().base_queryset()
        return shown.filter(categories__in=within).distinct()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        products = [SimpleNamespace(object=product) for product in context["object_list"]]
        return context | {"category": self.category, "products": products, "summary": self.category.name}
'''
MANAGE = """
import sys
from django.core.management import execute_from_command_line

execute_from_command_line(sys.argv)
"""


class FreeThumbnails:
    """A thumbnailer that answers at once; the articles have no pictures on either side."""

    def generate_thumbnail(self, source, **_options):
        return source

    def delete_thumbnails(self, source) -> None:
        """Nothing was made."""


def database() -> dict:
    import os

    from omnichannel import environment

    return environment.database(os.environ["DATABASE_URL"])


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"settings.py": SETTINGS, "urls.py": URLS, "listing.py": LISTING, "manage.py": MANAGE}
    for name, text in texts.items():
        (folder / name).write_text(text.lstrip())
