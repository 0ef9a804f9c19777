package org.meridian.config;

/** The text of a first configuration. */
final class Proposal {
    private Proposal() {}

    /** For an app of this name with this Compose file. */
    static String text(String app, String compose, ServiceGuess guess) {
        return """
                # Where %1$s runs and how it moves to a new release. 'meridian plan' checks this file and shows what a
                # deploy would do.

                app: %1$s
                compose: %2$s
                image: %3$s  # a release replaces it in each service that has it

                primary: eu  # moves last, and stands in when another region fails

                regions:
                  eu: { provider: local, location: DE, servers: 1 }
                  us: { provider: local, location: US, servers: 1 }
                  # A region can also have an environment and secrets of its own:
                  # asia:
                  #   provider: local
                  #   location: SG  # a country, or a cloud's region such as ap-southeast-1
                  #   env: { DATABASE_REPLICA: asia.db.example.com }
                  #   secrets: env-file:secrets/asia.env

                # env:  # for the app's containers in every region
                #   LOG_LEVEL: info

                serve:
                  service: %4$s
                  port: %5$d
                  health: { path: %6$s }  # an answer of 2xx means fit to serve

                # before_shift: bin/migrate  # once, on the new release, before any traffic moves

                # rollout: { drain: 30s, keep_previous: 15m }  # the defaults

                traffic: { driver: haproxy, port: 8080 }
                """.formatted(app, compose, guess.image(app), quoted(guess.service()), guess.port(), guess.health());
    }

    /** A service may be named like a number or a boolean; quotes keep it text. */
    private static String quoted(String name) {
        return name.matches("[A-Za-z][A-Za-z0-9_.-]*") ? name : "'" + name + "'";
    }
}
