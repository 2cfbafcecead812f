# The service and the commands, with recognition of pictures, PostgreSQL and buckets. Not with LibreOffice,
# which DOC needs: where you get them, add libreoffice-writer-nogui to the second stage.
FROM python:3.13-slim-bookworm AS build
WORKDIR /build
COPY requirements requirements
RUN python -m venv /opt/matcher \
    && /opt/matcher/bin/pip install --no-cache-dir --require-hashes -r requirements/image.txt
COPY pyproject.toml README.md LICENSE ./
COPY matcher matcher
COPY api api
COPY data data
RUN /opt/matcher/bin/pip install --no-cache-dir --no-build-isolation --no-deps .

FROM python:3.13-slim-bookworm
COPY --from=build /opt/matcher /opt/matcher
ENV PATH=/opt/matcher/bin:$PATH MATCHER_SERVE_HOST=0.0.0.0
RUN useradd --uid 10001 --create-home matcher
USER 10001
WORKDIR /home/matcher
EXPOSE 8000
HEALTHCHECK --start-period=30s --timeout=5s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["matcher"]
CMD ["serve"]
