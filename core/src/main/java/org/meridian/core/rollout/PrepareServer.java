package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Stage;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.spi.HostDriver;

/** Brings one server from first boot to a healthy release, asked on the server itself. */
final class PrepareServer {
    private static final Duration BOOT_WITHIN = Duration.ofMinutes(10);
    private static final Duration BOOT_SLICE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_SLICES = Duration.ofMillis(100);
    private static final Duration PLACE_WITHIN = Duration.ofMinutes(2);
    private static final Duration PULL_WITHIN = Duration.ofMinutes(10);
    private static final Duration KEEP_WITHIN = Duration.ofMinutes(10);
    private static final int LOG_LINES = 40;

    private final World world;
    private final Installations installations;
    private final Approval approval;
    private final StartOrder order;

    PrepareServer(World world, Installations installations, Approval approval, StartOrder order) {
        this.world = world;
        this.installations = installations;
        this.approval = approval;
        this.order = order;
    }

    /** From first boot to healthy. */
    void run(Server server) throws InterruptedException {
        place(server);
        order.inTurn(server.region(), PULL_WITHIN.plus(KEEP_WITHIN).plus(startWithin()), () -> {
            pull(server);
            keep(server);
            bringUp(server);
        });
    }

    /** Up to where nothing is missing but the start. */
    void install(Server server) throws InterruptedException {
        place(server);
        order.inTurn(server.region(), PULL_WITHIN.plus(KEEP_WITHIN), () -> {
            pull(server);
            keep(server);
        });
    }

    /** Starts what is installed, and waits until it is healthy. */
    void start(Server server) throws InterruptedException {
        order.inTurn(server.region(), startWithin(), () -> bringUp(server));
    }

    /** Until its containers run, and then until it is healthy. */
    private Duration startWithin() {
        return healthWithin().multipliedBy(2);
    }

    private Duration healthWithin() {
        return installations.release().content().serve().health().within();
    }

    private void place(Server server) throws InterruptedException {
        stage(server, Stage.BOOTED, () -> awaitBoot(server));
        stage(
                server,
                Stage.PLACED,
                () -> act(server, "get its files", PLACE_WITHIN, left -> world.hosts()
                        .place(server, installations.of(server))));
    }

    private void pull(Server server) throws InterruptedException {
        ReleaseId release = installations.release().id();
        stage(
                server,
                Stage.PULLED,
                () -> act(server, "pull " + release, PULL_WITHIN, left -> world.hosts()
                        .pull(server, release, left)));
    }

    /** What the release command and the containers look for has to be there before them. */
    private void keep(Server server) throws InterruptedException {
        if (installations.release().content().outliving().isEmpty()) {
            return;
        }
        act(server, "find what keeps data", KEEP_WITHIN, left -> world.hosts()
                .keep(server, installations.of(server), left)
                .forEach(text ->
                        world.events().emit(new RolloutEvent.Note(world.time().now(), text))));
    }

    /** What keeps the machine busy; an app still is after its containers run, until it is healthy. */
    private void bringUp(Server server) throws InterruptedException {
        ReleaseId release = installations.release().id();
        stage(
                server,
                Stage.STARTED,
                () -> act(server, "start " + release, healthWithin(), left -> world.hosts()
                        .start(server, release, left)));
        stage(server, Stage.HEALTHY, () -> awaitHealthy(server));
    }

    /** Acts on the server, again while it runs and does not answer. */
    private void act(Server server, String what, Duration within, Act act) throws InterruptedException {
        boolean ignored = new LongCall(world, server.region(), server.name() + " to " + what, within)
                .run(
                        left -> {
                            approval.requireNotAborted();
                            act.run(left);
                            return true;
                        },
                        () -> runs(server));
    }

    private void stage(Server server, Stage stage, PhaseClock.Work work) throws InterruptedException {
        approval.requireNotAborted();
        Stopwatch watch = Stopwatch.start(world.time());
        work.run();
        world.events()
                .emit(new RolloutEvent.ServerReached(
                        world.time().now(), server.region(), server.name(), stage, watch.elapsed()));
    }

    /** A server that dies before it answers is noticed by its provider long before a connection gives up. */
    private void awaitBoot(Server server) throws InterruptedException {
        AtomicReference<@Nullable Failure> last = new AtomicReference<>();
        boolean booted = new Wait(server.name() + " to boot", BOOT_WITHIN, BETWEEN_SLICES)
                .holdsInTime(
                        world,
                        server.region(),
                        () -> {
                            approval.requireNotAborted();
                            last.set(notBooted(server));
                            return last.get() == null;
                        },
                        () -> last.get() == null
                                ? ""
                                : String.valueOf(requireNonNull(last.get()).getMessage()));
        if (!booted) {
            throw requireNonNull(last.get(), "a wait that failed has a reason");
        }
    }

    /** Why it has not booted, where that may still come. */
    private @Nullable Failure notBooted(Server server) throws InterruptedException {
        try {
            world.hosts().awaitBoot(server, BOOT_SLICE);
            return null;
        } catch (Failure e) {
            if (!HostDriver.UNREACHABLE.equals(e.diagnostic().code()) || !runs(server)) {
                throw unlessGone(server, e);
            }
            return e;
        }
    }

    /** A provider that can't look at it does not say that it stopped. */
    private boolean runs(Server server) throws InterruptedException {
        return !world.fleets().observe().gone(server.region(), server.name());
    }

    private void awaitHealthy(Server server) throws InterruptedException {
        HealthCheck check = installations.release().content().serve().health();
        HealthStreak streak = new HealthStreak(check.rise());
        boolean healthy = new Wait(
                        server.name() + " to answer " + check.path() + " " + check.rise() + " times in a row",
                        check.within(),
                        check.interval())
                .holdsInTime(
                        world,
                        server.region(),
                        () -> {
                            approval.requireNotAborted();
                            return streak.add(health(server));
                        },
                        () -> "it answered " + streak.lastDetail());
        if (!healthy) {
            throw Failure.of(unhealthy(server, check, streak));
        }
    }

    /** No answer is for the wait to ask again for, unless nobody is there any more. */
    private HostDriver.HealthAnswer health(Server server) throws InterruptedException {
        try {
            return world.hosts().health(server, installations.release());
        } catch (Failure e) {
            throw unlessGone(server, e);
        }
    }

    /** What a server that has stopped does not answer, it will not answer when asked again. */
    private Failure unlessGone(Server server, Failure failure) throws InterruptedException {
        return Patience.isMomentary(failure) && !runs(server) ? Failure.of(failure.diagnostic(), failure) : failure;
    }

    private Diagnostic unhealthy(Server server, HealthCheck check, HealthStreak streak) throws InterruptedException {
        String logs = world.hosts().recentLogs(server, installations.release().id(), LOG_LINES);
        return Diagnostic.of(
                        "server-unhealthy",
                        server.name() + " did not become healthy within "
                                + Durations.spoken(check.within()) + ": " + check.path() + " answered "
                                + streak.lastDetail(),
                        "Fix the app, or give it longer with serve.health.within, then deploy again.")
                .withDetail(logs);
    }

    /** What is done on a server, in so much time at most. */
    private interface Act {
        void run(Duration atMost) throws InterruptedException;
    }

    /** Counts good answers in a row. */
    private static final class HealthStreak {
        private final int wanted;
        private int good;
        private String lastDetail = "nothing yet";

        HealthStreak(int wanted) {
            this.wanted = wanted;
        }

        boolean add(HostDriver.HealthAnswer answer) {
            good = answer.healthy() ? good + 1 : 0;
            lastDetail = answer.detail();
            return good >= wanted;
        }

        String lastDetail() {
            return lastDetail;
        }
    }
}
