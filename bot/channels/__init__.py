"""Where people come in: each channel turns its protocol into turns of a conversation, and replies into its own form."""
