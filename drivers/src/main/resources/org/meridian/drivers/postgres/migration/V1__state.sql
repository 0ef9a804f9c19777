-- A row for each app: its token only grows; holder and expires_at (milliseconds since 1970) are NULL while nobody has the
-- lock, and expires_at alone while somebody keeps it.
CREATE TABLE meridian_lock (
    app        text   NOT NULL PRIMARY KEY,
    token      bigint NOT NULL,
    holder     text,
    expires_at bigint
);

CREATE TABLE meridian_record (
    app    text    NOT NULL,
    kind   text    NOT NULL,
    number integer NOT NULL,
    body   text    NOT NULL,
    PRIMARY KEY (app, kind, number)
);

CREATE TABLE meridian_journal (
    position bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    app      text    NOT NULL,
    rollout  integer NOT NULL,
    digest   text    NOT NULL,
    body     text    NOT NULL,
    UNIQUE (app, rollout, digest)
);

CREATE TABLE meridian_answer (
    app     text    NOT NULL,
    rollout integer NOT NULL,
    body    text    NOT NULL,
    PRIMARY KEY (app, rollout)
);
