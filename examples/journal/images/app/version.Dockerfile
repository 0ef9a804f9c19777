# One version of the app. Only this small layer differs from the version before, when the code is the same.
ARG BASE
FROM ${BASE}
ARG CONTENT
LABEL org.meridian.journal.content=${CONTENT}
COPY version /app/version
