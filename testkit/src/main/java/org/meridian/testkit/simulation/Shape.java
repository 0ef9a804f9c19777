package org.meridian.testkit.simulation;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Backup;
import org.meridian.core.model.BesideFiles;
import org.meridian.core.model.Canary;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.Duties;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Job;
import org.meridian.core.model.Kept;
import org.meridian.core.model.OnFailure;
import org.meridian.core.model.ProbeSettings;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutSettings;
import org.meridian.core.model.Schedule;
import org.meridian.core.model.Serve;
import org.meridian.core.model.TrafficSettings;
import org.meridian.core.model.Worker;

/**
 * What an app of a simulation looks like.
 *
 * @param servers      how many servers each region has; the first region is the primary
 * @param together     whether all regions but the primary move in one wave
 * @param canary       how users move
 * @param onFailure    what is done on a failure
 * @param watch        how long a region is watched
 * @param drain        how long requests may finish
 * @param keepPrevious how long the previous fleet is kept
 * @param beforeShift  whether a command runs before any traffic moves
 * @param approve      whether a person has to approve the primary
 * @param works        whether there are workers, one of them on one server only, jobs, and a release command
 * @param keeps        whether a service keeps data on each machine; then machines stay, whatever servers come and go
 * @param proxied      whether users come to the machines, with a proxy on each
 */
public record Shape(
        List<Integer> servers,
        boolean together,
        Optional<Canary> canary,
        OnFailure onFailure,
        Duration watch,
        Duration drain,
        Duration keepPrevious,
        boolean beforeShift,
        boolean approve,
        boolean works,
        boolean keeps,
        boolean proxied) {
    /** How long a job takes at most. */
    static final Duration JOB_TAKES = Duration.ofSeconds(30);

    /** What an app with workers and jobs does beside answering requests. */
    static final Duties DUTIES = new Duties(Map.of(
                    "mail",
                    Worker.EVERYWHERE,
                    "clock",
                    new Worker(Set.of(SimulatedApps.EU), Optional.of(1), false, Worker.USUAL_GRACE)))
            .running(Map.of("digest", job(SimulatedApps.EU), "report", job(SimulatedApps.US)));

    /** The service that keeps data. */
    static final String DATABASE = "db";

    private static final Kept KEPT = new Kept(
            Map.of(
                    DATABASE,
                    new Kept.KeptService(
                            "5ba1e0d4f00d",
                            Map.of("default", List.of(DATABASE)),
                            List.of("meridian-journal-data_rows"),
                            List.of(),
                            Optional.empty(),
                            Backup.by(Optional.of("dump"), Optional.of("load")))),
            Map.of("rows", "meridian-journal-data_rows"),
            Map.of());

    /** The release command. */
    static final List<String> RELEASE_COMMAND = List.of("schema");

    private static final String COMPOSE = "services: {web: {image: journal}}";

    private static final List<RegionName> NAMES =
            List.of(SimulatedApps.EU, SimulatedApps.US, SimulatedApps.AP, new RegionName("sa"));

    /** Copies the list. */
    public Shape {
        servers = List.copyOf(servers);
    }

    /** One of an app that only answers requests. */
    public Shape(
            List<Integer> servers,
            boolean together,
            Optional<Canary> canary,
            OnFailure onFailure,
            Duration watch,
            Duration drain,
            Duration keepPrevious,
            boolean beforeShift,
            boolean approve) {
        this(
                servers,
                together,
                canary,
                onFailure,
                watch,
                drain,
                keepPrevious,
                beforeShift,
                approve,
                false,
                false,
                false);
    }

    /** The same, of an app that has workers and a release command. */
    Shape working() {
        return doing(true, keeps, proxied);
    }

    /** The same, of an app with a service that keeps data on machines that stay. */
    Shape keeping() {
        return doing(works, true, proxied);
    }

    /** The same, of an app to whose machines users come. */
    Shape withProxies() {
        return doing(works, keeps, true);
    }

    private Shape doing(boolean working, boolean keeping, boolean proxies) {
        return new Shape(
                servers,
                together,
                canary,
                onFailure,
                watch,
                drain,
                keepPrevious,
                beforeShift,
                approve,
                working,
                keeping,
                proxies);
    }

    private Shape rolledOut(Optional<Canary> by, OnFailure failing, boolean hook, boolean approval) {
        return new Shape(
                servers, together, by, failing, watch, drain, keepPrevious, hook, approval, works, keeps, proxied);
    }

    /** An app in three regions with that many servers each. */
    public static Shape threeRegions(int servers) {
        return new Shape(
                List.of(servers, servers, servers),
                true,
                Optional.empty(),
                OnFailure.ROLLBACK_ALL,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofMinutes(15),
                true,
                false);
    }

    /** The name of a region by its place. */
    static RegionName region(int index) {
        return index < NAMES.size() ? NAMES.get(index) : new RegionName("r" + index);
    }

    /** The app. */
    public App app() {
        ImageReference image = ImageReference.parse("journal");
        ComposeFile.Service web = new ComposeFile.Service(Optional.of(image), true, Map.of());
        App app = new App(
                new AppName("journal"),
                keeps
                        ? new ComposeFile(COMPOSE, withDatabase(web), Map.of(), BesideFiles.NONE, Map.of(), KEPT)
                        : new ComposeFile(COMPOSE, Map.of("web", web)),
                image,
                region(0),
                IntStream.range(0, servers.size())
                        .mapToObj(i -> region(region(i), servers.get(i)))
                        .toList(),
                Map.of(),
                new Serve("web", 3000, 3000, health()),
                beforeShift ? Optional.of(List.of("migrate")) : Optional.empty(),
                new RolloutSettings(
                        waves(),
                        watch,
                        drain,
                        keepPrevious,
                        canary,
                        onFailure,
                        approve ? Optional.of(Duration.ofMinutes(2)) : Optional.empty()),
                TrafficSettings.here(8080, Optional.empty()),
                new ProbeSettings("/", 1, Duration.ofSeconds(5)));
        return works ? app.working(Optional.of(RELEASE_COMMAND), DUTIES) : app;
    }

    /** Apps that are a little simpler in one way each. */
    List<Shape> simpler() {
        List<Shape> simpler = new ArrayList<>();
        if (servers.size() > 1) {
            simpler.add(withServers(servers.subList(0, servers.size() - 1)));
        }
        for (int i = 0; i < servers.size(); i++) {
            if (servers.get(i) > 1) {
                List<Integer> fewer = new ArrayList<>(servers);
                fewer.set(i, servers.get(i) - 1);
                simpler.add(withServers(fewer));
            }
        }
        if (works) {
            simpler.add(doing(false, keeps, proxied));
        }
        if (keeps) {
            simpler.add(doing(works, false, proxied));
        }
        if (canary.isPresent() || beforeShift || approve || onFailure != OnFailure.ROLLBACK_ALL) {
            simpler.add(rolledOut(Optional.empty(), onFailure, beforeShift, approve));
            simpler.add(rolledOut(canary, onFailure, false, false));
            simpler.add(rolledOut(canary, OnFailure.ROLLBACK_ALL, beforeShift, approve));
            simpler.removeIf(this::equals);
        }
        return simpler;
    }

    Shape withServers(List<Integer> other) {
        return new Shape(
                other,
                together,
                canary,
                onFailure,
                watch,
                drain,
                keepPrevious,
                beforeShift,
                approve,
                works,
                keeps,
                proxied);
    }

    private List<List<RegionName>> waves() {
        List<RegionName> others =
                IntStream.range(1, servers.size()).mapToObj(Shape::region).toList();
        List<List<RegionName>> waves = new ArrayList<>();
        if (together && !others.isEmpty()) {
            waves.add(others);
        } else {
            others.forEach(region -> waves.add(List.of(region)));
        }
        waves.add(List.of(region(0)));
        return waves;
    }

    private static Map<String, ComposeFile.Service> withDatabase(ComposeFile.Service web) {
        ImageReference image = ImageReference.parse("postgres:17");
        return Map.of("web", web, DATABASE, new ComposeFile.Service(Optional.of(image), false, Map.of()));
    }

    private static Job job(RegionName region) {
        Schedule hourly =
                new Schedule("0 * * * *", ZoneOffset.UTC, List.of(0), List.of(), List.of(), List.of(), List.of());
        return new Job(hourly, "web", List.of("digest"), region, Job.Overlap.SKIP, JOB_TAKES);
    }

    private static HealthCheck health() {
        return new HealthCheck("/up", Duration.ofSeconds(1), Duration.ofSeconds(2), 2, Duration.ofSeconds(60));
    }

    private static Region region(RegionName name, int servers) {
        return new Region(
                name,
                "simulated",
                "DE",
                servers,
                Optional.empty(),
                List.of(),
                Map.of("REGION", name.value()),
                List.of(SimulatedSecrets.REFERENCE));
    }
}
