package org.meridian.web.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.operation.ReadServices;
import org.meridian.core.operation.Workspace;
import org.meridian.core.plan.Observation;
import org.meridian.core.spi.Accessories;
import org.meridian.core.spi.Time;
import org.meridian.testkit.simulation.SimulatedApps;
import org.meridian.web.LiveSimulation;
import org.meridian.web.world.ServicesView.BackupView;

/** How often the machine is asked that keeps data, while the dashboard looks at the world. */
final class PacedServicesTest {
    private static final Instant MADE = Instant.parse("2026-11-23T03:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(2);

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void the_last_backup_is_shown_and_its_machine_is_asked_every_ten_seconds_however_often_somebody_looks()
            throws Exception {
        try (LiveSimulation simulation = new LiveSimulation(SimulatedApps.threeRegions(1), 1, 1)) {
            Workspace workspace = simulation.workspace("ops@lab-1", event -> {});
            Observation observed = workspace.world().observe();
            var services = new PacedServices(
                    Optional.of(new ReadServices(
                            workspace,
                            server -> {
                                throw new AssertionError("there is no server");
                            },
                            kept())),
                    new StandingTime());

            await(() -> looked(services, observed).seen().at().isPresent());
            for (int i = 0; i < 100; i++) {
                services.look(observed);
            }
            assertThat(asked).hasValue(1);
            assertThat(services.seen().kept().getFirst().backup())
                    .isEqualTo(new BackupView(Optional.of(MADE), Optional.of(512L), Optional.empty()));

            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            await(() -> {
                services.look(observed);
                return asked.get() == 2;
            });
        }
    }

    private static PacedServices looked(PacedServices services, Observation observed) {
        services.look(observed);
        return services;
    }

    private static void await(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never happened").isLessThan(giveUp);
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    /** A machine with a database, which counts how often it is asked. */
    private Accessories kept() {
        return (Accessories) Proxy.newProxyInstance(
                PacedServicesTest.class.getClassLoader(),
                new Class<?>[] {Accessories.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "place" -> Optional.of(machine());
                    case "list" -> {
                        asked.incrementAndGet();
                        yield List.of(database());
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Accessories.Accessory database() {
        return new Accessories.Accessory(
                "db",
                "",
                "running",
                MADE.toString(),
                Optional.empty(),
                new Accessories.Backups(
                        Optional.of(new Accessories.Saved(MADE, 512)), Optional.empty(), Optional.empty()),
                List.of("volume rows"));
    }

    private static Server machine() {
        return new Server(
                new ServerName("meridian-journal-data"),
                SimulatedApps.EU,
                new ReleaseId(1),
                "",
                Optional.empty(),
                Optional.empty(),
                Server.State.RUNNING);
    }

    /** A clock that the test moves. */
    private final class StandingTime implements Time {
        @Override
        public Instant now() {
            return MADE.plusNanos(nanos.get());
        }

        @Override
        public long nanos() {
            return nanos.get();
        }

        @Override
        public void sleep(Duration duration) {
            throw new AssertionError("nobody waits");
        }
    }
}
