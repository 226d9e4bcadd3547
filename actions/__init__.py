"""Rasa's custom actions. Each only translates: tracker → ``bot.answers`` → events."""
