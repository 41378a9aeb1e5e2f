"""The local installation: everything `make run` and `make test` need on a machine with only Python.

Modules up to `python_env` use the standard library alone, because they run before the virtual
environment exists; the rest run inside it. Nothing here knows the business.
"""
