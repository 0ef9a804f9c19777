package org.meridian.web.world;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.meridian.core.model.ProbeSettings;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.rollout.World;
import org.meridian.core.spi.Prober;
import org.meridian.core.spi.Time;

/** Requests the public address once a second from each region's point of view, while somebody looks. */
final class Probes {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int REMEMBERED = 15 * 60;

    private final Prober prober;
    private final Time time;
    private final ProbeSettings settings;
    private final Lookers lookers;
    private final Consumer<Probed> told;
    private final Map<RegionName, RegionView.Probe> last = new ConcurrentHashMap<>();
    private final Map<RegionName, Deque<Probed>> recent = new ConcurrentHashMap<>();

    Probes(World world, ProbeSettings settings, Lookers lookers, Consumer<Probed> told) {
        this.prober = world.prober();
        this.time = world.time();
        this.settings = requireNonNull(settings, "settings is null");
        this.lookers = requireNonNull(lookers, "lookers is null");
        this.told = requireNonNull(told, "told is null");
    }

    /** Does it for a region until it is interrupted. */
    void run(Region region) throws InterruptedException {
        while (lookers.await()) {
            long begin = time.nanos();
            Prober.Answer answer = prober.probe(region, settings.path(), settings.timeout());
            RegionView.Probe probe =
                    new RegionView.Probe(answer.good(), answer.latency().toMillis(), answer.detail());
            last.put(region.name(), probe);
            Probed probed = new Probed(time.now(), region.name().value(), probe.ok(), probe.ms(), probe.detail());
            remember(region, probed);
            told.accept(probed);
            Duration left = EVERY.minusNanos(time.nanos() - begin);
            time.sleep(left.isPositive() ? left : Duration.ofMillis(1));
        }
    }

    private void remember(Region region, Probed probed) {
        Deque<Probed> former = recent.computeIfAbsent(region.name(), name -> new ConcurrentLinkedDeque<>());
        former.add(probed);
        while (former.size() > REMEMBERED) {
            former.remove();
        }
    }

    /** Those of the last quarter of an hour, oldest first. */
    List<Probed> recent() {
        Instant since = time.now().minusSeconds(REMEMBERED);
        return recent.values().stream()
                .flatMap(Deque::stream)
                .filter(probed -> probed.at().isAfter(since))
                .sorted(Comparator.comparing(Probed::at))
                .toList();
    }

    /** The last answer; empty before the first. */
    Optional<RegionView.Probe> of(RegionName region) {
        return Optional.ofNullable(last.get(region));
    }

    /** The event that clients get. */
    record Probed(Instant at, String region, boolean ok, long ms, String detail) {}
}
