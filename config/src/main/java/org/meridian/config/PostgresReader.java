package org.meridian.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.config.StateLocation.Postgres;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Field;

/** Reads the address of a PostgreSQL database; no problem repeats it, since a password may stand in it by mistake. */
final class PostgresReader {
    private static final String EXAMPLE = "Write postgresql://user@host:5432/database?sslmode=verify-full.";
    private static final int PORT = 5432;
    private static final int LARGEST_PORT = 65_535;
    // pgjdbc has others that load classes or write files (its security advisory CVE-2022-21724).
    private static final List<String> PARAMETERS =
            List.of("sslmode", "sslrootcert", "sslcert", "sslkey", "currentSchema", "prepareThreshold");
    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private final Field field;

    private PostgresReader(Field field) {
        this.field = field;
    }

    static Optional<Postgres> read(Field field, String text) {
        return new PostgresReader(field).read(text);
    }

    private Optional<Postgres> read(String text) {
        if (hasPassword(text)) {
            return refused(
                    "password-in-file",
                    "a password stands in the address",
                    "Take it out, and put it into MERIDIAN_STATE_PASSWORD, PGPASSWORD or ~/.pgpass.");
        }
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException e) {
            return refused("wrong-value", "this is not an address", EXAMPLE);
        }
        String database = address.getPath() == null ? "" : address.getPath().replaceFirst("^/", "");
        if (address.getHost() == null || address.getUserInfo() == null) {
            String missing = address.getHost() == null ? "host" : "user";
            return refused("wrong-value", "the address has no " + missing, EXAMPLE);
        }
        if (database.isEmpty() || database.contains("/")) {
            return refused("wrong-value", "the address names no single database", EXAMPLE);
        }
        if (address.getFragment() != null || address.getPort() == 0 || address.getPort() > LARGEST_PORT) {
            return refused("wrong-value", "this is not an address of a database", EXAMPLE);
        }
        int port = address.getPort() < 0 ? PORT : address.getPort();
        return parameters(address.getRawQuery())
                .map(known -> new Postgres(address.getHost(), port, database, address.getUserInfo(), known));
    }

    /** Looks at the text itself: one that is not an address may have a password nonetheless. */
    private static boolean hasPassword(String text) {
        String rest = text.substring(text.indexOf("//") + 2);
        int at = rest.indexOf('@');
        boolean inUser = at >= 0 && rest.substring(0, at).contains(":");
        return inUser || rest.matches("(?s).*[?&][A-Za-z]*[Pp]assword=.*");
    }

    private Optional<Map<String, String>> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String one : query == null ? List.<String>of() : List.of(query.split("&"))) {
            int equals = one.indexOf('=');
            String name = equals < 0 ? one : one.substring(0, equals);
            String value = equals < 0 ? "" : URLDecoder.decode(one.substring(equals + 1), StandardCharsets.UTF_8);
            if (!PARAMETERS.contains(name)) {
                return refused(
                        "unknown-value",
                        "the address has a parameter that is not known; known: " + String.join(", ", PARAMETERS),
                        Closest.to(name, PARAMETERS)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("Take it out."));
            }
            if (parameters.put(name, value) != null) {
                return refused("duplicate-value", name + " stands in the address twice", "Keep one of the two.");
            }
        }
        String mode = parameters.getOrDefault("sslmode", "prefer");
        if (!SSL_MODES.contains(mode)) {
            return refused(
                    "unknown-value",
                    "this sslmode is not known; known: " + String.join(", ", SSL_MODES),
                    Closest.to(mode, SSL_MODES)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Write verify-full."));
        }
        return Optional.of(parameters);
    }

    private <T> Optional<T> refused(String code, String summary, String suggestion) {
        field.error(code, summary, suggestion);
        return Optional.empty();
    }
}
