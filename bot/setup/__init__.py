"""Everything the Makefile does: environments, training, servers, tests.

Standard library only, so that it runs on whatever ``python3`` (3.8 or later) a fresh machine has.
"""
