"""What is measured: one package each, run by ``make evaluate`` or ``python -m bot.evaluation.<name>``."""
