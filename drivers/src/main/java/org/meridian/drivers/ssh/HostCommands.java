package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.meridian.core.bootstrap.TextArchive;
import org.meridian.core.model.AppName;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Kept;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.LogShipping;
import org.meridian.core.model.PushedImage;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Server;
import org.meridian.core.spi.Installation;
import org.meridian.drivers.command.Command;

/**
 * Everything that is run on a server, as data.
 *
 * @param home   the name of everything that the server has on its machine: its directory, unit and Compose project. It
 *               is the app's where the machine is the server's own, and otherwise the server's.
 * @param server the server
 */
record HostCommands(String home, Server server) {
    private static final Duration PLACING = Duration.ofMinutes(1);
    private static final Duration ENDING = Duration.ofSeconds(30);
    private static final Duration LOOKING = Duration.ofSeconds(20);
    private static final int UNWELL_LINES = 40;

    HostCommands {
        requireNonNull(home, "home is null");
        requireNonNull(server, "server is null");
    }

    /** For what outlives releases on a server's machine. */
    static HostCommands outliving(AppName app, Server server) {
        return new HostCommands(Kept.home(app).value(), server);
    }

    static HostCommands of(AppName app, Server server) {
        return new HostCommands(server.sharesMachine() ? server.name().value() : app.value(), server);
    }

    /**
     * Installs the engine and Compose where they are missing and starts them; prints what it did. What is cut off by its
     * limit goes on there, and is waited for when it is run again.
     */
    static Command makeReady(Duration within) {
        return Command.of("sh", "-c", Scripts.read("ready"), "ready", Scripts.read("install"), "/run/meridian/.ready")
                .within(within);
    }

    /** Ends when the first boot has and the engine runs; prints {@code /run/cloud-init/result.json}. */
    static Command awaitBoot(Duration within) {
        return Command.of("sh", "-c", Scripts.read("booted")).within(within);
    }

    /** Makes sshd prove itself with this key from now on, and no other. */
    static Command replaceHostKey(Secret privateKey) {
        return Command.of("sh", "-c", Scripts.read("hostkey"), "hostkey", "/etc/ssh")
                .reading(privateKey.reveal())
                .within(PLACING);
    }

    static Command bootLog() {
        return Command.of("tail", "-n", "40", "/var/log/cloud-init-output.log");
    }

    /** Puts the release's files in place; prints "encrypted", or "plain:" and why. */
    Command place(Installation installation, LogSettings logs, Publishing publishing) {
        Kept kept = installation.release().content().outliving();
        TextArchive placed = files(installation, logs, override(installation, logs, publishing));
        TextArchive keeping = kept.isEmpty() || !kept.on(server)
                ? placed
                : placed.with("kept", 0600, KeptText.list(installation.app(), kept))
                        .with("keep", 0700, Scripts.read("keep"));
        return placing(shipper(installation, logs, keeping), installation);
    }

    /** Puts the files in place that services are made from that outlive releases; the release's number is the files' revision. */
    Command placeKept(Installation installation, LogSettings logs) {
        String override = KeptText.override(installation.release().content());
        return placing(files(installation, logs, override), installation);
    }

    private TextArchive files(Installation installation, LogSettings logs, String override) {
        ReleaseId release = installation.release().id();
        Release.Content content = installation.release().content();
        TextArchive own = TextArchive.empty()
                .with("meridian.defaults.yaml", 0600, ComposeDefaults.of(content, logs))
                .with("meridian.override.yaml", 0600, override)
                .with("meridian.files", 0600, PlacedProject.files(content, directory(release)))
                .with("compose", 0700, Scripts.read("compose"))
                .with("start", 0700, Scripts.read("start"))
                .with("stop", 0700, Scripts.read("stop"))
                .with("settled", 0700, Scripts.read("settled"))
                .with("workers", 0600, lines(content.work().workers().keySet()))
                .with("workers-running", 0700, Scripts.read("workers-running"))
                .with("work", 0700, Scripts.read("work"))
                .with("rest", 0700, Scripts.read("rest"))
                .with("ended", 0700, Scripts.read("ended"))
                .with("env", 0600, EnvironmentFile.of(installation));
        return new JobFiles(home, server.region(), release, content).in(own);
    }

    private Command placing(TextArchive files, Installation installation) {
        String release = installation.release().id().toString();
        return Command.of("sh", "-c", Scripts.read("place"), "place", home, release)
                .reading(PlacedProject.in(files, installation).text().reveal())
                .within(PLACING);
    }

    private TextArchive shipper(Installation installation, LogSettings logs, TextArchive placed) {
        return logs.shipping()
                .map(LogShipping::sink)
                .map(sink -> VectorConfiguration.of(sink, home, installation, server))
                .map(text -> placed.with("vector.toml", 0600, text))
                .orElse(placed);
    }

    private static String lines(Collection<String> names) {
        return names.stream().sorted().map(name -> name + "\n").collect(Collectors.joining());
    }

    private String override(Installation installation, LogSettings logs, Publishing publishing) {
        ReleaseId release = installation.release().id();
        Release.Content content = installation.release().content();
        Set<String> variables = new HashSet<>(installation.environment().keySet());
        variables.addAll(installation.secrets().keySet());
        String port = publishing.port(
                server.publishedPort(content.serve()), content.serve().port());
        String services = content.outliving().on(server)
                ? ComposeOverride.of(content, variables, port, server.sharesMachine())
                : ComposeOverride.awayFromData(content, variables, port, server.sharesMachine());
        return services
                + logs.shipping()
                        .map(shipping -> ShipperService.of(shipping, logs, directory(release) + "/vector.toml"))
                        .orElse("");
    }

    Command pull(ReleaseId release, Duration within) {
        return compose(release, "pull", "--quiet").within(within);
    }

    /** The same, with logins that lie on the server for as long as it takes. */
    Command pull(ReleaseId release, Map<String, Secret> logins, Duration within) {
        return loggedIn(pull(release, within), logins, within);
    }

    /** Pulls the images of these services only. */
    Command pull(ReleaseId release, Set<String> services, Map<String, Secret> logins, Duration within) {
        return loggedIn(
                compose(release, "pull", "--quiet")
                        .with(services.stream().sorted().toArray(String[]::new))
                        .within(within),
                logins,
                within);
    }

    /** Prints what outlives releases on the machine, as {@link KeptState} reads it. */
    Command kept(AppName app, Kept kept) {
        return Command.of("sh", "-c", Scripts.read("kept"), "kept", "/opt/meridian/" + home, app.value())
                .with(kept.volumes().keySet().stream().sorted().toArray(String[]::new))
                .within(LOOKING);
    }

    /** Prints the IP addresses of the machine, but for its loopback's; fails where the system has no such program. */
    static Command addresses() {
        return Command.of("hostname", "-I").within(LOOKING);
    }

    /** Writes down from which files these services are made. */
    Command register(ReleaseId revision, Map<String, KeptService> services) {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(services).forEach((name, service) -> pairs.addAll(List.of(name, service.definition())));
        return Command.of("sh", "-c", Scripts.read("register"), "register")
                .with("/opt/meridian/" + home, revision.toString())
                .with(pairs.toArray(String[]::new))
                .within(LOOKING);
    }

    /** Starts what outlives the release where it does not run, and lets the release's containers find it. */
    Command keep(ReleaseId release, Duration within) {
        return Command.of(directory(release) + "/keep", Long.toString(Math.max(1, within.toSeconds())))
                .within(within.plusSeconds(15));
    }

    private Command loggedIn(Command pull, Map<String, Secret> logins, Duration within) {
        if (logins.isEmpty()) {
            return pull;
        }
        return Command.of("sh", "-c", Scripts.read("pull"), "pull", "/run/meridian/" + home)
                .with(pull.argv().toArray(String[]::new))
                .reading(PullLogins.config(logins).reveal())
                .within(within);
    }

    /** Prints the names of those of these images that are not there, as they are named there. */
    Command lacking(Collection<ImageReference> images) {
        return Command.of("sh", "-c", Scripts.read("lacking"), "lacking")
                .with(images.stream()
                        .map(image -> PushedImage.onServer(image).toString())
                        .toArray(String[]::new));
    }

    /** Takes an image from a registry at the end of a tunnel, such as {@code 127.0.0.1:40000}, with this login for it. */
    Command take(ImageReference image, String tunnel, Secret login, Duration within) {
        ImageReference from = new ImageReference(tunnel + "/" + image.path(), Optional.empty(), image.digest());
        return Command.of("sh", "-c", Scripts.read("pull"), "pull", "/run/meridian/" + home)
                .with("sh", "-c", Scripts.read("take"), "take")
                .with(from.toString(), PushedImage.onServer(image).toString())
                .reading(PullLogins.config(Map.of(tunnel, login)).reveal())
                .within(within);
    }

    /** Prints why logs are not shipped; nothing where they are. */
    Command shipping() {
        return Command.of("sh", "-c", Scripts.read("shipping"), "shipping", home, "/opt/meridian")
                .within(Duration.ofSeconds(20));
    }

    /** Tells boots apart: of a system by its kernel's own name for it, of a container by when its first process began. */
    static Command boot() {
        String script = "cat /proc/sys/kernel/random/boot_id; sed 's/.*) //' /proc/1/stat | cut -d' ' -f20";
        return Command.of("sh", "-c", script).within(LOOKING);
    }

    static Command reboot() {
        return Command.of("systemctl", "--no-block", "reboot").within(LOOKING);
    }

    static Command freeSpace() {
        return Command.of("df", "-h", "--output=avail,pcent,target", "/var/lib/docker");
    }

    Command start(ReleaseId release, Duration within) {
        return Command.of(directory(release) + "/start", Long.toString(Math.max(1, within.toSeconds())))
                .within(within.plusSeconds(15));
    }

    Command startWorkers(ReleaseId release, Set<String> workers, Duration within) {
        return Command.of(directory(release) + "/work", Long.toString(Math.max(1, within.toSeconds())))
                .with(workers.stream().sorted().toArray(String[]::new))
                .within(within.plusSeconds(15));
    }

    /** What was never placed, or was placed before there were workers, has none. */
    Command endWorkers(ReleaseId release, Set<String> but) {
        return ifThere(release, "rest")
                .with(but.stream().sorted().toArray(String[]::new))
                .within(ENDING);
    }

    Command awaitWorkersEnded(ReleaseId release, Duration within) {
        return ifThere(release, "ended").within(within);
    }

    Command startJobs(ReleaseId release, Set<String> jobs, Map<String, Instant> since, Duration within) {
        return Command.of(directory(release) + "/jobs-on")
                .with(jobs.stream()
                        .sorted()
                        .map(job -> since.containsKey(job)
                                ? job + "=" + requireNonNull(since.get(job)).getEpochSecond()
                                : job)
                        .toArray(String[]::new))
                .within(within);
    }

    /** What was never placed, or was placed before there were jobs, has none. */
    Command endJobs(ReleaseId release, Set<String> but) {
        return ifThere(release, "jobs-off")
                .with(but.stream().sorted().toArray(String[]::new))
                .within(ENDING);
    }

    /** Prints until when each job's times were seen to. */
    Command awaitJobsEnded(ReleaseId release, Duration within) {
        return ifThere(release, "jobs-ended").within(within);
    }

    Command forgetJobs(ReleaseId release) {
        return ifThere(release, "jobs-ended").with("forget").within(ENDING);
    }

    private Command ifThere(ReleaseId release, String script) {
        return Command.of("sh", "-c", "[ ! -x \"$0\" ] || exec \"$0\" \"$@\"", directory(release) + "/" + script);
    }

    Command unwell() {
        return Command.of("sh", "-c", Scripts.read("unwell"), "unwell", home, Integer.toString(UNWELL_LINES));
    }

    /** Prints a line for each container that has failed for good. */
    Command failed() {
        return Command.of("sh", "-c", Scripts.read("failed"), "failed", home);
    }

    /** Prints the answer's body and, on the last line, its status. */
    Command health(Release release) {
        HealthCheck check = release.content().serve().health();
        Duration timeout = check.timeout();
        String url =
                "http://127.0.0.1:" + server.publishedPort(release.content().serve()) + check.path();
        return Command.of("curl", "--silent", "--show-error", "--noproxy", "*")
                .with("--max-time", "%d.%03d".formatted(timeout.toSeconds(), timeout.toMillisPart()))
                .with(asUsersSend(check))
                .with("--write-out", "\n%{http_code}", url)
                .within(timeout.plusSeconds(2));
    }

    /** What a proxy passes on of a user's request, since an app may refuse other names, or send everybody on to https. */
    private static String[] asUsersSend(HealthCheck check) {
        List<String> headers = new ArrayList<>();
        check.host().ifPresent(host -> headers.addAll(List.of("--header", "Host: " + host)));
        headers.addAll(List.of("--header", "X-Forwarded-Proto: " + check.forwardedProto()));
        return headers.toArray(String[]::new);
    }

    /**
     * Runs a command in a new container with a name of its own, so that one left by a deployer that died is found: it is
     * ended first, since two at once, of a migration say, would be worse.
     */
    Command runOnce(ReleaseId release, String service, List<String> command, Duration within) {
        // One stream, so that the lines stay in the order in which they were written.
        String script = "docker rm --force \"$0\" >/dev/null 2>&1; exec \"$@\" 2>&1";
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, onceName(release)));
        argv.addAll(compose(release, "run", "--rm", "--no-deps", "-T", "--name", onceName(release), service)
                .argv());
        argv.addAll(command);
        return Command.of(argv).within(within);
    }

    /** Ends the container of {@link #runOnce}; its client's end alone does not end it. */
    Command endOnce(ReleaseId release) {
        return Command.of("docker", "rm", "--force", onceName(release));
    }

    private String onceName(ReleaseId release) {
        return home + "-once-" + release;
    }

    Command logs(ReleaseId release, int lines) {
        return compose(release, "logs", "--no-color", "--tail", Integer.toString(lines));
    }

    private Command compose(ReleaseId release, String... arguments) {
        return Command.of(directory(release) + "/compose").with(arguments);
    }

    private String directory(ReleaseId release) {
        return "/opt/meridian/" + home + "/" + release;
    }
}
