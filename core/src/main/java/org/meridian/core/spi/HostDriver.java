package org.meridian.core.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;

/**
 * What Meridian does on a server once it exists.
 *
 * <p>Calls for different servers come at the same time. Every call is safe to repeat, has a time limit of its own or
 * takes one, and throws {@link org.meridian.core.diagnostic.Failure} with the server's name in it when it fails.
 * A call that nobody answered (its time limit, a connection lost) throws one of kind NO_ANSWER, and is tried again.
 */
public interface HostDriver extends AutoCloseable {
    /** The code of the diagnostic that says that a server does not accept connections or has not booted, or not yet. */
    String UNREACHABLE = "ssh-unreachable";

    /** The code of a machine that is not the one that is known. */
    String HOST_KEY = "ssh-host-key";

    /** The code of a machine that refuses the login. */
    String REFUSED_LOGIN = "ssh-login";

    /** The codes of what a machine answers for good: to ask again changes nothing. */
    Set<String> FOR_GOOD = Set.of(HOST_KEY, REFUSED_LOGIN);

    /** Logs in to a server and does nothing there; fails with {@link #REFUSED_LOGIN} where it does not let this deployer in. */
    void logIn(Server server) throws InterruptedException;

    /** Returns when the server accepts connections and its first boot has finished; fails after {@code within}. */
    void awaitBoot(Server server, Duration within) throws InterruptedException;

    /** Puts the release's files on the server, secrets encrypted at rest where the server can; starts nothing. */
    void place(Server server, Installation installation) throws InterruptedException;

    /** Pulls every image of a placed release by digest. */
    void pull(Server server, ReleaseId release, Duration within) throws InterruptedException;

    /**
     * Sees to the services of a placed release that outlive it: starts those on the server's machine that do not run there,
     * waits until they are well, and lets the release's containers find them by their names. One that runs is not touched,
     * whatever the release says of it. Starts nothing of the release.
     *
     * @return what of those that run there is not as the release says, in words for people
     */
    List<String> keep(Server server, Installation installation, Duration within) throws InterruptedException;

    /** Starts a placed release's containers except for its workers, waits until they run, and makes it the one started at boot. */
    void start(Server server, ReleaseId release, Duration within) throws InterruptedException;

    /**
     * Starts these workers of a started release, now and at every boot, and none of its others; returns once they have shown
     * that they stay up.
     */
    void startWorkers(Server server, ReleaseId release, Set<String> workers, Duration within)
            throws InterruptedException;

    /**
     * Tells all workers of a release but these to end, and keeps them from starting at a boot: from now on they take no job.
     * Returns at once. A server that does not have the release, or no worker of it, is as it should be.
     */
    void endWorkers(Server server, ReleaseId release, Set<String> but) throws InterruptedException;

    /** Returns once none of the workers that were told to end runs; what outlives its own grace is killed. */
    void awaitWorkersEnded(Server server, ReleaseId release, Duration within) throws InterruptedException;

    /**
     * Runs these jobs of a started release by schedule from now on, also after every boot, and none of its others. One that was
     * due since the time that is given for it runs at once; of one without, what was due before now is nobody's. What runs
     * by schedule there already is left as it is.
     */
    void startJobs(Server server, ReleaseId release, Set<String> jobs, Map<String, Instant> since, Duration within)
            throws InterruptedException;

    /**
     * Runs none of a release's jobs but these by schedule any more, nor after a boot. A run that goes on is left alone. Returns
     * at once. A server that does not have the release, or no job of it, is as it should be.
     */
    void endJobs(Server server, ReleaseId release, Set<String> but) throws InterruptedException;

    /**
     * Returns once no run goes on of those jobs that are not run by schedule, and tells until when each one's times were
     * seen to here; of those that nothing is known of, nothing.
     */
    Map<String, Instant> awaitJobsEnded(Server server, ReleaseId release, Duration within) throws InterruptedException;

    /** Forgets until when the times were seen to of jobs that are not run by schedule here. */
    void forgetJobs(Server server, ReleaseId release) throws InterruptedException;

    /** Asks the app on the server itself for its health, once. */
    HealthAnswer health(Server server, Release release) throws InterruptedException;

    /** Runs a command in a new container of the release's service, with its environment, and returns its output. */
    CommandOutcome runOnce(Server server, Release release, String service, List<String> command, Duration within)
            throws InterruptedException;

    /** The last lines of every container's log on the server, for a person; empty when they can't be had. */
    String recentLogs(Server server, ReleaseId release, int lines) throws InterruptedException;

    /** What tells one boot of a server's machine from every other; nothing else can be read from it. */
    String boot(Server server) throws InterruptedException;

    /** Makes a server's machine boot again, which ends everything there as gently as it asks for; returns once that has begun. */
    void reboot(Server server) throws InterruptedException;

    /** Forgets connections to servers that no longer exist. */
    void forget(ServerName server);

    @Override
    void close();

    /**
     * The answer to one health check.
     *
     * @param healthy whether it is good
     * @param detail  what was answered, or why nothing was, in one line
     */
    record HealthAnswer(boolean healthy, String detail) {}

    /**
     * How a command ended.
     *
     * @param exitCode its exit code
     * @param output   standard output and error together, at most the last 64 KiB
     */
    record CommandOutcome(int exitCode, String output) {}
}
