"""How well personal data is kept out and intruders are kept away."""
