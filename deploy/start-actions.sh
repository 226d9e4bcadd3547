#!/bin/sh
# In the container: the index of the image beside what is written at run time, then the action server.
set -eu
[ -e "$BANSHI_VAR/index" ] || cp -r /app/var/index "$BANSHI_VAR/index"
exec /opt/venv/bin/python -m actions
