package org.meridian.drivers.haproxy;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.spi.Time;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.EdgeMachine;

/**
 * Steers traffic with HAProxy 2.6 or later: a backend for each region, whose servers come, go and change weight at run time.
 *
 * <p>What the running HAProxy says is the truth. Each change is first written to the configuration that it starts with,
 * so that a restart finds it; then it is made through the Runtime API. It is written also where HAProxy runs it already: an
 * earlier change may have been written and not made. HAProxy is reloaded, which users don't
 * notice, only when regions or settings change.
 *
 * <p>Other apps may have the same HAProxy: each has a part of the configuration. Whoever changes something has the lock of the
 * machine meanwhile, since a reload for one app must not undo what is being changed for another.
 *
 * <p>A map says which servers affinity may choose: those that have had traffic and are not drained. An origin that leaves
 * its pool gets no new request; when requests are still in flight after five seconds it goes at a later change, and
 * counts as gone meanwhile. Origins join as not healthy, until their checks pass.
 */
public final class HaproxyTraffic implements TrafficDriver {
    private static final Duration START = Duration.ofSeconds(15);
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    /** How often a change is begun whose lock is lost. */
    private static final int TRIES = 3;

    private final AppName app;
    private final Routes routes;
    private final EdgeMachine machine;
    private final Time time;
    private final EdgeConfig config;
    private final RuntimeApi runtime;
    private final EdgeFiles files;
    private final ReentrantLock lock = new ReentrantLock();

    /** The edge of an app on this machine; throws a Failure where HAProxy can't take a setting of the app. */
    public HaproxyTraffic(App app, EdgeMachine machine, Time time) {
        this(app, new EdgeRoutes(requireNonNull(app, "app is null")), machine, time);
    }

    HaproxyTraffic(App app, Routes routes, EdgeMachine machine, Time time) {
        this.routes = routes;
        this.machine = requireNonNull(machine, "machine is null");
        this.time = requireNonNull(time, "time is null");
        this.app = app.name();
        this.config = new EdgeConfig(app, machine.port(), routes);
        this.runtime = new RuntimeApi(PoolNames.of(app.name()), machine);
        this.files = new EdgeFiles(app.name(), machine);
    }

    @Override
    public List<Pool> observe() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!runtime.open() && !machine.exists()) {
                return List.of();
            }
            if (!runtime.open() && !machine.running()) {
                return asWritten();
            }
            return runtime.look().pools();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void prepare() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            machine.ensure(routes.pools());
            if (!upToDate(await("start", edge -> true))) {
                changing(this::bringUpToDate);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        target.origins().forEach(origin -> OriginAddress.parse(origin.address()));
        changing(() -> {
            LiveEdge now = ours();
            List<RuntimeCommand> commands = PoolDifference.commands(now, target, config.check());
            write(now.with(become(target, now.pool(target.region()))));
            give(commands);
        });
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        changing(() -> {
            LiveEdge now = ours();
            List<RuntimeCommand> commands = PoolDifference.drain(now, region, servers);
            write(now.with(drained(now.pool(region), servers)));
            give(commands);
        });
    }

    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        changing(() -> give(PoolDifference.disconnect(ours(), region, servers)));
        return true;
    }

    @Override
    public URI address() {
        return machine.address();
    }

    @Override
    public void destroyAll() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (machine.exists() && machine.running()) {
                changing(this::leaveToOthers);
            }
            disconnect();
            machine.destroy();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            disconnect();
        } finally {
            lock.unlock();
        }
    }

    /** The pools of the stopped edge, as it would start with them. */
    private List<Pool> asWritten() throws InterruptedException {
        String part = machine.read(EdgeFiles.part(app)).orElse("");
        PoolNames names = part.isEmpty() ? PoolNames.ALONE : PoolNames.of(app);
        return WrittenConfig.pools(
                names,
                part.isEmpty() ? machine.read(EdgeFiles.CONFIGURATION).orElse("") : part,
                machine.read(names.standings()).orElse(""));
    }

    /** Makes a change that no other app's comes between; each looks first, so one that lost the lock midway is made again. */
    private void changing(Change change) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (int left = TRIES; !changed(change, left == 1); left--) {
                time.sleep(BETWEEN_LOOKS);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean changed(Change change, boolean last) throws InterruptedException {
        boolean done = false;
        try {
            files.lock();
            change.make();
            files.unlock();
            done = true;
        } catch (Failure e) {
            if (last || !EdgeFiles.lockLost(e)) {
                throw e;
            }
        } finally {
            if (!done) {
                files.close();
            }
        }
        return done;
    }

    @FunctionalInterface
    private interface Change {
        void make() throws InterruptedException;
    }

    private boolean upToDate(LiveEdge now) {
        return now.fingerprint().equals(config.fingerprint(wanted(now)));
    }

    private void bringUpToDate() throws InterruptedException {
        LiveEdge now = runtime.look();
        if (!upToDate(now)) {
            reload(now);
        }
        files.settle();
    }

    /** What runs; where an earlier version has configured it, as this one does. */
    private LiveEdge ours() throws InterruptedException {
        LiveEdge now = runtime.look();
        if (now.names().alone()) {
            reload(now);
            files.settle();
            return runtime.look();
        }
        return now;
    }

    /** A pool for each region, and those of former regions that still have origins. */
    private List<Pool> wanted(LiveEdge now) {
        Map<RegionName, Pool> pools = new LinkedHashMap<>();
        routes.pools().forEach(region -> pools.put(region, new Pool(region, List.of())));
        now.pools().stream()
                .filter(pool ->
                        pools.containsKey(pool.region()) || !pool.origins().isEmpty())
                .forEach(pool -> pools.put(pool.region(), pool));
        return List.copyOf(pools.values());
    }

    private static Pool become(PoolTarget target, Pool now) {
        return new Pool(
                target.region(),
                target.origins().stream()
                        .map(origin -> new Origin(
                                origin.server(),
                                origin.address(),
                                origin.weight(),
                                !origin.weight().serving()
                                        && now.origin(origin.server())
                                                .filter(Origin::draining)
                                                .isPresent(),
                                Origin.Health.UNKNOWN,
                                0))
                        .toList());
    }

    private static Pool drained(Pool pool, Collection<ServerName> servers) {
        return new Pool(
                pool.region(),
                pool.origins().stream()
                        .map(origin -> servers.contains(origin.server())
                                ? new Origin(origin.server(), origin.address(), Weight.NONE, true, origin.health(), 0)
                                : origin)
                        .toList());
    }

    private void write(List<Pool> pools) throws InterruptedException {
        files.change(config.render(pools), EdgeConfig.standings(pools));
    }

    /** Where HAProxy can't wait for a server to have nothing in flight, it is asked again whether it has. */
    private void give(List<RuntimeCommand> commands) throws InterruptedException {
        boolean waits = true;
        for (RuntimeCommand command : commands) {
            String said = runtime.give(command);
            waits &= !command.unknown(said);
            long begun = time.nanos();
            while (!waits && command.later(said) && time.nanos() - begun < QUIET.toNanos()) {
                time.sleep(BETWEEN_LOOKS);
                said = runtime.give(command);
            }
        }
    }

    private void reload(LiveEdge now) throws InterruptedException {
        List<Pool> pools = wanted(now);
        String fingerprint = config.fingerprint(pools);
        List<Claim> claims = files.others();
        requireFree(claims);
        claims.add(config.claim());
        files.propose(new EdgeFiles.Proposal(
                config.render(pools),
                Frame.of(claims),
                EdgeConfig.standings(pools),
                routes.countries(),
                now.stateAs(PoolNames.of(app), runtime.state())));
        reload("take up its configuration", edge -> edge.fingerprint().equals(fingerprint));
    }

    private void requireFree(List<Claim> others) throws InterruptedException {
        String where = String.valueOf(machine.address().getHost());
        Frame.requireApart(config.claim(), others, where);
        if (files.taken(machine.port())) {
            throw Failure.of(Diagnostic.of(
                    "port-taken",
                    "something else than HAProxy listens at port " + machine.port() + " of " + where,
                    "End it, or set another traffic.port."));
        }
    }

    /** The other apps' requests go on; where there is no other app, the machine need not serve. */
    private void leaveToOthers() throws InterruptedException {
        List<Claim> others = files.others();
        if (!others.isEmpty()) {
            files.propose(new EdgeFiles.Proposal("", Frame.of(others), "", "", runtime.state()));
            reload("forget the app", edge -> edge.fingerprint().isEmpty());
            files.settle();
        }
    }

    /** What HAProxy does not take up is put back, since it could not start with it either. */
    private void reload(String what, Predicate<LiveEdge> done) throws InterruptedException {
        // HAProxy's own check, so that no configuration that is wrong is ever in its place.
        machine.run(Command.of("haproxy", "-c", "-q", "-f", EdgeFiles.CANDIDATE))
                .expect("checking the edge's configuration", "This is a fault of Meridian; please report it.");
        files.accept();
        try {
            machine.reload();
            runtime.close();
            await(what, done);
        } catch (Failure e) {
            files.restore();
            machine.reload();
            throw e;
        }
    }

    private LiveEdge await(String what, Predicate<LiveEdge> done) throws InterruptedException {
        long begun = time.nanos();
        while (true) {
            boolean late = time.nanos() - begun > START.toNanos();
            try {
                LiveEdge now = runtime.look();
                if (done.test(now)) {
                    return now;
                }
            } catch (Failure e) {
                if (late) {
                    throw e;
                }
            }
            if (late) {
                throw Failure.noAnswer(Diagnostic.of(
                        "edge-late",
                        "the edge did not " + what + " within " + Durations.spoken(START),
                        "See its log for the reason, then run the command again."));
            }
            time.sleep(BETWEEN_LOOKS);
        }
    }

    private void disconnect() {
        runtime.close();
        files.close();
    }
}
