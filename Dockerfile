# Production image: one image for web, worker, beat and the one-shot migration.
FROM python:3.11-slim AS build
WORKDIR /srv/omnichannel
COPY requirements*.lock ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements-installer.lock \
    && /opt/venv/bin/uv pip install --no-cache --python /opt/venv/bin/python --require-hashes -r requirements-production.lock \
    && python -m venv /opt/tools \
    && /opt/venv/bin/uv pip install --no-cache --python /opt/tools/bin/python --require-hashes -r requirements.lock
COPY . .
# Building needs settings to load, not a database: these values do not reach the image's environment.
RUN /opt/tools/bin/python scripts/translations.py compile \
    && OMNICHANNEL_DEMO=1 SECRET_KEY=build FIELD_KEYS='{"build":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}' \
       DATABASE_URL=postgresql://build/build REDIS_URL=redis://build \
       CORE_NETWORK_URL=http://build CORE_NETWORK_SECRET=build \
       /opt/venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf scripts docker

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home omnichannel
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=omnichannel.settings
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/omnichannel /srv/omnichannel
WORKDIR /srv/omnichannel
RUN install -d -o omnichannel var /srv/media /srv/unipay
USER omnichannel
EXPOSE 8000
CMD ["gunicorn", "omnichannel.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", \
     "--access-logfile", "-", "--graceful-timeout", "20"]
