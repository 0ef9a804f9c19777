package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.WorkerContainer;

/**
 * What an app does beside answering requests, and where.
 *
 * @param workers by region, server and name
 * @param jobs    by region, then by name
 * @param kept    the services that keep data, by name
 * @param unasked the machines that could not be asked; what runs there is not known
 */
public record ServicesReport(
        List<WorkerRow> workers, List<JobReport.Row> jobs, List<KeptRow> kept, List<Unasked> unasked) {
    /** Nothing, nowhere. */
    public static final ServicesReport NOTHING = new ServicesReport(List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public ServicesReport {
        workers = List.copyOf(workers);
        jobs = List.copyOf(jobs);
        kept = List.copyOf(kept);
        unasked = List.copyOf(unasked);
    }

    /**
     * A worker on a server that is to run it, or on which some of it runs still.
     *
     * @param name       the service
     * @param region     the server's
     * @param server     the server
     * @param release    whose worker it is
     * @param wanted     whether it is to run there
     * @param containers its containers there; empty where none was started
     */
    public record WorkerRow(
            String name,
            RegionName region,
            ServerName server,
            ReleaseId release,
            boolean wanted,
            List<WorkerContainer> containers) {
        /** Copies the containers. */
        public WorkerRow {
            requireNonNull(name, "name is null");
            requireNonNull(region, "region is null");
            requireNonNull(server, "server is null");
            requireNonNull(release, "release is null");
            containers = List.copyOf(containers);
        }

        /** How many of its containers run. */
        public int running() {
            return (int) containers.stream().filter(WorkerContainer::runs).count();
        }

        /** How often its containers were started again after they had ended by themselves. */
        public int restarts() {
            return containers.stream().mapToInt(WorkerContainer::restarts).sum();
        }

        /** Since when all that runs of it has run; empty while nothing does. */
        public Optional<Instant> since() {
            return containers.stream()
                    .filter(WorkerContainer::runs)
                    .flatMap(container -> container.since().stream())
                    .max(Instant::compareTo);
        }

        /** How it goes. */
        public State state() {
            boolean all = !containers.isEmpty() && running() == containers.size();
            if (!wanted) {
                return State.ENDING;
            }
            return all ? State.RUNNING : running() > 0 ? State.PARTLY : State.DOWN;
        }
    }

    /** How a worker goes on a server. */
    public enum State {
        /** All of its containers run. */
        RUNNING,
        /** Some of them do not. */
        PARTLY,
        /** It is to run there, and does not. */
        DOWN,
        /** It was told to end, and something of it runs still. */
        ENDING
    }

    /**
     * A service that keeps data.
     *
     * @param name    its name in the Compose file
     * @param region  the region of its machine
     * @param machine its machine
     * @param state   in the engine's words, such as {@code running, healthy}; {@code missing} where its container was never made
     * @param since   when it was started; empty where it never was
     * @param data    the volumes and directories that it has mounted
     * @param backups its backups
     */
    public record KeptRow(
            String name,
            RegionName region,
            String machine,
            String state,
            Optional<Instant> since,
            List<String> data,
            SeenBackups backups) {
        /** Copies the list. */
        public KeptRow {
            requireNonNull(name, "name is null");
            requireNonNull(region, "region is null");
            requireNonNull(machine, "machine is null");
            requireNonNull(state, "state is null");
            requireNonNull(since, "since is null");
            data = List.copyOf(data);
            requireNonNull(backups, "backups is null");
        }

        /** Whether it runs and its health check, where it has one, does not say otherwise; one that is starting is well so far. */
        public boolean well() {
            return state.startsWith("running") && !state.endsWith("unhealthy");
        }
    }

    /**
     * A machine that could not be asked.
     *
     * @param region its region
     * @param name   its server or itself
     * @param why    why, in a sentence without its end
     */
    public record Unasked(RegionName region, String name, String why) {
        /** Checks that no part is null. */
        public Unasked {
            requireNonNull(region, "region is null");
            requireNonNull(name, "name is null");
            requireNonNull(why, "why is null");
        }
    }
}
