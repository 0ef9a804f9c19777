package org.meridian.config.compose;

import java.util.Set;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;

/** Knows images whose purpose is to keep data, by the last part of their names. */
final class Databases {
    private static final Set<String> IMAGES = Set.of(
            "arangodb",
            "cassandra",
            "clickhouse",
            "clickhouse-server",
            "cockroach",
            "couchbase",
            "couchdb",
            "edgedb",
            "influxdb",
            "mariadb",
            "minio",
            "mongo",
            "mongodb",
            "mysql",
            "mysql-server",
            "neo4j",
            "percona",
            "percona-server",
            "pgvector",
            "postgis",
            "postgres",
            "postgresql",
            "questdb",
            "rethinkdb",
            "scylla",
            "surrealdb",
            "timescaledb",
            "timescaledb-ha");

    /** Caches, unless they are told to write to disk. */
    private static final Set<String> CACHES = Set.of("dragonfly", "keydb", "redis", "redis-stack-server", "valkey");

    private static final String SQL_SERVER = "mssql/server";

    private Databases() {}

    /** Whether a service is a database. */
    static boolean runs(ComposeService service) {
        String repository = service.repository().orElse("");
        String image = repository.substring(repository.lastIndexOf('/') + 1);
        return IMAGES.contains(image)
                || repository.endsWith(SQL_SERVER)
                || (CACHES.contains(image) && writesToDisk(command(service)));
    }

    /** The command's words with one blank around each. */
    private static String command(ComposeService service) {
        return " "
                + service.body().get("command").map(Databases::line).orElse("").replaceAll("\\s+", " ") + " ";
    }

    private static String line(YamlNode command) {
        return switch (command) {
            case Scalar scalar -> scalar.text();
            case Sequence words ->
                String.join(" ", words.items().stream().map(Databases::line).toList());
            case Mapping mapping -> "";
        };
    }

    /** {@code --appendonly yes}, or {@code --save SECONDS CHANGES} (redis.conf). */
    private static boolean writesToDisk(String command) {
        return command.matches(".* --appendonly [\"']?yes[\"']? .*") || command.matches(".* --save [\"']?\\d.*");
    }
}
