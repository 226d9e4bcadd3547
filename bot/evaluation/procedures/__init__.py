"""How many questions each topic asks, against the fewest there could be."""
