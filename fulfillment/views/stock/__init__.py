"""/stock/: what lies where, how it moved, what is on its way, what was counted, what runs out."""
