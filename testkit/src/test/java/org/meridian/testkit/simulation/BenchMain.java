package org.meridian.testkit.simulation;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.meridian.core.model.App;
import org.meridian.core.model.Receipt;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.plan.Plan;

/**
 * {@code bench/simulation}: how fast simulated rollouts are, and what big plans and big deploys cost.
 *
 * <p>Times are those of the process's CPU, so that what else the computer does is not counted; with one exception, the
 * plan, which a person waits for. They contain compiling and collecting garbage.
 */
public final class BenchMain {
    private static final int REGIONS = 100;
    private static final int PLANS = 25;
    private static final int WARM_UP = 12_000;
    private static final int MEASURED = 12_000;

    private final PrintStream out;

    private BenchMain(PrintStream out) {
        this.out = out;
    }

    /** Takes no arguments; prints a line of tab-separated values for each figure: what, target, measured. */
    public static void main(String[] arguments) throws Exception {
        AtomicReference<Exception> failure = new AtomicReference<>();
        // A simulation's threads are virtual; its first one has to be, too, or each step changes the processor.
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                new BenchMain(System.out).run();
            } catch (Exception e) {
                failure.set(e);
            }
        });
        thread.join();
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private void run() throws Exception {
        rolloutsPerSecond();
        bigPlans();
        bigDeploys();
    }

    private void rolloutsPerSecond() throws Exception {
        double ignored = cpu(() -> rollouts(WARM_UP));
        double seconds = cpu(() -> rollouts(MEASURED));
        line("simulated rollouts a second and core, 3 regions, 6 servers", "2000", "%.0f", MEASURED / seconds);
    }

    private static int rollouts(int many) throws InterruptedException {
        for (int i = 0; i < many / 2; i++) {
            SimulatedWorld world = new SimulatedWorld(SimulatedApps.threeRegions(2), i);
            deploy(world, 1);
            deploy(world, 2);
        }
        return many;
    }

    private void bigPlans() throws Exception {
        double[] ignored = planSeconds(100);
        double[] small = planSeconds(10);
        double[] big = planSeconds(100);
        line("plan for 10,000 servers in 100 regions, median (s)", "1", "%.3f", big[big.length / 2]);
        // Of milliseconds, the fastest tell what the work costs; the others tell what else the computer did.
        line("the same, times that for 1,000 servers, the fastest of each", "12", "%.1f", big[0] / small[0]);
        line(
                "heap of this process at most (MB)",
                "512",
                "%.0f",
                Runtime.getRuntime().maxMemory() / 1048576.0);
    }

    /** How long plans of a second release take after the first is there, the fastest first. */
    private static double[] planSeconds(int serversEach) throws InterruptedException {
        SimulatedWorld world = deployed(serversEach);
        world.publish(2);
        double[] seconds = new double[PLANS];
        for (int i = 0; i < seconds.length; i++) {
            long start = System.nanoTime();
            Plan plan = new Deploy(world.workspace()).plan(request());
            seconds[i] = (System.nanoTime() - start) / 1e9;
            if (plan.unchanged()) {
                throw new IllegalStateException("nothing to plan");
            }
        }
        Arrays.sort(seconds);
        return seconds;
    }

    private void bigDeploys() throws Exception {
        double ignored = deploySeconds(10);
        double small = deploySeconds(10);
        double big = deploySeconds(100);
        line("simulated deploy of 10,000 servers (CPU s)", "20", "%.2f", big);
        line("a server's share of it, times that in a deploy of 1,000", "(flat)", "%.2f", big / small / 10);
    }

    private static double deploySeconds(int serversEach) throws Exception {
        SimulatedWorld world = deployed(serversEach);
        return cpu(() -> deploy(world, 2));
    }

    private static SimulatedWorld deployed(int serversEach) throws InterruptedException {
        App app = Shape.threeRegions(1)
                .withServers(Collections.nCopies(REGIONS, serversEach))
                .app();
        SimulatedWorld world = new SimulatedWorld(app, 1);
        Receipt ignored = deploy(world, 1);
        world.forgetHistory();
        return world;
    }

    private static Receipt deploy(SimulatedWorld world, int version) throws InterruptedException {
        world.publish(version);
        Receipt receipt = new Deploy(world.workspace()).run(request(), plan -> true);
        if (receipt.outcome() != Receipt.Outcome.DEPLOYED) {
            throw new IllegalStateException("not deployed: " + receipt);
        }
        return receipt;
    }

    private static DeployRequest request() {
        return new DeployRequest(Optional.empty(), Optional.empty(), Set.of(), false);
    }

    private void line(String what, String target, String format, double measured) {
        out.println(what + "\t" + target + "\t" + String.format(format, measured));
    }

    /** Seconds of the process's CPU that a piece of work takes. */
    private static double cpu(Callable<?> work) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        Object ignored = work.call();
        return (system.getProcessCpuTime() - before) / 1e9;
    }
}
