"""Scripted conversations with fact sheets: whether they reach the right outcome, and with how many questions."""
