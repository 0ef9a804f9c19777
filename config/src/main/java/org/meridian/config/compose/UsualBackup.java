package org.meridian.config.compose;

import java.util.Optional;
import java.util.Set;
import org.meridian.core.model.Backup;

/**
 * Knows how databases are backed up while they run, by their images. The dumps are whole and of one moment (PostgreSQL
 * documentation, pg_dump; MariaDB documentation, mariadb-dump --single-transaction), and are taken back as a whole or not at
 * all where the database can do that.
 */
final class UsualBackup {
    private static final Set<String> POSTGRES =
            Set.of("pgvector", "postgis", "postgres", "postgresql", "timescaledb", "timescaledb-ha");
    private static final Set<String> MYSQL = Set.of("mariadb", "mysql", "mysql-server", "percona", "percona-server");
    private static final Set<String> REDIS = Set.of("redis", "valkey");

    // The official images' variables; the password is in no argument.
    private static final String POSTGRES_WHO =
            " --username=\"${POSTGRES_USER:-postgres}\" --dbname=\"${POSTGRES_DB:-${POSTGRES_USER:-postgres}}\"";
    private static final String MYSQL_WHO =
            "export MYSQL_PWD=\"${MARIADB_ROOT_PASSWORD:-$MYSQL_ROOT_PASSWORD}\"; exec \"$(command -v %s || command -v %s)\""
                    + " --user=root";

    private UsualBackup() {}

    static Backup of(ComposeService service) {
        String repository = service.repository().orElse("");
        String image = repository.substring(repository.lastIndexOf('/') + 1);
        if (POSTGRES.contains(image)) {
            return backup(
                    "exec pg_dump --clean --if-exists" + POSTGRES_WHO,
                    "exec psql --no-psqlrc --quiet --single-transaction --set=ON_ERROR_STOP=1" + POSTGRES_WHO);
        }
        if (MYSQL.contains(image)) {
            return backup(
                    MYSQL_WHO.formatted("mariadb-dump", "mysqldump")
                            + " --all-databases --single-transaction --routines --events",
                    MYSQL_WHO.formatted("mariadb", "mysql"));
        }
        if (REDIS.contains(image)) {
            return backup(RedisBackup.COMMAND, RedisBackup.RESTORE);
        }
        return Backup.NONE;
    }

    private static Backup backup(String command, String restore) {
        return Backup.by(Optional.of(command), Optional.of(restore));
    }
}
