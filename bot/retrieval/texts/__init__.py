"""Official texts an operator adds: read from a file, split by article or heading, kept beside the knowledge."""
