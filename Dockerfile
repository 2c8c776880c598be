# The site as an image: nothing secret is in it, nothing in it needs to be written to. docs/hosting.md says how to run it.
FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --require-hashes -r requirements.txt
COPY . .
RUN SECRET_KEY=for-this-step-only DATABASE_URL=sqlite:////tmp/none.sqlite3 \
    /venv/bin/python manage.py collectstatic --no-input --verbosity 0 && rm -rf var/joined

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --no-create-home studysite && install -d -o studysite /backups
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["granian", "studysite.wsgi:application", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
     "--blocking-threads", "1", "--no-ws", "--workers-kill-timeout", "20", \
     "--respawn-failed-workers", "--respawn-interval", "15"]
