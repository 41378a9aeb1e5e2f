"""/dealers/: what a dealer orders, receives, owes and sells; the branch and finance see theirs."""
