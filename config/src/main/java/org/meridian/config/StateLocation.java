package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where Meridian's own records are: releases, the journal, receipts, answers and the lock. */
public sealed interface StateLocation {
    /**
     * A directory of this machine.
     *
     * @param path the directory, which need not exist yet
     */
    record Directory(Path path) implements StateLocation {
        /** Checks that it is not null. */
        public Directory {
            requireNonNull(path, "path is null");
        }
    }

    /**
     * A database of a PostgreSQL server. The password is never in the configuration.
     *
     * @param host       a name or an address, an IPv6 one in brackets
     * @param port       1 to 65535
     * @param database   the database's name
     * @param user       who connects
     * @param parameters of the connection, by the names that pgjdbc has for them; only harmless ones are let through
     */
    record Postgres(String host, int port, String database, String user, Map<String, String> parameters)
            implements StateLocation {
        /** Copies the parameters. */
        public Postgres {
            requireNonNull(host, "host is null");
            requireNonNull(database, "database is null");
            requireNonNull(user, "user is null");
            parameters = Map.copyOf(parameters);
        }
    }

    /**
     * A bucket of S3 or of a store that is compatible.
     *
     * @param bucket   the bucket's name
     * @param prefix   what the objects' names begin with, without a slash at either end; may be empty
     * @param endpoint the store's address; empty for AWS
     * @param region   the store's region; empty for the one of the environment
     */
    record S3(String bucket, String prefix, Optional<URI> endpoint, Optional<String> region) implements StateLocation {
        /** Checks that no part is null. */
        public S3 {
            requireNonNull(bucket, "bucket is null");
            requireNonNull(prefix, "prefix is null");
            requireNonNull(endpoint, "endpoint is null");
            requireNonNull(region, "region is null");
        }
    }
}
