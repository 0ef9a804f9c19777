package org.meridian.testkit.simulation.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meridian.testkit.simulation.Hunt;
import org.meridian.testkit.simulation.ProxyHunt;
import org.meridian.testkit.simulation.mutation.Mutant.Broken;

/** Each broken engine violates an invariant within a thousand simulated runs. */
class MutationTest {
    private static final long RUNS = 1_000;
    private static final long WHOLE_RUNS = 15;

    static List<Mutant> mutants() {
        return List.of(
                skipped("retires servers that are still in their pool", "rollout.RetireServers", "leavePool"),
                skipped("does not wait for requests in flight", "rollout.AwaitDrained", "run"),
                skipped("drains nothing after a shift", "rollout.ShiftRegion", "drainOthers"),
                new Mutant(
                        "shifts before the edge sees the servers healthy",
                        Map.of(
                                "rollout.ShiftRegion", new Broken("awaitEdgeHealthy", Breakage.SKIPPED),
                                "rollout.Judge", new Broken("requireHealthy", Breakage.SKIPPED))),
                skipped("moves the primary whatever the others do", "rollout.WaveGate", "requireOthersServe"),
                new Mutant(
                        "moves the primary first, its gate open",
                        Map.of(
                                "plan.Plan", new Broken("waves", Breakage.BACKWARDS),
                                "rollout.WaveGate", new Broken("pass", Breakage.SKIPPED))),
                skipped("acts without looking at its lease", "rollout.Lease", "check"),
                skipped("forgets to write its intents down", "rollout.Ledger", "intend"),
                new Mutant(
                        "goes on when the store refuses its token",
                        Map.of(
                                "rollout.Ledger", new Broken("giveUpOn", Breakage.SKIPPED),
                                "rollout.Lease", new Broken("check", Breakage.SKIPPED))),
                skipped("forgets to write down how acts ended", "rollout.Ledger", "ended"),
                skipped("reverts without moving traffic back", "rollout.Revert", "putBack"),
                skipped("leaves the new servers behind when it reverts", "rollout.Revert", "removeMade"),
                skipped("keeps the servers that are no longer wanted", "rollout.RegionSteps", "retireLeaving"),
                skipped("leaves out what a scaling took when it goes back", "rollout.Revert", "lost"),
                skipped("takes no added server back", "plan.RegionPlan", "joins"),
                mutant("destroys the wrong fleet when it reverts", "rollout.Revert", "made", Breakage.NEGATED),
                skipped("does not heed the canary's judge", "rollout.CanarySteps", "act"),
                mutant("counts what nobody tells it as nothing", "rollout.CanaryCounts", "look", Breakage.ALWAYS),
                skipped("gives up at the first call without an answer", "rollout.Patience", "mayHelp"),
                skipped("moves traffic by what it saw before its store was slow", "rollout.Ledger", "requireCondition"),
                mutant("starts workers before users move", "rollout.HandOver", "parts", Breakage.BACKWARDS),
                skipped("leaves the former release's workers running", "rollout.HandOver", "end"),
                skipped("hands no workers back", "rollout.HandOver", "start"),
                skipped("leaves a job on the former release", "rollout.JobHandOver", "end"),
                skipped("hands no jobs on", "rollout.JobHandOver", "arrive"),
                skipped("begins jobs while one still runs elsewhere", "rollout.JobCalls", "awaitEnded"),
                new Mutant(
                        "runs jobs on a release that is only warm",
                        Map.of(
                                "rollout.HandOver", new Broken("parts", Breakage.BACKWARDS),
                                "rollout.WorkerCalls", new Broken("start", Breakage.SKIPPED))),
                skipped("runs a release command that ended well again", "operation.ReleaseCommands", "endedWell"),
                skipped("starts a release whose command has not run", "rollout.RunOnce", "releaseCommand"),
                mutant("retires services that keep data with their release", "model.Kept", "isEmpty", Breakage.ALWAYS),
                skipped("starts releases where what keeps data is not there", "rollout.PrepareServer", "keep"),
                skipped("begins what servers' keys keep it from finishing", "operation.Admission", "require"),
                skipped("forgets that a rollout began", "operation.Workspace", "begin"),
                mutant("takes every region for served", "rollout.EdgeView", "serves", Breakage.ALWAYS));
    }

    static List<Mutant> mutantsWithProxies() {
        return List.of(
                skipped("takes a half-applied change for done", "traffic.Everywhere", "requireDone"),
                skipped("does not tell a proxy again that lost its state", "rollout.ShiftRegion", "settle"),
                mutant(
                        "retires what a machine that does not answer may still send requests to",
                        "traffic.ProxyOnEachMachine",
                        "look",
                        Breakage.SILENT),
                mutant("counts a drain on one machine only", "rollout.AwaitDrained", "present", Breakage.FIRST));
    }

    private static Mutant skipped(String what, String type, String method) {
        return mutant(what, type, method, Breakage.SKIPPED);
    }

    private static Mutant mutant(String what, String type, String method, Breakage how) {
        return new Mutant(what, Map.of(type, new Broken(method, how)));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void eachIsCaughtWithinAThousandRuns(Mutant mutant) throws Exception {
        assertThat(hunt(mutant, Hunt.class, RUNS)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("mutantsWithProxies")
    void eachIsCaughtWithProxiesWithinAThousandRuns(Mutant mutant) throws Exception {
        assertThat(hunt(mutant, ProxyHunt.class, RUNS)).isNotEmpty();
    }

    /** What is caught is caught for the breakage, not for being loaded like this. */
    @Test
    void anEngineThatIsNotBrokenIsNotCaught() throws Exception {
        assertThat(hunt(new Mutant("whole", Map.of()), Hunt.class, WHOLE_RUNS)).isEmpty();
        assertThat(hunt(new Mutant("whole", Map.of()), ProxyHunt.class, WHOLE_RUNS))
                .isEmpty();
    }

    private static String hunt(Mutant mutant, Class<? extends LongFunction<String>> kind, long runs) throws Exception {
        LongFunction<String> hunt = new MutantLoader(mutant).hunt(kind);
        String[] found = {""};
        // A simulation's threads are virtual; so is the one that watches it, or each step would change threads.
        Thread hunter = Thread.ofVirtual().start(() -> found[0] = hunt.apply(runs));
        hunter.join();
        return found[0];
    }
}
