# The finished app image: the same as before, with what the training run of ./build learned about starting quickly.
ARG BASE
FROM ${BASE}
COPY journal.aot journal /app/
