"""Question → passages quoted from policy text and law, with scores; or an honest abstention."""

import os

# Read once, when FAISS and the encoder are loaded: for how many rounds a thread looks for work before it sleeps. Long
# looking (the default is 300,000) starves the other server, none makes every step of encoding a passage wait for a core
# to wake up. Measured in docs/adr/0005-retrieval.md.
os.environ.setdefault("GOMP_SPINCOUNT", "10000")
