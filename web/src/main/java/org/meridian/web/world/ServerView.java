package org.meridian.web.world;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meridian.core.model.ContainerUsage;
import org.meridian.core.model.ContainerUsage.Running;

/**
 * A server as clients get it. Texts from the server are as they came: whoever shows them must not let anything in them act.
 *
 * @param name         its name
 * @param release      the release it was made for
 * @param address      where it is reached; empty while it has none
 * @param state        {@code running} or {@code stopped}, as its provider sees it
 * @param health       "healthy", "unhealthy" or "unknown", as the edge sees it
 * @param weight       its weight in the pool
 * @param draining     whether it leaves traffic
 * @param inFlight     requests being answered
 * @param traffic      what it answers
 * @param usage        what it uses; empty before it was asked
 * @param usageProblem why it could not be asked last; empty when it could
 * @param containers   the app's containers on it, as of {@code usage}
 */
public record ServerView(
        String name,
        String release,
        Optional<String> address,
        String state,
        String health,
        int weight,
        boolean draining,
        int inFlight,
        TrafficView traffic,
        Optional<Usage> usage,
        Optional<String> usageProblem,
        List<Container> containers) {
    /** Copies the containers. */
    public ServerView {
        containers = List.copyOf(containers);
    }

    /** What a server uses, as of then. */
    public record Usage(double cpuPercent, Amount memory, Amount disk, Instant at) {}

    /** Bytes used of so many. */
    public record Amount(long used, long total) {}

    /** A container. */
    public record Container(
            String id,
            String service,
            String release,
            String image,
            String state,
            String health,
            double cpuPercent,
            long memory,
            int restarts,
            List<RunningProcess> processes) {
        static Container of(ContainerUsage usage) {
            return new Container(
                    usage.id(),
                    usage.service(),
                    usage.release().toString(),
                    usage.image(),
                    usage.state(),
                    usage.health(),
                    Rounded.tenth(usage.cpuPercent()),
                    usage.memory(),
                    usage.restarts(),
                    usage.processes().stream().map(RunningProcess::of).toList());
        }
    }

    /** A process, whose command has no arguments. */
    public record RunningProcess(int pid, String user, String command) {
        static RunningProcess of(Running process) {
            return new RunningProcess(process.pid(), process.user(), process.command());
        }
    }
}
