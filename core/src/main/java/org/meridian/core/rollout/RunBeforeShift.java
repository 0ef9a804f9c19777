package org.meridian.core.rollout;

import java.time.Duration;
import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Server;
import org.meridian.core.plan.Plan;
import org.meridian.core.spi.HostDriver.CommandOutcome;

/** Runs the configured command once, on the new release in the primary region, before any traffic moves. */
final class RunBeforeShift {
    private static final Duration WITHIN = Duration.ofMinutes(30);

    private final World world;
    private final Plan plan;

    RunBeforeShift(World world, Plan plan) {
        this.world = world;
        this.plan = plan;
    }

    void run() throws InterruptedException {
        List<String> command = plan.beforeShift().orElseThrow();
        Server server = firstServer();
        CommandOutcome outcome = world.patience()
                .within(
                        WITHIN,
                        left -> world.hosts()
                                .runOnce(
                                        server,
                                        plan.target(),
                                        plan.target().content().serve().service(),
                                        command,
                                        left),
                        () -> firstServer().state() == Server.State.RUNNING);
        if (outcome.exitCode() != 0) {
            throw Failure.of(Diagnostic.of(
                            "before-shift-failed",
                            "before_shift ended with exit code " + outcome.exitCode() + ": "
                                    + String.join(" ", command),
                            "Fix the command or the app, then deploy again; no traffic had moved.")
                    .withDetail(outcome.output().strip()));
        }
    }

    private Server firstServer() throws InterruptedException {
        return world.fleets().observe().servers().stream()
                .filter(server -> plan.region(plan.primary()).wants(server.name()))
                .min((a, b) -> a.name().compareTo(b.name()))
                .orElseThrow(() -> Failure.of(Diagnostic.of(
                        "server-missing",
                        plan.primary() + ": the servers of " + plan.target().id() + " are gone",
                        "Deploy again.")));
    }
}
