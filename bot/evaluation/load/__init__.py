"""Many people at once: how fast, how many, how much memory, beside stock Rasa on the same machine in the same run."""
