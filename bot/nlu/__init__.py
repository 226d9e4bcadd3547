"""The Rasa side of understanding: sentence vectors, intents, entities from the catalogue, generated training data."""
