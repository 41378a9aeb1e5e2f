#!/bin/sh
# Runs once in a new PostgreSQL volume: the role that owns the schema and the one the application uses.
set -eu
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" \
    --set=owner_password="$OWNER_PASSWORD" --set=app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE omnichannel_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE omnichannel_app LOGIN PASSWORD :'app_password';
CREATE DATABASE omnichannel OWNER omnichannel_owner LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' TEMPLATE template0;
SQL
