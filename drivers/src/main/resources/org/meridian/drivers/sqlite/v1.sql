-- A row for each app: its token only grows; holder and expires_at (milliseconds since 1970) are NULL while nobody has the
-- lock, and expires_at alone while somebody keeps it.
CREATE TABLE meridian_lock (
    app        TEXT    NOT NULL PRIMARY KEY,
    token      INTEGER NOT NULL,
    holder     TEXT,
    expires_at INTEGER
) STRICT;

CREATE TABLE meridian_record (
    app    TEXT    NOT NULL,
    kind   TEXT    NOT NULL,
    number INTEGER NOT NULL,
    body   TEXT    NOT NULL,
    PRIMARY KEY (app, kind, number)
) STRICT;

CREATE TABLE meridian_journal (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    app      TEXT    NOT NULL,
    rollout  INTEGER NOT NULL,
    digest   TEXT    NOT NULL,
    body     TEXT    NOT NULL,
    UNIQUE (app, rollout, digest)
) STRICT;

CREATE TABLE meridian_answer (
    app     TEXT    NOT NULL,
    rollout INTEGER NOT NULL,
    body    TEXT    NOT NULL,
    PRIMARY KEY (app, rollout)
) STRICT;
