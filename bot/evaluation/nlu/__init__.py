"""How well people are understood: held-apart questions, public sets, and stock Rasa on the same data."""
