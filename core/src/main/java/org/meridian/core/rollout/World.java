package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Pool;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.plan.Observation;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.FleetView.Unseen;
import org.meridian.core.spi.HostDriver;
import org.meridian.core.spi.MetricSource;
import org.meridian.core.spi.Prober;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.Time;
import org.meridian.core.spi.TrafficDriver;

/**
 * Everything outside that a rollout acts on or looks at.
 *
 * @param fleets  makes and destroys servers
 * @param hosts   acts on servers
 * @param traffic decides who gets requests
 * @param metrics counts what origins answer
 * @param prober  requests the public address
 * @param hooks   the team's own commands
 * @param time    the clock
 * @param tasks   runs things at the same time
 * @param events  takes what happens
 * @param patience tries again what fails for a moment
 */
public record World(
        Fleets fleets,
        HostDriver hosts,
        TrafficDriver traffic,
        MetricSource metrics,
        Prober prober,
        Hooks hooks,
        Time time,
        Tasks tasks,
        EventSink events,
        Patience patience) {
    private static final String REACH = "every machine to be within reach";

    /** Checks that no part is null. */
    public World {
        requireNonNull(fleets, "fleets is null");
        requireNonNull(hosts, "hosts is null");
        requireNonNull(traffic, "traffic is null");
        requireNonNull(metrics, "metrics is null");
        requireNonNull(prober, "prober is null");
        requireNonNull(hooks, "hooks is null");
        requireNonNull(time, "time is null");
        requireNonNull(tasks, "tasks is null");
        requireNonNull(events, "events is null");
        requireNonNull(patience, "patience is null");
    }

    /** One in which nothing acts yet. */
    public World(
            Fleets fleets,
            HostDriver hosts,
            TrafficDriver traffic,
            MetricSource metrics,
            Prober prober,
            Hooks hooks,
            Time time,
            Tasks tasks,
            EventSink events) {
        this(fleets, hosts, traffic, metrics, prober, hooks, time, tasks, events, Patience.beforeActing(time));
    }

    /** The same world, whose servers and hooks tell no secret, and in which no event does. */
    public World hiding(Redaction redaction) {
        EventSink discreet = event -> events.emit(redaction.mask(event));
        return new World(
                fleets,
                new DiscreetHosts(hosts, redaction),
                traffic,
                metrics,
                prober,
                hooks.hiding(redaction, discreet),
                time,
                tasks,
                discreet,
                patience);
    }

    /** The same world, in which every act is in the ledger, and in which what fails for a moment is tried again. */
    public World under(Ledger ledger) {
        return under(ledger, new Patience(time, ledger::direction, ledger::check));
    }

    /** The same, for acts that end something, such as retiring. */
    public World endingUnder(Ledger ledger) {
        return under(ledger, new Patience(time, () -> Patience.Direction.BACK, ledger::check));
    }

    private World under(Ledger ledger, Patience its) {
        return new World(
                fleets.under(ledger, its),
                new GuardedHosts(hosts, ledger),
                new PatientTraffic(new GuardedTraffic(traffic, ledger), its),
                metrics,
                prober,
                hooks,
                time,
                tasks,
                events,
                its);
    }

    /** Looks at the providers and the traffic layer, at the same time; says what is out of reach. */
    public Observation observe() throws InterruptedException {
        return look(this::fleet);
    }

    /** The same, until all of these regions is within reach; throws a Failure when that is not so for some time. */
    public Observation observe(Collection<RegionName> regions) throws InterruptedException {
        return patience.briefly().retry(events, Optional.empty(), REACH, () -> {
            Observation observed = look(fleets::observe);
            observed.requireSeen(regions);
            return observed;
        });
    }

    /**
     * Waits until every machine of a region is within reach; throws a Failure when that is not so for some time. A region of
     * which a part is out of reach is left as it is rather than acted on with all the patience that going back has.
     */
    void requireReach(Region region) throws InterruptedException {
        boolean ignored = patience.briefly().retry(events, Optional.of(region.name()), REACH, () -> {
            new Observation(fleets.observe(region), List.of()).requireSeen(List.of(region.name()));
            return true;
        });
    }

    private Observation look(Patience.Call<FleetView> providers) throws InterruptedException {
        AtomicReference<FleetView> fleet = new AtomicReference<>(FleetView.NONE);
        List<Pool> pools = new ArrayList<>();
        tasks.forEach(
                List.<Tasks.Work>of(() -> fleet.set(providers.run()), () -> pools.addAll(traffic.observe())),
                Tasks.Work::run);
        return new Observation(requireNonNull(fleet.get()), pools);
    }

    /** What there is at every provider; says what is out of reach. */
    public FleetView fleet() throws InterruptedException {
        FleetView fleet = fleets.observe();
        for (Unseen part : fleet.unseen()) {
            events.emit(new RolloutEvent.Note(
                    time.now(), part.problem().summary() + "; what runs there is not known, and stays as it is."));
        }
        return fleet;
    }
}
