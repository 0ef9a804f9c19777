package org.meridian.config;

import static org.meridian.config.Mistake.both;
import static org.meridian.config.Mistake.loader;

import java.util.List;

/** What can be wrong with what services are for. */
final class RoleMistakes {
    private static final String PART = "before_shift:";

    private RoleMistakes() {}

    static List<Mistake> all() {
        return List.of(
                loader(
                        PART,
                        "workers: { #wroker: { servers: 1 } }\n" + PART,
                        "workers.wroker: there is no service 'wroker' in",
                        "Did you mean 'worker'?"),
                loader(
                        PART,
                        "workers: { #web: { servers: 1 } }\n" + PART,
                        "workers.web: the service 'web' answers the requests, so it is no worker",
                        "serve.service"),
                loader(
                        PART,
                        "workers: { worker: { regions: [#asia] } }\n" + PART,
                        "workers.worker.regions[1]: there is no region 'asia'",
                        "eu, us"),
                both(
                        PART,
                        "workers: { worker: { servers: #0 } }\n" + PART,
                        "workers.worker.servers: 0 is outside",
                        "1 to 1000"),
                both(
                        PART,
                        "workers: { worker: { overlap: #maybe } }\n" + PART,
                        "workers.worker.overlap: 'maybe' is not",
                        "true"),
                both(
                        PART,
                        "services: { worker: { role: #job } }\n" + PART,
                        "services.worker.role: 'job' is not",
                        "Write worker"),
                both(
                        PART,
                        "services: { worker: { ephemeral: #maybe } }\n" + PART,
                        "services.worker.ephemeral: 'maybe' is not",
                        "true"),
                loader(
                        PART,
                        "services: { worker: { role: support } }\nworkers: { #worker: { servers: 1 } }\n" + PART,
                        "workers.worker: 'services.worker' says that it is no worker",
                        "one of the two"),
                both(PART, "release_command: #''\n" + PART, "release_command: there is no command", "bin/migrate"));
    }
}
