"""Question → passages quoted from policy text and law, with scores; or an honest abstention."""
