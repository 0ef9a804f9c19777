package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ImageMirror;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Kept;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.HostDriver;
import org.meridian.core.spi.Installation;
import org.meridian.core.spi.Time;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on servers over SSH; no agent runs there. */
public final class SshHosts implements HostDriver {
    private static final Logger LOG = LoggerFactory.getLogger(SshHosts.class);
    private static final String LOOK = "Look at the server with 'meridian servers', then run the command again.";
    private static final Pattern NO_SPACE = Pattern.compile("no space left on device", Pattern.CASE_INSENSITIVE);
    private static final Duration REACHING = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    /** OpenSSH 9.8 and later shut out an address that fails to log in too often (sshd_config, PerSourcePenalties). */
    private static final Duration AFTER_REFUSED_LOGIN = Duration.ofSeconds(3);

    private static final ImageSource NOTHING_PUSHED = () -> {
        throw new IllegalStateException("no image is pushed");
    };

    private final AppName app;
    private final String user;
    private final DeployKey key;
    private final SshConnections connections;
    private final Predicate<RegionName> behindJump;
    private final Optional<OwnHostKeys> hostKeys;
    private final Time time;
    private final int port;
    private final PullLogins logins;
    private final PushedImages pushed;
    private final LogSettings logs;
    private final UnaryOperator<ImageReference> pulledAs;
    private final KeepServices keepServices;

    /**
     * The servers of an app.
     *
     * @param app         the app
     * @param user        who logs in to servers that Meridian made; may use sudo without a password
     * @param key         that user's key
     * @param connections the ways to all machines
     * @param behindJump  whether a region's servers that Meridian made are reached through the configured machines
     * @param hostKeys    the host keys that servers in clouds get at the first contact
     * @param time        for the waits between two tries to connect
     * @param logins      what servers log in with to pull
     * @param logs        what becomes of what containers write
     * @param mirror      what servers pull Docker Hub's images through; empty for Docker Hub itself
     * @param source      what has the images that are pushed to servers
     */
    public SshHosts(
            AppName app,
            String user,
            DeployKey key,
            SshConnections connections,
            Predicate<RegionName> behindJump,
            OwnHostKeys hostKeys,
            Time time,
            RegistryLogins logins,
            LogSettings logs,
            Optional<ImageMirror> mirror,
            ImageSource source) {
        this(
                app,
                user,
                key,
                connections,
                behindJump,
                Optional.of(hostKeys),
                time,
                Endpoint.SSH_PORT,
                logins,
                logs,
                mirror,
                source);
    }

    SshHosts(
            AppName app,
            String user,
            DeployKey key,
            SshConnections connections,
            Predicate<RegionName> behindJump,
            Time time,
            RegistryLogins logins,
            LogSettings logs) {
        this(
                app,
                user,
                key,
                connections,
                behindJump,
                Optional.empty(),
                time,
                Endpoint.SSH_PORT,
                logins,
                logs,
                Optional.empty(),
                NOTHING_PUSHED);
    }

    SshHosts(
            AppName app,
            String user,
            DeployKey key,
            SshConnections connections,
            Predicate<RegionName> behindJump,
            Time time,
            int port) {
        this(
                app,
                user,
                key,
                connections,
                behindJump,
                Optional.empty(),
                time,
                port,
                RegistryLogins.NONE,
                LogSettings.USUAL,
                Optional.empty(),
                NOTHING_PUSHED);
    }

    SshHosts(
            AppName app,
            String user,
            DeployKey key,
            SshConnections connections,
            Predicate<RegionName> behindJump,
            Optional<OwnHostKeys> hostKeys,
            Time time,
            int port,
            RegistryLogins logins,
            LogSettings logs,
            Optional<ImageMirror> mirror,
            ImageSource source) {
        this.app = requireNonNull(app, "app is null");
        this.user = requireNonNull(user, "user is null");
        this.key = requireNonNull(key, "key is null");
        this.connections = requireNonNull(connections, "connections is null");
        this.behindJump = requireNonNull(behindJump, "behindJump is null");
        this.hostKeys = requireNonNull(hostKeys, "hostKeys is null");
        this.time = requireNonNull(time, "time is null");
        this.port = port;
        this.logins = new PullLogins(logins);
        this.keepServices = new KeepServices(app, this);
        this.pushed = new PushedImages(source);
        this.pulledAs = ImageMirror.through(mirror);
        this.logs = requireNonNull(logs, "logs is null").pulling(pulledAs);
    }

    /** Connects to a server, unless it is connected; throws the failure that says why that can't be. Runs nothing there. */
    public void reach(Server server) throws InterruptedException {
        connection(server).connect(REACHING);
    }

    /** Why the server's logs are not shipped; empty where they are, or where none are to be. Changes nothing there. */
    public Optional<Diagnostic> shippingProblem(Server server) throws InterruptedException {
        String why = run(server, commands(server).shipping())
                .expect(on(server, "looking whether logs are shipped"), LOOK)
                .strip();
        return why.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.of(
                                "logs-not-shipped",
                                "logs of " + server.name() + " are not shipped: "
                                        + why.lines().findFirst().orElse(""),
                                "See 'docker logs' of its container meridian-vector, and 'logs' in the configuration.")
                        .withDetail(why));
    }

    @Override
    public void awaitBoot(Server server, Duration within) throws InterruptedException {
        long deadline = time.nanos() + within.toNanos();
        connect(server, deadline);
        if (server.seat().isPresent()) {
            makeReady(server, left(deadline), within);
        } else {
            awaitFirstBoot(server, deadline, within);
        }
    }

    /** A machine that somebody else set up gets what is missing; it may have been in use for years. */
    private void makeReady(Server server, Duration left, Duration within) throws InterruptedException {
        CommandResult ready = madeReady(server, left, within);
        checkDisk(server, ready);
        if (!ready.succeeded()) {
            throw Failure.of(Diagnostic.of(
                            "host-not-ready",
                            server.name() + ": the machine can't run containers yet",
                            "Do there what is said below, then deploy again.")
                    .withDetail(lastLines(ready.errors())));
        }
        if (!ready.output().isBlank()) {
            LOG.info("{}: {}", server.name(), ready.output().strip());
        }
    }

    /** An installation that outlasts the wait goes on there: whoever asked may ask again. */
    private CommandResult madeReady(Server server, Duration left, Duration within) throws InterruptedException {
        try {
            return run(server, HostCommands.makeReady(left));
        } catch (Failure e) {
            throw SshFailures.cutOff(e) ? SshFailures.notYetReady(server, within, e) : e;
        }
    }

    private void awaitFirstBoot(Server server, long deadline, Duration within) throws InterruptedException {
        CommandResult boot = booted(server, left(deadline), within);
        List<String> errors = BootAccount.errors(boot.output());
        if (!boot.succeeded() || !errors.isEmpty()) {
            throw notBooted(server, boot, errors);
        }
    }

    /** A boot that outlasts the wait, or that restarts the SSH server, is not over: whoever asked may ask again. */
    private CommandResult booted(Server server, Duration left, Duration within) throws InterruptedException {
        try {
            return run(server, HostCommands.awaitBoot(left));
        } catch (Failure e) {
            throw SshFailures.cutOff(e) ? SshFailures.notYetBooted(server, within, e) : e;
        }
    }

    @Override
    public void place(Server server, Installation installation) throws InterruptedException {
        Installation pulled = installation.pulling(pulledAs);
        logins.remember(pulled.release());
        pushed.remember(pulled.release());
        CommandResult placed = run(server, commands(server).place(pulled, logs));
        checkDisk(server, placed);
        String outcome = placed.expect(
                        on(server, "placing release " + installation.release().id()), LOOK)
                .strip();
        if (outcome.startsWith("plain")) {
            LOG.warn(
                    "{}: secrets lie unencrypted in a file that only root can read; systemd-creds says: {}",
                    server.name(),
                    outcome);
        }
    }

    @Override
    public void pull(Server server, ReleaseId release, Duration within) throws InterruptedException {
        bringPushed(server, release, within);
        Map<String, Secret> used = logins.of(release);
        requirePulled(
                server, release, used.keySet(), run(server, commands(server).pull(release, used, within)));
    }

    private void requirePulled(Server server, ReleaseId release, Set<String> used, CommandResult pulled)
            throws InterruptedException {
        checkDisk(server, pulled);
        if (!pulled.succeeded() && PullLogins.overLimit(pulled.errors())) {
            throw logins.limited(server, release, used, lastLines(pulled.errors()));
        }
        if (!pulled.succeeded() && PullLogins.refused(pulled.errors())) {
            throw logins.notLetIn(server, release, used, lastLines(pulled.errors()));
        }
        if (!pulled.succeeded()) {
            throw notPulled(server, release, pulled);
        }
    }

    private void bringPushed(Server server, ReleaseId release, Duration within) throws InterruptedException {
        Optional<CommandResult> failed = pushed.bring(connection(server), commands(server), release, within);
        if (failed.isPresent()) {
            checkDisk(server, failed.get());
            throw Failure.of(Diagnostic.of(
                            "not-pushed",
                            "the image of release " + release + " can't be brought to " + server.name()
                                    + " from this machine",
                            "Run the command again: what is there already is not sent again. Where it says that the image is"
                                    + " unknown, run it on the machine that deployed this release.")
                    .withDetail(lastLines(failed.get().errors())));
        }
    }

    @Override
    public List<String> keep(Server server, Installation installation, Duration within) throws InterruptedException {
        return keepServices.keep(server, installation.pulling(pulledAs), within);
    }

    /** Puts everything in place for services that are going to be made again, and writes that down. */
    void replaceKept(Server server, Installation installation, Map<String, KeptService> services, Duration within)
            throws InterruptedException {
        keepServices.replace(server, installation.pulling(pulledAs), services, within);
    }

    KeptState keptState(Server server, Kept kept) throws InterruptedException {
        return KeptState.read(run(server, HostCommands.outliving(app, server).kept(app, kept))
                .expect(on(server, "looking at what keeps data"), LOOK));
    }

    void placeKept(Server server, Installation installation) throws InterruptedException {
        CommandResult placed = run(server, HostCommands.outliving(app, server).placeKept(installation, logs));
        checkDisk(server, placed);
        String ignored = placed.expect(on(server, "placing the files of what keeps data"), LOOK);
    }

    void rememberLogins(Release release) {
        logins.remember(release);
    }

    void pullKept(Server server, ReleaseId release, ReleaseId revision, Set<String> services, Duration within)
            throws InterruptedException {
        Map<String, Secret> used = logins.of(release);
        requirePulled(
                server,
                release,
                used.keySet(),
                run(server, HostCommands.outliving(app, server).pull(revision, services, used, within)));
    }

    void register(Server server, ReleaseId revision, Map<String, KeptService> services) throws InterruptedException {
        String ignored = run(server, HostCommands.outliving(app, server).register(revision, services))
                .expect(on(server, "writing down what keeps data"), LOOK);
    }

    void keepRunning(Server server, ReleaseId release, Duration within) throws InterruptedException {
        CommandResult kept = run(server, commands(server).keep(release, within));
        checkDisk(server, kept);
        if (!kept.succeeded()) {
            String unwell =
                    run(server, HostCommands.outliving(app, server).unwell()).output();
            throw Failure.of(Diagnostic.of(
                            "data-service-unwell",
                            "services that keep data are not well on the machine of " + server.name(),
                            "Fix what their logs say, then deploy again; their data is untouched.")
                    .withDetail((lastLines(kept.errors()) + "\n" + unwell).strip()));
        }
    }

    @Override
    public void start(Server server, ReleaseId release, Duration within) throws InterruptedException {
        CommandResult started = run(server, commands(server).start(release, within));
        checkDisk(server, started);
        if (!started.succeeded()) {
            throw notStarted(server, release, lastLines(started.errors()));
        }
    }

    private Failure notStarted(Server server, ReleaseId release, String said) throws InterruptedException {
        String unwell = run(server, commands(server).unwell()).output();
        return Failure.of(Diagnostic.of(
                        "not-started",
                        "release " + release + " does not run on " + server.name(),
                        "Fix what the containers' logs say, then deploy again.")
                .withDetail((said + "\n" + unwell).strip()));
    }

    @Override
    public void startWorkers(Server server, ReleaseId release, Set<String> workers, Duration within)
            throws InterruptedException {
        CommandResult started = run(server, commands(server).startWorkers(release, workers, within));
        checkDisk(server, started);
        if (!started.succeeded()) {
            String unwell = run(server, commands(server).unwell()).output();
            throw Failure.of(Diagnostic.of(
                            "worker-not-started",
                            "workers of release " + release + " do not stay up on " + server.name(),
                            "Fix what the containers' logs say, then deploy again.")
                    .withDetail((lastLines(started.errors()) + "\n" + unwell).strip()));
        }
    }

    @Override
    public void endWorkers(Server server, ReleaseId release, Set<String> but) throws InterruptedException {
        String ignored = run(server, commands(server).endWorkers(release, but))
                .expect(on(server, "ending the workers of release " + release), LOOK);
    }

    @Override
    public void awaitWorkersEnded(Server server, ReleaseId release, Duration within) throws InterruptedException {
        String ignored = run(server, commands(server).awaitWorkersEnded(release, within))
                .expect(on(server, "waiting for the workers of release " + release + " to end"), LOOK);
    }

    @Override
    public void startJobs(
            Server server, ReleaseId release, Set<String> jobs, Map<String, Instant> since, Duration within)
            throws InterruptedException {
        CommandResult started = run(server, commands(server).startJobs(release, jobs, since, within));
        checkDisk(server, started);
        if (!started.succeeded()) {
            throw Failure.of(Diagnostic.of(
                            "jobs-not-scheduled",
                            "jobs of release " + release + " can't be scheduled on " + server.name(),
                            "See what systemd says there; it has to know the time zone (package tzdata).")
                    .withDetail(lastLines(started.errors())));
        }
    }

    @Override
    public void endJobs(Server server, ReleaseId release, Set<String> but) throws InterruptedException {
        String ignored = run(server, commands(server).endJobs(release, but))
                .expect(on(server, "ending the schedules of release " + release), LOOK);
    }

    @Override
    public Map<String, Instant> awaitJobsEnded(Server server, ReleaseId release, Duration within)
            throws InterruptedException {
        return JobText.seen(
                server,
                run(server, commands(server).awaitJobsEnded(release, within))
                        .expect(on(server, "waiting for the jobs of release " + release + " to end"), LOOK));
    }

    @Override
    public void forgetJobs(Server server, ReleaseId release) throws InterruptedException {
        String ignored = run(server, commands(server).forgetJobs(release))
                .expect(on(server, "forgetting the schedules of release " + release), LOOK);
    }

    @Override
    public HealthAnswer health(Server server, Release release) throws InterruptedException {
        HealthAnswer answer;
        try {
            answer = HealthProbe.read(run(server, commands(server).health(release)));
        } catch (Failure e) {
            return HealthProbe.unanswered(e).orElseThrow(() -> e);
        }
        if (answer.healthy()) {
            requireNoneFailed(server, release.id());
        }
        return answer;
    }

    /** What does its work and ends may fail long after its start, while the service that answers is well. */
    private void requireNoneFailed(Server server, ReleaseId release) throws InterruptedException {
        CommandResult looked = run(server, commands(server).failed());
        String failed = looked.output().strip();
        if (looked.succeeded() && !failed.isEmpty()) {
            throw notStarted(server, release, failed);
        }
    }

    @Override
    public CommandOutcome runOnce(Server server, Release release, String service, List<String> command, Duration within)
            throws InterruptedException {
        boolean ended = false;
        try {
            CommandResult result = run(server, commands(server).runOnce(release.id(), service, command, within));
            ended = true;
            return new CommandOutcome(result.exitCode(), result.output());
        } finally {
            if (!ended) {
                endOnce(server, release.id());
            }
        }
    }

    /** What nobody waits for any more, because of its time limit or Ctrl-C, must not go on working on the database. */
    private void endOnce(Server server, ReleaseId release) throws InterruptedException {
        try {
            run(server, commands(server).endOnce(release));
        } catch (Failure e) {
            LOG.warn("{}: the command may still run there: {}", server.name(), e.getMessage());
        }
    }

    @Override
    public String recentLogs(Server server, ReleaseId release, int lines) throws InterruptedException {
        try {
            return run(server, commands(server).logs(release, lines)).output().strip();
        } catch (Failure e) {
            LOG.debug("no logs of {}", server.name(), e);
            return "";
        }
    }

    @Override
    public void forget(ServerName server) {
        connections.forget(server);
        hostKeys.ifPresent(own -> own.forget(server));
    }

    @Override
    public void close() {
        pushed.close();
        connections.close();
    }

    private HostCommands commands(Server server) {
        return HostCommands.of(app, server);
    }

    CommandResult run(Server server, Command command) throws InterruptedException {
        CommandResult result = connection(server).run(command);
        try {
            proved(server);
        } catch (Failure e) {
            LOG.debug("the host key of {} is pinned another time", server.name(), e);
        }
        return result;
    }

    /** For the day when the deploy key is another, from which its host key can't be worked out any more. */
    void proved(Server server) {
        hostKeys.ifPresent(own -> own.proved(server));
    }

    /** The way to a server, which others may use too. */
    SshConnection connection(Server server) {
        return server.seat()
                .map(seat -> connections.machine(seat.machine()))
                .orElseGet(() -> connections.server(server.name(), endpoint(server)));
    }

    private Endpoint endpoint(Server server) {
        return endpoint(server, hostKeys.flatMap(own -> own.publicKey(server)).orElseGet(() -> firstHostKey(server)));
    }

    private static String firstHostKey(Server server) {
        return server.hostKey().orElseThrow(() -> SshFailures.notKnown(server, "SSH host key"));
    }

    private Endpoint endpoint(Server server, String hostKey) {
        String address = server.address().orElseThrow(() -> SshFailures.notKnown(server, "address"));
        return new Endpoint(
                server.name().value(),
                address,
                port,
                user,
                new Login.Own(key),
                new Trust.Pinned(hostKey),
                behindJump.test(server.region()) ? connections.endpoints().jump() : Optional.empty());
    }

    /** Connects as soon as the server lets it; a wrong host key, say, is not tried again. */
    private void connect(Server server, long deadline) throws InterruptedException {
        while (true) {
            try {
                connection(server).connect(left(deadline));
                return;
            } catch (Failure e) {
                String code = e.diagnostic().code();
                boolean mayPass = code.equals(UNREACHABLE)
                        || code.equals(SshFailures.REFUSED_LOGIN)
                        || (code.equals(SshFailures.HOST_KEY) && handsOverHostKey(server));
                if (!mayPass || time.nanos() >= deadline) {
                    throw e;
                }
                time.sleep(code.equals(SshFailures.REFUSED_LOGIN) ? AFTER_REFUSED_LOGIN : BETWEEN_TRIES);
            }
        }
    }

    /**
     * Gives a server that has only just been born, and proves it with its first host key, the one that it has from then on;
     * tells whether it is such a server. Cut off anywhere, it is done again: sshd has the one key or the other.
     */
    private boolean handsOverHostKey(Server server) throws InterruptedException {
        Optional<Secret> own = hostKeys.flatMap(keys -> keys.toHandOver(server));
        if (own.isEmpty()) {
            return false;
        }
        SshConnection first = connections.server(server.name(), endpoint(server, firstHostKey(server)));
        try {
            first.run(HostCommands.replaceHostKey(own.get()))
                    .expect(on(server, "replacing the host key that it was born with"), LOOK);
            return true;
        } catch (Failure e) {
            if (e.diagnostic().code().equals(SshFailures.HOST_KEY)) {
                return false;
            }
            throw SshFailures.cutOff(e) || e.diagnostic().code().equals(UNREACHABLE)
                    ? SshFailures.notYetBooted(server, REACHING, e)
                    : e;
        } finally {
            connections.forget(server.name());
        }
    }

    private Duration left(long deadline) {
        return Duration.ofNanos(Math.max(Duration.ofSeconds(1).toNanos(), deadline - time.nanos()));
    }

    private Failure notBooted(Server server, CommandResult boot, List<String> errors) throws InterruptedException {
        String log = run(server, HostCommands.bootLog()).output();
        return Failure.of(Diagnostic.of(
                        "not-booted",
                        server.name() + " did not finish its first boot well",
                        "Fix what cloud-init's log says; the next deploy makes the server again.")
                .withDetail((boot.errors() + "\n" + String.join("\n", errors) + "\n" + log).strip()));
    }

    private Failure notPulled(Server server, ReleaseId release, CommandResult pulled) throws InterruptedException {
        return Failure.of(Diagnostic.of(
                        "not-pulled",
                        "the images of release " + release + " can't be pulled to " + server.name(),
                        "See that the registry has the image and that the server can reach it.")
                .withDetail(lastLines(pulled.errors()) + "\n" + freeSpace(server)));
    }

    /** A full disk is told as such, whichever program met it. */
    private void checkDisk(Server server, CommandResult failed) throws InterruptedException {
        if (!failed.succeeded() && NO_SPACE.matcher(failed.errors()).find()) {
            throw Failure.of(Diagnostic.of(
                            "disk-full",
                            "the disk of " + server.name() + " is full",
                            "Give the region's servers a larger disk, or make the images smaller, then deploy again.")
                    .withDetail(lastLines(failed.errors()) + "\n" + freeSpace(server)));
        }
    }

    private String freeSpace(Server server) throws InterruptedException {
        return "free on the server:\n"
                + run(server, HostCommands.freeSpace()).output().strip();
    }

    private static String lastLines(String text) {
        List<String> lines = text.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }

    private static String on(Server server, String attempted) {
        return attempted + " on " + server.name();
    }
}
