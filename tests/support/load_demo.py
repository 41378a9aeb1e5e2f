"""Load the demo company into the database that the environment names, as of the tests' fixed day."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "omnichannel.settings")
django.setup()

from omnichannel.demo_day.days import early_morning  # noqa: E402  (models need the set-up above)
from omnichannel.management.commands.load_demo import LOADERS  # noqa: E402
from tests.support.demo import DAY  # noqa: E402

if __name__ == "__main__":
    for loader in LOADERS:
        loader.load(now=early_morning(DAY))
