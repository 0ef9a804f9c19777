package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.meridian.config.guess.Guess;
import org.meridian.config.guess.Guesses;
import org.meridian.core.diagnostic.Diagnostic;

/**
 * The text of a first configuration.
 *
 * @param app     the app's name
 * @param compose the Compose file's name
 * @param guesses what was guessed from it
 */
record Proposal(String app, String compose, Guesses guesses) {
    /** The configuration's usual name. */
    static final String FILE = "meridian.yml";

    /** Checks that no part is null. */
    Proposal {
        requireNonNull(app, "app is null");
        requireNonNull(compose, "compose is null");
        requireNonNull(guesses, "guesses is null");
    }

    /** With what has to be settled as comments at the end, where it moves no other line. */
    String text(List<Diagnostic> settle) {
        return """
                # Where %1$s runs and how it moves to a new release. 'meridian plan' checks this file and shows what a
                # deploy would do. What was guessed from %2$s says why; look it over.
                %3$s
                app: %1$s
                compose: %2$s
                # A release replaces it in each service that has it.
                image: %4$s

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
                  service: %5$s
                  port: %6$s
                  # An answer of 2xx means fit to serve.
                  health: { path: %7$s

                # release_command: %9$s

                # rollout: { drain: 30s, keep_previous: 15m }  # the defaults

                traffic: { driver: haproxy, port: 8080 }
                %8$s""".formatted(
                        app,
                        compose,
                        settle.isEmpty() ? "" : "# What has to be settled before a deploy is at the end.\n",
                        line(guesses.image(), ""),
                        line(guesses.service(), ""),
                        line(guesses.port(), ""),
                        line(guesses.health(), " }"),
                        list(settle),
                        guesses.migration()
                                .map(guess -> guess.value() + "  # " + plain(guess.because())
                                        + "; once, before anything of a new release starts")
                                .orElse("bin/migrate  # once, before anything of a new release starts"));
    }

    private static String line(Guess<?> guess, String end) {
        return scalar(guess.value().toString()) + end + "  # " + plain(guess.because());
    }

    /** A service may be named like a number or a boolean, or contain anything; quotes keep it text. */
    private static String scalar(String text) {
        if (!text.equalsIgnoreCase("null")
                && text.matches("[A-Za-z/][A-Za-z0-9_./~-]*(:[A-Za-z0-9_.-]+)?(@[a-z0-9]+:[0-9a-f]+)?|[1-9][0-9]*")) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= ' ' && c <= '~' && c != '"' && c != '\\';
            quoted.append(plain ? String.valueOf(c) : "\\u%04X".formatted((int) c));
        }
        return quoted.append('"').toString();
    }

    private static String list(List<Diagnostic> settle) {
        if (settle.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n# To settle before a deploy:\n");
        for (Diagnostic problem : settle) {
            String where = problem.where().map(place -> place + ": ").orElse("");
            text.append("# - ").append(plain(where + problem.summary())).append('\n');
            text.append("#   ").append(plain(problem.suggestion())).append('\n');
        }
        return text.toString();
    }

    /** One line that may stand in a comment: YAML allows no control characters there either. */
    private static String plain(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("[^ -~\\u00A0-\\uD7FF\\uE000-\\uFEFE\\uFF00-\\uFFFD]", "?");
    }
}
