-- The SSH host keys that machines have proved to have, for all who deploy.
CREATE TABLE meridian_host_key (
    app     TEXT NOT NULL,
    machine TEXT NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (app, machine)
) STRICT;
