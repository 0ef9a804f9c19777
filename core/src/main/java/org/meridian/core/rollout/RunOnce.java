package org.meridian.core.rollout;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Act;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.plan.Plan;
import org.meridian.core.spi.HostDriver.CommandOutcome;

/** Runs a configured command once, in a new container of the new release, in the primary region if the plan covers it. */
final class RunOnce {
    private static final Duration WITHIN = Duration.ofMinutes(30);

    private static final int MOST_LINES = 20;

    private final World world;
    private final Plan plan;
    private final Ledger ledger;

    RunOnce(World world, Plan plan, Ledger ledger) {
        this.world = world;
        this.plan = plan;
        this.ledger = ledger;
    }

    /**
     * Runs the release command. Its act in the journal is done only if it ended well, so that whoever goes on with the
     * rollout knows.
     */
    void releaseCommand(List<String> command) throws InterruptedException {
        Act act = new Act(
                Act.Kind.RELEASE_COMMAND,
                Optional.of(where()),
                Optional.of(firstServer().name()),
                plan.target().id().toString());
        ledger.act(
                act,
                () -> requireGood(
                        run("release_command", command),
                        "release-command-failed",
                        "release_command",
                        command,
                        "Fix the command or the app, then deploy again; nothing of the new release had started."));
    }

    /** Runs the command that wants the new release running, before any traffic moves. */
    void beforeShift(List<String> command) throws InterruptedException {
        requireGood(
                run("before_shift", command),
                "before-shift-failed",
                "before_shift",
                command,
                "Fix the command or the app, then deploy again; no traffic had moved.");
    }

    /** The region in which it runs. */
    RegionName where() {
        return plan.covers(plan.primary())
                ? plan.primary()
                : plan.regions().getFirst().name();
    }

    private CommandOutcome run(String key, List<String> command) throws InterruptedException {
        Server server = firstServer();
        String service = plan.target().content().serve().service();
        return new LongCall(world, server.region(), key + " on " + server.name() + " to end", WITHIN)
                .run(
                        left -> world.hosts().runOnce(server, plan.target(), service, command, left),
                        () -> firstServer().state() == Server.State.RUNNING);
    }

    /** On success the end of what it wrote is told: which migrations ran, say. */
    private void requireGood(CommandOutcome outcome, String code, String key, List<String> command, String suggestion) {
        if (outcome.exitCode() != 0) {
            throw Failure.of(Diagnostic.of(
                            code,
                            key + " ended with exit code " + outcome.exitCode() + ": " + String.join(" ", command),
                            suggestion)
                    .withDetail(outcome.output().strip()));
        }
        List<String> written =
                outcome.output().lines().filter(line -> !line.isBlank()).toList();
        written.subList(Math.max(0, written.size() - MOST_LINES), written.size())
                .forEach(line ->
                        world.events().emit(new RolloutEvent.Note(world.time().now(), key + ": " + line)));
    }

    private Server firstServer() throws InterruptedException {
        return world.fleets().observe().servers().stream()
                .filter(server -> plan.region(where()).wants(server.name()))
                .min(Comparator.comparing(Server::name))
                .orElseThrow(() -> Failure.of(Diagnostic.of(
                        "server-missing",
                        where() + ": the servers of " + plan.target().id() + " are gone",
                        "Deploy again.")));
    }
}
