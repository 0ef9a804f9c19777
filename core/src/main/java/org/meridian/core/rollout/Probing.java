package org.meridian.core.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.App;
import org.meridian.core.model.ProbeSettings;
import org.meridian.core.model.Receipt.ProbeReceipt;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.Prober.Answer;
import org.meridian.core.spi.Tasks;

/** Requests the public address from each region's point of view, all the time, and counts what users would see. */
final class Probing implements AutoCloseable {
    private static final Duration COUNT_EVERY = Duration.ofSeconds(10);

    private final World world;
    private final ProbeSettings settings;
    private final App app;
    private final ProbeTally tally = new ProbeTally();
    private final OwnTraffic own;
    private final Map<RegionName, AtomicInteger> blamed = new ConcurrentHashMap<>();
    private final Map<RegionName, String> lastBlame = new ConcurrentHashMap<>();
    private final List<Tasks.Background> running = new ArrayList<>();

    private Probing(World world, App app) {
        this.world = world;
        this.settings = app.probe();
        this.app = app;
        this.own = new OwnTraffic(
                world.metrics(), app.regions().stream().map(Region::name).toList(), tally::sent, world.time());
    }

    /** Begins to request from every region; a rollout without users yet requests nothing. */
    static Probing start(World world, App app, boolean users) {
        Probing probing = new Probing(world, app);
        if (users) {
            for (Region region : app.regions()) {
                probing.running.add(world.tasks().start("probe " + region.name(), () -> probing.loop(region)));
            }
            probing.running.add(world.tasks().start("probe counts", probing::report));
            if (app.probe().perSecond().isEmpty()) {
                probing.running.add(world.tasks().start("users' requests", probing::countUsers));
            }
        }
        return probing;
    }

    /** One at a time from each region. */
    private void loop(Region region) throws InterruptedException {
        ProbePace pace = ProbePace.of(app, own::perSecond);
        while (true) {
            Stopwatch watch = Stopwatch.start(world.time());
            Answer answer = world.prober().probe(region, settings.path(), settings.timeout());
            count(region, answer);
            Duration rest = pace.rest(watch.elapsed(), answer);
            world.time().sleep(rest.isPositive() ? rest : Duration.ofMillis(1));
        }
    }

    private void count(Region region, Answer answer) {
        tally.add(answer);
        if (answer.good()) {
            return;
        }
        if (answer.reached()) {
            blamed.computeIfAbsent(region.name(), name -> new AtomicInteger()).incrementAndGet();
            lastBlame.put(region.name(), answer.detail());
        }
        world.events().emit(new RolloutEvent.ProbeFailed(world.time().now(), region.name(), answer.detail()));
    }

    private void countUsers() throws InterruptedException {
        while (true) {
            own.look();
            world.time().sleep(COUNT_EVERY);
        }
    }

    private void report() throws InterruptedException {
        while (true) {
            world.time().sleep(Duration.ofSeconds(1));
            emitCounts();
        }
    }

    private void emitCounts() {
        ProbeReceipt counts = tally.receipt();
        world.events()
                .emit(new RolloutEvent.Probed(
                        world.time().now(), counts.sent(), counts.failed(), counts.p50(), counts.max()));
    }

    /** The present counts, to compare with later. */
    Mark mark() {
        Map<RegionName, Integer> counts = new ConcurrentHashMap<>();
        blamed.forEach((region, count) -> counts.put(region, count.get()));
        return new Mark(counts);
    }

    /** How many requests from a region failed since then, connections refused by the edge itself left out. */
    int blamedSince(Mark mark, RegionName region) {
        AtomicInteger now = blamed.get(region);
        return now == null ? 0 : now.get() - mark.counts().getOrDefault(region, 0);
    }

    /** What the last failed request from a region got. */
    String lastBlame(RegionName region) {
        return lastBlame.getOrDefault(region, "nothing");
    }

    ProbeReceipt receipt() {
        return tally.receipt();
    }

    @Override
    public void close() {
        running.forEach(Tasks.Background::close);
        running.clear();
    }

    /** Counts of failed requests at one time. */
    record Mark(Map<RegionName, Integer> counts) {}
}
