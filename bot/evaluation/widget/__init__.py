"""The widget looked at: screenshots of every kind of reply, made without Rasa from the assistant itself."""
