-- Who did what by hand; at is nanoseconds since 1970. Rows are only ever added.
CREATE TABLE meridian_audit (
    app    TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    digest TEXT    NOT NULL,
    body   TEXT    NOT NULL,
    PRIMARY KEY (app, digest)
) STRICT;

CREATE INDEX meridian_audit_by_time ON meridian_audit (app, at);
