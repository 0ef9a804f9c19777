-- Who did what by hand; at is nanoseconds since 1970. Rows are only ever added.
CREATE TABLE meridian_audit (
    app    text   NOT NULL,
    at     bigint NOT NULL,
    digest text   NOT NULL,
    body   text   NOT NULL,
    PRIMARY KEY (app, digest)
);

CREATE INDEX meridian_audit_by_time ON meridian_audit (app, at);
