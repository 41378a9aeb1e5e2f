"""A month of the demo company, played day by day until its books are closed and every account is explained.

plan: which day brings which trouble, as a function of the seed. month: the clock and the order of steps.
late: news after midnight, goods that come back after they were paid out. buying: orders by night, and too
large for one place. supply: dealers who order on credit. finance: what the clerk and the lead do every
morning. crash: the night's process is killed. controls: the control accounts against what stands behind
them. checks: whether it all holds.
"""
