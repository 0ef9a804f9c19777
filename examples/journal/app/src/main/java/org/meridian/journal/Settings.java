package org.meridian.journal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Everything that the environment decides.
 *
 * @param port where the web process listens, 0 for any free port
 * @param greeting what the pages say at the top; a region may have its own
 * @param jobTakes how long the worker makes each job last
 */
record Settings(
        Identity identity,
        DatabaseSettings database,
        CacheAddress cache,
        int port,
        String greeting,
        Duration jobTakes) {
    /** Where the build puts the image's version, in a layer of its own. */
    private static final Path VERSION_FILE = Path.of("/app/version");

    Settings {
        requireNonNull(identity, "identity is null");
        requireNonNull(database, "database is null");
        requireNonNull(cache, "cache is null");
        requireNonNull(greeting, "greeting is null");
        requireNonNull(jobTakes, "jobTakes is null");
    }

    /** Where Memcached listens. */
    record CacheAddress(String host, int port) {
        CacheAddress {
            requireNonNull(host, "host is null");
        }
    }

    /** Where the primary and the region's replica are, and who we are there. {@code toString} hides the password. */
    record DatabaseSettings(
            String primaryHost, String replicaHost, int port, String name, String user, String password) {
        DatabaseSettings {
            requireNonNull(primaryHost, "primaryHost is null");
            requireNonNull(replicaHost, "replicaHost is null");
            requireNonNull(name, "name is null");
            requireNonNull(user, "user is null");
            requireNonNull(password, "password is null");
        }

        /** Whether this region reads from another server than it writes to. */
        boolean hasReplica() {
            return !replicaHost.equals(primaryHost);
        }

        @Override
        public String toString() {
            return user + "@" + primaryHost + " (reads " + replicaHost + "):" + port + "/" + name;
        }
    }

    /** Reads the settings; every variable has a default that suits a laptop, except the password, which is empty. */
    static Settings from(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        String primary = variables.text("DATABASE_HOST", "127.0.0.1");
        return new Settings(
                new Identity(
                        variables.text("MERIDIAN_REGION", "local"),
                        variables.text("MERIDIAN_SERVER", "local"),
                        variables.text("MERIDIAN_RELEASE", "local"),
                        variables.text("JOURNAL_VERSION", builtVersion())),
                new DatabaseSettings(
                        primary,
                        variables.text("DATABASE_REPLICA_HOST", primary),
                        variables.port("DATABASE_PORT", 3306),
                        variables.text("DATABASE_NAME", "journal"),
                        variables.text("DATABASE_USER", "journal"),
                        variables.text("DATABASE_PASSWORD", "")),
                new CacheAddress(variables.text("CACHE_HOST", "127.0.0.1"), variables.port("CACHE_PORT", 11211)),
                variables.port("PORT", 3000),
                variables.text("GREETING", "Hello"),
                variables.millis("JOB_MILLIS", 0));
    }

    private static String builtVersion() {
        try {
            return Files.readString(VERSION_FILE).strip();
        } catch (IOException _) { // not in an image: a developer runs it
            return "dev";
        }
    }

    private record Variables(Map<String, String> environment) {
        /** The variable's value; an empty one counts as absent, as Compose passes unset variables on as empty. */
        String text(String name, String otherwise) {
            String value = environment.getOrDefault(name, "");
            return value.isEmpty() ? otherwise : value;
        }

        int port(String name, int otherwise) {
            String value = text(name, Integer.toString(otherwise));
            if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
                throw new IllegalArgumentException(
                        "%s is '%s', but must be a port number, for example %d".formatted(name, value, otherwise));
            }
            return Integer.parseInt(value);
        }

        Duration millis(String name, int otherwise) {
            String value = text(name, Integer.toString(otherwise));
            if (!value.matches("\\d{1,5}")) {
                throw new IllegalArgumentException(
                        "%s is '%s', but must be milliseconds, from 0 to 99999".formatted(name, value));
            }
            return Duration.ofMillis(Integer.parseInt(value));
        }
    }
}
