-- The SSH host keys that machines have proved to have, for all who deploy.
CREATE TABLE meridian_host_key (
    app     text NOT NULL,
    machine text NOT NULL,
    body    text NOT NULL,
    PRIMARY KEY (app, machine)
);
