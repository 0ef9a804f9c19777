package org.meridian.cli;

import java.util.Map;
import java.util.Optional;
import org.meridian.config.StateLocation;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.spi.StateStore;
import org.meridian.drivers.postgres.PostgresDatabase;
import org.meridian.drivers.postgres.PostgresServer;
import org.meridian.drivers.s3.S3Location;
import org.meridian.drivers.s3.S3State;
import org.meridian.drivers.sqlite.SqliteDatabase;
import org.meridian.drivers.state.sql.SqlState;

/** Opens the state store that the configuration names. Nothing is connected to before it is used. */
final class StateStores {
    private StateStores() {}

    static StateStore open(StateLocation location, AppName app) {
        return switch (location) {
            case StateLocation.Directory directory ->
                new SqlState(new SqliteDatabase(LocalDirectory.at(directory.path())), app);
            case StateLocation.Postgres postgres -> new SqlState(new PostgresDatabase(server(postgres)), app);
            case StateLocation.S3 s3 ->
                new S3State(new S3Location(s3.bucket(), s3.prefix(), s3.endpoint(), s3.region()), app);
        };
    }

    private static PostgresServer server(StateLocation.Postgres postgres) {
        return new PostgresServer(
                postgres.host(),
                postgres.port(),
                postgres.database(),
                postgres.user(),
                () -> password(System.getenv()),
                postgres.parameters());
    }

    /** Empty when the driver itself shall look into ~/.pgpass. */
    static Optional<String> password(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("MERIDIAN_STATE_PASSWORD"))
                .or(() -> Optional.ofNullable(environment.get("PGPASSWORD")));
    }
}
