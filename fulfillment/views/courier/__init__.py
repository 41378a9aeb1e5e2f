"""/courier/: the day's route on a phone, one delivery at a time, also where there is no network."""
