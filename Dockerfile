FROM python:3.11-slim AS build
RUN python -m venv /srv/venv
ENV PATH=/srv/venv/bin:$PATH
WORKDIR /srv/bearing
COPY requirements.txt .
RUN ["pip", "install", "--no-cache-dir", "--require-hashes", "-r", "requirements.txt"]
COPY . .
# As the demo, because no secret of an installation belongs in an image.
RUN ["env", "DEMO=on", "python", "manage.py", "collectstatic", "--no-input"]

FROM python:3.11-slim
RUN useradd --system bearing && install -d -o bearing -m 700 /backups
COPY --from=build /srv /srv
ENV PATH=/srv/venv/bin:$PATH
WORKDIR /srv/bearing
USER bearing
EXPOSE 8000
HEALTHCHECK --start-period=20s --timeout=5s CMD ["python", "-c", "from http.client import HTTPConnection; asked = HTTPConnection('127.0.0.1', 8000, timeout=4); asked.request('GET', '/healthz'); raise SystemExit(asked.getresponse().status != 200)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "okrsite.wsgi:application"]
