package org.meridian.drivers.postgres;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.postgresql.PGProperty;

/**
 * Where a PostgreSQL database is and how it is reached.
 *
 * @param host     a name or an address
 * @param port     usually 5432, or that of a pooler
 * @param database the database's name
 * @param user     the role
 * @param password asked for with each new connection; empty when {@code ~/.pgpass} or the server's rules have the answer
 * @param parameters what else the driver takes, by its names: those of {@link #PARAMETERS}; without sslmode it is
 *                   verify-full, but for an address of this machine
 */
public record PostgresServer(
        String host,
        int port,
        String database,
        String user,
        Supplier<Optional<String>> password,
        Map<String, String> parameters) {
    /** What may be set; others of the driver's load classes or write files. */
    public static final Set<String> PARAMETERS =
            Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", "currentSchema", "prepareThreshold");

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** Checks that no part is null, and the options; throws IllegalArgumentException for an unknown one. */
    public PostgresServer {
        requireNonNull(host, "host is null");
        requireNonNull(database, "database is null");
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
        parameters = Map.copyOf(parameters);
        if (!PARAMETERS.containsAll(parameters.keySet())) {
            throw new IllegalArgumentException("the parameters are " + PARAMETERS + ", not " + parameters.keySet());
        }
    }

    String url() {
        // The driver takes an IPv6 address in brackets only.
        String address = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + address + ":" + port + "/";
    }

    /** The driver's settings. Nothing in them leaves anything behind in a session, which a pooler hands to the next. */
    Properties properties() {
        Properties properties = new Properties();
        PGProperty.PG_DBNAME.set(properties, database);
        PGProperty.USER.set(properties, user);
        password.get().ifPresent(word -> PGProperty.PASSWORD.set(properties, word));
        PGProperty.APPLICATION_NAME.set(properties, "meridian");
        PGProperty.CONNECT_TIMEOUT.set(properties, (int) CONNECT.toSeconds());
        PGProperty.LOGIN_TIMEOUT.set(properties, (int) ANSWER.toSeconds());
        PGProperty.SOCKET_TIMEOUT.set(properties, (int) ANSWER.toSeconds());
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.PREPARE_THRESHOLD.set(properties, 0);
        PGProperty.SSL_MODE.set(properties, isHere() ? "prefer" : "verify-full");
        if (!parameters.containsKey("sslrootcert")) {
            // The authorities that Java knows; a file of one's own takes another way.
            PGProperty.SSL_FACTORY.set(properties, "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        parameters.forEach(properties::setProperty);
        return properties;
    }

    private boolean isHere() {
        return Set.of("localhost", "127.0.0.1", "::1", "[::1]").contains(host.toLowerCase(Locale.ROOT));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
    }
}
