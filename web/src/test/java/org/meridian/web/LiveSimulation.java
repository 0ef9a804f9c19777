package org.meridian.web;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.meridian.core.event.EventSink;
import org.meridian.core.model.App;
import org.meridian.core.model.Receipt;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.Workspace;
import org.meridian.core.rollout.Fleets;
import org.meridian.core.rollout.Hooks;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.rollout.World;
import org.meridian.core.spi.HostDriver;
import org.meridian.core.spi.ImageRegistry;
import org.meridian.core.spi.MetricSource;
import org.meridian.core.spi.Prober;
import org.meridian.core.spi.SecretStore;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.Time;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.testkit.simulation.SimulatedWorld;

/**
 * A simulated world whose time passes by itself, faster than ours, and which many threads may ask: each call is carried out
 * by the one thread that simulated time knows.
 */
public final class LiveSimulation implements AutoCloseable {
    private static final DeployRequest ALL = new DeployRequest(Optional.empty(), Optional.empty(), Set.of(), true);
    private static final Duration TICK = Duration.ofMillis(20);

    /** On a slow machine the world lags behind rather than take all of its thread's time, for which callers wait too. */
    private static final int TICKS_AT_ONCE = 5;

    private final AtomicReference<Thread> onlyThread = new AtomicReference<>();
    private final ExecutorService only = Executors.newSingleThreadExecutor(body -> {
        Thread thread = Thread.ofPlatform().daemon().name("simulated world").unstarted(body);
        onlyThread.set(thread);
        return thread;
    });
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("simulated time").factory());
    private final FastTime time;
    private final SimulatedWorld world;
    private final App app;

    /** A world without servers, whose time passes {@code speed} times as fast as ours. */
    public LiveSimulation(App app, long seed, int speed) throws Exception {
        this.app = app;
        this.time = new FastTime(speed);
        this.world = in(() -> new SimulatedWorld(app, seed));
        Workspace clock = in(world::workspace);
        Instant born = in(() -> clock.world().time().now());
        time.jumpTo(born);
        var unused = ticks.scheduleAtFixedRate(
                () -> catchUp(clock.world().time()), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The workspace of another process that looks at this world and acts in it. */
    public Workspace workspace(String who, EventSink events) throws Exception {
        Workspace inner = in(world::workspace);
        World there = inner.world();
        World here = new World(
                new Fleets(List.of(new OneFleet(app.regions().getFirst().provider(), there.fleets(), this))),
                from(HostDriver.class, there.hosts()),
                from(TrafficDriver.class, there.traffic()),
                from(MetricSource.class, there.metrics()),
                from(Prober.class, there.prober()),
                Hooks.none(events, time),
                time,
                new VirtualThreads(),
                events);
        return new Workspace(
                app,
                here,
                from(StateStore.class, inner.state()),
                from(ImageRegistry.class, inner.registry()),
                inner.secrets().stream()
                        .map(store -> from(SecretStore.class, store))
                        .toList(),
                who,
                inner.lockWait());
    }

    /** Deploys in no time of ours, as another process would. */
    public Receipt deploy(int version) throws Exception {
        return in(() -> {
            world.publish(version);
            Workspace deployer = world.workspace();
            Receipt receipt = new Deploy(deployer).run(ALL, plan -> true);
            time.jumpTo(deployer.world().time().now());
            return receipt;
        });
    }

    /** Does something with the world itself. */
    public <T> T in(Callable<T> call) throws Exception {
        if (Thread.currentThread() == onlyThread.get()) {
            return call.call();
        }
        try {
            return only.submit(call).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        }
    }

    /** The world itself, to be touched only in {@link #in}. */
    public SimulatedWorld world() {
        return world;
    }

    private void catchUp(Time simulated) {
        try {
            in(() -> {
                Duration behind = Duration.between(simulated.now(), time.now());
                Duration most = TICK.multipliedBy((long) time.speed * TICKS_AT_ONCE);
                if (behind.isPositive()) {
                    world.pass(behind.compareTo(most) < 0 ? behind : most);
                }
                return behind;
            });
        } catch (Exception e) {
            throw new IllegalStateException("simulated time stands still", e);
        }
    }

    private <T> T from(Class<T> port, T inner) {
        InvocationHandler handler = (proxy, method, arguments) -> call(inner, method, arguments);
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    @SuppressWarnings("NullAway") // a proxy's arguments are null where there are none, and so may a result be
    private Object call(Object inner, Method method, Object[] arguments) throws Throwable {
        Object result = in(() -> {
            try {
                method.setAccessible(true);
                return method.invoke(inner, arguments);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof Exception cause) {
                    throw cause;
                }
                throw e;
            }
        });
        return result instanceof StateStore.Lock lock ? from(StateStore.Lock.class, lock) : result;
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        only.shutdownNow();
    }

    /** Our time, faster. */
    private static final class FastTime implements Time {
        private final int speed;
        private final long begin = System.nanoTime();
        private volatile Instant born = Instant.EPOCH;
        private final AtomicLong ahead = new AtomicLong();

        FastTime(int speed) {
            this.speed = speed;
        }

        /** It is that late already. */
        void jumpTo(Instant at) {
            if (born.equals(Instant.EPOCH)) {
                born = at.minusNanos(nanos());
            }
            ahead.addAndGet(Math.max(0, Duration.between(now(), at).toNanos()));
        }

        @Override
        public Instant now() {
            return born.plusNanos(nanos());
        }

        @Override
        public long nanos() {
            return (System.nanoTime() - begin) * speed + ahead.get();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration.dividedBy(speed));
        }
    }
}
