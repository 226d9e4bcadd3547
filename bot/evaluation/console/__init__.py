"""How fast the console is, and how many actions a caller's sentence needs."""
