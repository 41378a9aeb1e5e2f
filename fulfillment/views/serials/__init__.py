"""/serials/: units by their numbers, the story of one, and files of delivery notes."""
