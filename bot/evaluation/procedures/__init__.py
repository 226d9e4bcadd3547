"""Proves that every combination of facts has one complete answer, and counts the questions asked against the fewest."""
