"""What is solved with OR-Tools, apart from the requests: shadow prices of the stock and joint plans.

Only prices_lp.py and joint_plan.py import the solver (70 ms and some 25 MB per process), and only the
worker's task module and management commands reach them: pyproject.toml forbids it to every page.
"""
