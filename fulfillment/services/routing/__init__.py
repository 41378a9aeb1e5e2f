"""The planner: pure functions over frozen inputs. No database, no clock, no setting.

drops.sift() leaves the locations that may serve, with a reason for each that may not; planner.plan()
compares plans exactly where costs add up line by line. services/route.py loads, applies, publishes.
"""
