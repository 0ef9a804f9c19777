package org.meridian.journal;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts one of the app's processes: {@code web}, {@code worker}, {@code digest} or {@code migrate}. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final String USAGE = "usage: journal web|worker|digest|migrate";

    private Main() {}

    /** Runs the process that the only argument names; exits 0 when done, 1 when it failed, 2 for bad usage. */
    public static void main(String[] arguments) {
        try {
            run(arguments.length == 1 ? arguments[0] : "");
        } catch (IllegalArgumentException e) {
            fail(2, e);
        } catch (IOException | SQLException e) {
            fail(1, e);
        }
    }

    private static void run(String process) throws IOException, SQLException {
        switch (process) {
            case "web" -> web(Settings.from(System.getenv()));
            case "worker" -> worker(Settings.from(System.getenv()));
            case "digest" -> digest(Settings.from(System.getenv()));
            case "migrate" -> migrate(Settings.from(System.getenv()));
            default -> throw new IllegalArgumentException(USAGE);
        }
    }

    private static void web(Settings settings) throws IOException {
        Database database = Database.connect(settings.database());
        Cache cache = new Memcached(settings.cache());
        Posts posts = new DatabasePosts(database);
        Health health = new Health(settings.identity(), database, new Migrations(database), cache);
        Pages pages = new Pages(settings);
        WebServer server = WebServer.start(
                settings.port(), new Routes(settings, posts, cache, pages, health), settings.identity());
        LOG.info("{} answers on port {}", settings.identity(), server.port());
        Termination.onSignal(() -> {
            health.stopping();
            server.stop(Duration.ofSeconds(25));
            database.close();
        });
    }

    private static void worker(Settings settings) {
        Database database = Database.connect(settings.database());
        Worker worker = new Worker(
                new DatabaseJobs(database, settings.identity()),
                new DatabasePosts(database),
                Duration.ofSeconds(1),
                settings.jobTakes());
        Termination.onSignal(() -> {
            worker.stop();
            database.close();
        });
        LOG.info("{} takes jobs", settings.identity());
        worker.run();
    }

    private static void digest(Settings settings) throws SQLException {
        try (Database database = Database.connect(settings.database())) {
            new Digest(database, settings.identity()).write();
            LOG.info("{} has written a digest", settings.identity());
        }
    }

    private static void migrate(Settings settings) throws SQLException {
        try (Database database = Database.connect(settings.database())) {
            int applied = new Migrations(database).apply();
            LOG.info("{}", applied == 0 ? "the schema is up to date" : applied + " migrations applied");
        }
    }

    private static void fail(int code, Exception problem) {
        System.err.println("journal: " + problem.getMessage());
        System.exit(code);
    }
}
