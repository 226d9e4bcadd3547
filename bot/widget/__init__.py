"""The chat element for web pages and the demo pages; `files` says how they are served."""
