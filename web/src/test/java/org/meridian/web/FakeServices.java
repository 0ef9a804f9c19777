package org.meridian.web;

import static org.meridian.testkit.simulation.SimulatedApps.EU;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.model.Duties;
import org.meridian.core.model.Job;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobState;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Schedule;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerDuties;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Worker;
import org.meridian.core.model.WorkerContainer;
import org.meridian.core.spi.Accessories;

/** Servers with a worker, a job that failed and one that runs; and a machine with a database that is unwell. */
final class FakeServices {
    /** What that machine says of its database. */
    static final String UNWELL = "exited <img src=x onerror='window.hit=1'>";

    /** When its last backup was whole; the one after it failed. */
    static final Instant BACKED_UP = Instant.parse("2026-11-23T03:00:00Z");

    /** What the app does beside answering requests. */
    static final Duties DUTIES =
            new Duties(Map.of("mail", Worker.EVERYWHERE)).running(Map.of("digest", job(), "tidy", job()));

    /** The machine, which can only be looked at. */
    static final Accessories KEPT = (Accessories) Proxy.newProxyInstance(
            FakeServices.class.getClassLoader(), new Class<?>[] {Accessories.class}, (proxy, method, arguments) -> {
                return switch (method.getName()) {
                    case "place" -> Optional.of(machine());
                    case "list" ->
                        List.of(new Accessories.Accessory(
                                "db",
                                "",
                                UNWELL,
                                "2026-11-23T10:00:00Z",
                                Optional.empty(),
                                new Accessories.Backups(
                                        Optional.of(new Accessories.Saved(BACKED_UP, 2_000_000)),
                                        Optional.of(BACKED_UP.plusSeconds(86_400)),
                                        Optional.empty()),
                                List.of("volume rows")));
                    default -> throw new UnsupportedOperationException(method.getName());
                };
            });

    private static final Instant BEGAN = Instant.parse("2026-11-23T05:00:00Z");

    private FakeServices() {}

    static ServerDuties look(Server server) {
        return new ServerDuties(
                Set.of("mail"),
                List.of(new WorkerContainer("mail", "running", 0, Optional.of(BEGAN))),
                List.of(
                        new JobState("digest", true, Optional.of(BEGAN.plusSeconds(86_400)), Optional.empty()),
                        new JobState("tidy", true, Optional.empty(), Optional.of(BEGAN))),
                List.of(new JobRun(
                        "digest",
                        server.name(),
                        server.release(),
                        BEGAN,
                        BEGAN.plusSeconds(9),
                        3,
                        JobRun.End.FAILED,
                        false,
                        "")));
    }

    private static Server machine() {
        return new Server(
                new ServerName("meridian-journal-data"),
                EU,
                new ReleaseId(1),
                "",
                Optional.empty(),
                Optional.empty(),
                Server.State.RUNNING);
    }

    private static Job job() {
        var hourly = new Schedule("0 * * * *", ZoneOffset.UTC, List.of(0), List.of(), List.of(), List.of(), List.of());
        return new Job(hourly, "web", List.of("work"), EU, Job.Overlap.SKIP, Duration.ofMinutes(1));
    }
}
