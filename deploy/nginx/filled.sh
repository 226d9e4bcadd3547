#!/bin/sh
# In the container: fill in the template from the environment and start nginx.
set -eu
export FOLDER=/tmp/nginx ERROR_LOG=/dev/stderr ACCESS_LOG=/dev/stdout
export LISTEN="${LISTEN:-8443 ssl}" INNER="${INNER:-8081}" CONSOLE_LISTEN="${CONSOLE_LISTEN:-8444 ssl}"
export CONSOLE_ALLOW="${CONSOLE_ALLOW:-allow 10.0.0.0/8; allow 172.16.0.0/12; allow 192.168.0.0/16;}"
export TLS="${TLS:-ssl_certificate /etc/nginx/tls/server.crt; ssl_certificate_key /etc/nginx/tls/server.key; ssl_protocols TLSv1.2 TLSv1.3;}"
mkdir -p "$FOLDER"
cp /etc/banshi/proxy.conf "$FOLDER/proxy.conf"
envsubst '${FOLDER} ${ERROR_LOG} ${ACCESS_LOG} ${LISTEN} ${INNER} ${CONSOLE_LISTEN} ${CONSOLE_ALLOW} ${TLS} ${RASA_SERVERS} ${ACTION_SERVERS} ${CONSOLE_SERVERS}' \
    < /etc/banshi/banshi.conf.template > "$FOLDER/nginx.conf"
nginx -t -q -c "$FOLDER/nginx.conf"
exec nginx -c "$FOLDER/nginx.conf" -g 'daemon off;'
