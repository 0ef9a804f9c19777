package org.meridian.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.config.ComposeViews.View;
import org.meridian.config.ServicesReader.Said;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.compose.DataLoss;
import org.meridian.config.compose.DataPlace;
import org.meridian.config.compose.KeptServices;
import org.meridian.config.compose.KeptWhere;
import org.meridian.config.compose.ServerFitness;
import org.meridian.config.compose.ServiceImages;
import org.meridian.config.document.Field;
import org.meridian.config.document.Problems;
import org.meridian.config.document.Reading;
import org.meridian.config.document.Section;
import org.meridian.config.document.YamlFile;
import org.meridian.config.document.YamlNode;
import org.meridian.config.guess.Guesses;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.Duties;
import org.meridian.core.model.Hook;
import org.meridian.core.model.ImageMirror;
import org.meridian.core.model.ImagePush;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Kept;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.MetricSettings;
import org.meridian.core.model.NotifySettings;
import org.meridian.core.model.ProbeSettings;
import org.meridian.core.model.Proxies;
import org.meridian.core.model.Region;
import org.meridian.core.model.RolloutSettings;
import org.meridian.core.model.Serve;
import org.meridian.core.model.SshSettings;
import org.meridian.core.model.TrafficLayer;
import org.meridian.core.model.TrafficSettings;

/** Turns a {@code meridian.yml} and its Compose file into the model, or into the list of everything wrong with them. */
public final class ConfigurationLoader {
    static final String IF_MISSING = "Run 'meridian init' in the directory of your Compose file; it writes one.";

    private final Map<String, String> environment;

    /** Ready to load, with the variables of this process for what the file says stands in one. */
    public ConfigurationLoader() {
        this(System.getenv());
    }

    /** Ready to load, with these variables. */
    public ConfigurationLoader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads and checks a configuration.
     *
     * @throws org.meridian.core.diagnostic.Failure of the usage kind, with all problems in the order of the files; those
     *     that keep only a new release from being made are part of the configuration where there are no others
     */
    public Configuration load(Path file) {
        return load(file, SourceFile.read(file, IF_MISSING), new Problems()).configuration();
    }

    /** Reads a text as if it were in the file; lets {@code init} check what it is going to write. */
    Loaded load(Path file, String text, Problems problems) {
        Optional<YamlNode> tree = new YamlFile(file.toString(), problems).parse(text);
        if (tree.isEmpty()) {
            problems.throwIfAny();
        }
        Path parent = file.getParent();
        Path directory = parent == null ? Path.of("") : parent;
        Reading reading = new Reading(problems);
        Section root = reading.root(tree.orElseThrow());
        Draft draft = new Draft(root, directory, environment, problems);
        reading.finish();
        problems.throwIfAny();
        return new Loaded(draft.finished(file, directory, problems), reading.knownKeys());
    }

    /**
     * A configuration and the keys that were looked for in it.
     *
     * @param configuration what was read
     * @param knownKeys     such as {@code regions.<name>.servers}
     */
    record Loaded(Configuration configuration, Set<String> knownKeys) {}

    /** Everything that a configuration says, as far as it could be read. */
    private static final class Draft {
        private final Optional<AppName> name;
        private final List<Path> composeFiles;
        private final Optional<ComposeViews> reading;
        private final List<View> views;
        private final ProjectFiles files;
        private final Optional<MissingVariables> missing;
        private final Optional<ComposeDocument> compose;
        private final Optional<ImageReference> image;
        private final RegionsReader regions;
        private final Map<String, String> env;
        private final Optional<Serve> serve;
        private final Optional<List<String>> beforeShift;
        private final Optional<List<String>> releaseCommand;
        private final Duties duties;
        private final Optional<List<String>> console;
        private final RolloutSettings rollout;
        private final TrafficSettings traffic;
        private final ProbeSettings probe;
        private final MetricSettings metrics;
        private final List<Hook> hooks;
        private final List<NotifySettings> notices;
        private final StateLocation state;
        private final TerraformConfiguration terraform;
        private final SshSettings ssh;
        private final Optional<SecretReference> deployKey;
        private final LogSettings logs;
        private final Optional<ImageMirror> mirror;
        private final Optional<KeptWhere> keeping;
        private final Optional<KeptServices> kept;
        private final ImagePush push;

        Draft(Section root, Path directory, Map<String, String> environment, Problems problems) {
            name = root.require("app", "Write the app's name, such as 'app: journal'.")
                    .flatMap(Draft::appName);
            composeFiles = new ComposeLocator(directory, problems).find(root);
            logs = new LogsReader(directory).read(root.section("logs"));
            Section rolling = root.section("rollout");
            TerraformReader terraformReader = new TerraformReader(directory, environment);
            regions = new RegionsReader(
                    root,
                    name,
                    new SecretsReader(directory, root.find("secrets"), LogsReader.needed(logs)),
                    terraformReader,
                    new HostsReader(directory),
                    StrategyReader.read(rolling));
            env = EnvironmentReader.read(root.find("env"));
            reading = composeFiles.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ComposeViews(directory, composeFiles, env, problems));
            views = reading.map(compose -> compose.of(regions.regions(), regions.primary(), env, own()))
                    .orElse(List.of());
            compose = views.stream().findFirst().map(View::document);
            image = image(root, problems);
            Section serving = root.requireSection("serve", "Write 'serve: { service: web, port: 3000 }'.");
            Section steering = root.section("traffic");
            List<String> hosts = ServeReader.hosts(serving);
            traffic = TrafficReader.read(steering, ServeReader.timeout(serving), hosts, regions.someMachinesStay());
            Optional<String> hostname =
                    traffic.hostname().or(() -> hosts.stream().findFirst());
            serve = new ServeReader(compose, problems).read(serving, hostname, hosts);
            compose.ifPresent(document ->
                    image.ifPresent(app -> images(document, problems).checkOneBuild(app, serve.map(Serve::service))));
            beforeShift = CommandReader.read(root.find("before_shift"));
            releaseCommand = CommandReader.read(root.find("release_command"));
            Optional<String> served = serve.map(Serve::service);
            ServicesReader services = new ServicesReader(directory, compose, served);
            Said said = services.read(root.find("services"));
            duties = new RolesReader(compose, image, regions, served, services)
                    .read(root, said.roles())
                    .running(new JobsReader(compose, regions, served).read(root.find("jobs")));
            console = CommandReader.read(root.find("console"));
            probe = ProbeReader.read(root.section("probe"));
            rollout = RolloutReader.read(rolling, regions, probe.timeout());
            metrics = MetricsReader.read(root.find("metrics"), rollout.canary().isPresent());
            requireCounts(rolling);
            requireReachable(steering);
            requireMachinesThatStay(steering);
            requireOnePort(steering);
            hooks = HooksReader.read(root.section("hooks"));
            notices = new NotifyReader(new SecretAddress(directory, environment)).read(root.find("notify"));
            state = new StateReader(directory).read(root.find("state"));
            terraform = terraformReader.read(root.section("terraform"));
            Section reaching = root.section("ssh");
            SshReader sshReader = new SshReader(directory, environment);
            ssh = sshReader.read(reaching);
            mirror = RegistryReader.mirror(root.section("registry"));
            push = PushReader.read(root, image, regions.machinesExist());
            PushReader.check(push, regions.pushes());
            deployKey = sshReader.deployKey(reaching);
            keeping = keeping(new DataPlaces(regions, compose).read(said.places()));
            kept = kept(said);
            said.schedules().forEach((service, schedule) -> requireBackup(service, schedule, said.ephemeral()));
            kept.ifPresent(all -> said.places().forEach(place -> place.requireKept(all)));
            checkCompose(problems.ofNextRelease(), said.ephemeral());
            files = ProjectFiles.of(directory, views, problems.ofNextRelease());
            missing = reading.flatMap(project -> image.map(app -> new MissingVariables(views, app, project.beside())));
            missing.ifPresent(variables -> variables.check(regions.regions(), env.keySet(), problems.ofNextRelease()));
        }

        private void checkCompose(Problems problems, Set<String> ephemeral) {
            if (!views.isEmpty()) {
                DataLoss loss = new DataLoss(ephemeral, regions.machinesExist(), keeping, problems);
                image.ifPresent(app -> views.forEach(view -> loss.check(view.document(), app)));
                Set<String> lasting = kept.map(KeptServices::volumes).orElse(Set.of());
                views.forEach(view -> new ServerFitness(view.document(), lasting, problems).check());
                new SameEverywhere(views.getFirst(), problems).check(views, serve.map(Serve::service));
            }
        }

        /** Where services of the app may outlive its releases; empty where they can't. */
        private Optional<KeptWhere> keeping(Map<String, DataPlace> places) {
            return name.filter(app -> regions.oneMachineStays() || !places.isEmpty())
                    .map(app -> new KeptWhere(app, regions.oneMachineStays(), places));
        }

        private Optional<KeptServices> kept(Said said) {
            return compose.flatMap(document -> image.flatMap(app ->
                    keeping.map(where -> new KeptServices(document, app, where, said.ephemeral(), said.backups()))));
        }

        private void requireBackup(String service, Field schedule, Set<String> ephemeral) {
            if (ephemeral.contains(service)) {
                return;
            }
            if (kept.filter(all -> all.outlives(service)).isEmpty()) {
                schedule.warning(
                        "keeps-none",
                        service + " is not kept on a machine, so nothing of it is backed up",
                        "Leave it out (docs/data.md).");
            } else if (kept.filter(all -> all.backedUp(service)).isEmpty()) {
                schedule.keyError(
                        "no-backup-command",
                        "nobody has said how services." + service + " is backed up",
                        "Write 'command' beside it, a line for the shell of its container that prints the data.");
            }
        }

        /** What Meridian gives every server and is known before there is one. */
        private Map<String, String> own() {
            Map<String, String> own = new HashMap<>();
            name.ifPresent(app -> own.put("MERIDIAN_APP", app.value()));
            regions.primary().ifPresent(region -> own.put("MERIDIAN_PRIMARY", region.value()));
            return own;
        }

        /** Servers that are containers of this machine can't be reached from another. */
        private void requireReachable(Section steering) {
            Optional<Region> local = regions.regions().stream()
                    .filter(region -> region.provider().equals("local"))
                    .findFirst();
            if (traffic.layer() instanceof TrafficLayer.Machines && local.isPresent()) {
                steering.find("machines")
                        .ifPresent(field -> field.keyError(
                                "unreachable-servers",
                                "the servers of region " + local.get().name()
                                        + " are containers of this machine, which no other machine reaches",
                                "Leave 'machines' out, or give the region another provider."));
            }
        }

        /** Records in DNS live longer than servers that a release brings. */
        private void requireMachinesThatStay(Section steering) {
            Optional<Region> others = regions.regions().stream()
                    .filter(region -> !region.machinesStay())
                    .findFirst();
            if (traffic.layer() instanceof TrafficLayer.Dns && others.isPresent()) {
                steering.find("driver")
                        .ifPresent(field -> field.error(
                                "machines-that-go",
                                "with DNS alone users come to the machines themselves, and each release of region "
                                        + others.get().name() + " (provider: "
                                        + others.get().provider()
                                        + ") brings machines of its own",
                                "Write 'strategy: in_place' in the region, or put an edge before it: 'driver: haproxy' with"
                                        + " machines, or 'driver: cloudflare'."));
            }
        }

        /** Cloudflare checks all origins of an app at one port: proxies, and servers without one. */
        private void requireOnePort(Section steering) {
            Optional<Integer> proxies = traffic.layer()
                    .proxies()
                    .filter(each -> traffic.cloudflare().isPresent())
                    .map(Proxies::port);
            Optional<Integer> servers = serve.map(Serve::hostPort).filter(port -> !regions.machinesStay());
            if (proxies.isPresent() && servers.isPresent() && !proxies.equals(servers)) {
                steering.find("driver")
                        .ifPresent(field -> field.error(
                                "two-ports",
                                "Cloudflare checks everything at one port, and the proxies on machines that stay have port "
                                        + proxies.get()
                                        + " where the servers of the others have "
                                        + servers.get(),
                                "Write 'port: " + servers.get() + "' below traffic, or publish the service at port "
                                        + proxies.get() + " in the Compose file."));
            }
        }

        /** A canary is judged by counts: proxies have them, and Cloudflare has none. */
        private void requireCounts(Section rolling) {
            if (traffic.cloudflare().isPresent()
                    && !regions.machinesStay()
                    && rollout.canary().isPresent()
                    && metrics instanceof MetricSettings.Edge) {
                rolling.find("canary")
                        .ifPresent(field -> field.keyError(
                                "uncounted",
                                "Cloudflare does not count each server's requests, by which a canary is judged",
                                "Write 'metrics: { prometheus: … }', or leave the canary out."));
            }
        }

        private static Optional<AppName> appName(Field field) {
            String written = field.text().orElse("");
            return field.parsed(AppName::new, Names.suggestion(written, "the app"));
        }

        private Optional<ImageReference> image(Section root, Problems problems) {
            Optional<Field> field = root.require(
                    "image", "Write the app's image as it is in the Compose file, such as 'image: journal'.");
            Optional<ImageReference> reference =
                    field.flatMap(written -> written.parsed(ImageReference::parse, "Write it as in the Compose file."));
            if (compose.isPresent() && reference.isPresent()) {
                images(compose.get(), problems)
                        .check(reference.get(), field.orElseThrow().where());
            }
            return reference;
        }

        private static ServiceImages images(ComposeDocument document, Problems problems) {
            return new ServiceImages(document, Guesses.apps(document.services()), problems);
        }

        private ComposeFile composeFile(ComposeDocument document, ImageReference app) {
            Set<String> replaced = views.stream()
                    .flatMap(view -> view.document().replaced(app).stream())
                    .collect(Collectors.toSet());
            return new ComposeFile(
                    document.text(),
                    document.model(app, reading.orElseThrow().beside()),
                    missing.orElseThrow().named(),
                    files.beside().giving(replaced),
                    document.deciding(app),
                    kept.map(KeptServices::kept).orElse(Kept.NONE));
        }

        Configuration finished(Path file, Path directory, Problems problems) {
            App app = new App(
                    name.orElseThrow(),
                    composeFile(compose.orElseThrow(), image.orElseThrow()),
                    image.orElseThrow(),
                    regions.primary().orElseThrow(),
                    regions.regions().stream()
                            .map(region -> region.beside(files.hidden()))
                            .toList(),
                    env,
                    serve.orElseThrow(),
                    beforeShift,
                    releaseCommand,
                    duties,
                    console,
                    rollout,
                    traffic,
                    probe,
                    metrics,
                    hooks,
                    notices);
            return new Configuration(
                    file,
                    directory,
                    composeFiles.getFirst(),
                    state,
                    terraform,
                    app,
                    regions.machines(),
                    ssh,
                    deployKey,
                    logs,
                    mirror,
                    push,
                    problems.unreleasable(),
                    problems.warnings());
        }
    }
}
