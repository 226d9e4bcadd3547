"""The editors' tools: check, compare, watch the law, start new files, preview. They change no answer themselves."""
