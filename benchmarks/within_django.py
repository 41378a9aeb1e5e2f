"""Set Django up, then run a module's main(): python -m benchmarks.within_django benchmarks.storefront_ours"""

import importlib
import sys

import django

if __name__ == "__main__":
    django.setup()
    importlib.import_module(sys.argv[1]).main()
