"""/ops/centres/: where a centre of its own would pay, why elsewhere not, what is decided about it."""
