package org.meridian.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.config.Configuration;
import org.meridian.config.ConfigurationLoader;
import org.meridian.config.HostsLocation;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.App;
import org.meridian.core.model.ImageRoute;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.model.MetricSettings;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Server;
import org.meridian.core.model.SshAddress;
import org.meridian.core.model.TrafficLayer;
import org.meridian.core.operation.AccessoryWork;
import org.meridian.core.operation.FirstHostKeys;
import org.meridian.core.operation.SeenAccessory;
import org.meridian.core.operation.Workspace;
import org.meridian.core.rollout.Fleets;
import org.meridian.core.rollout.Hooks;
import org.meridian.core.rollout.PatientStore;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.rollout.World;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.ImageRegistry;
import org.meridian.core.spi.KeyAccess;
import org.meridian.core.spi.MachineProvider;
import org.meridian.core.spi.MetricSource;
import org.meridian.core.spi.Notifier;
import org.meridian.core.spi.Ownership;
import org.meridian.core.spi.SecretStore;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.Time;
import org.meridian.drivers.command.EdgeMachine;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.hooks.ProcessHooks;
import org.meridian.drivers.hosts.Site;
import org.meridian.drivers.local.LocalEdge;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalMachines;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalRegistry;
import org.meridian.drivers.notify.SlackNotifier;
import org.meridian.drivers.notify.WebhookNotifier;
import org.meridian.drivers.probe.HttpProber;
import org.meridian.drivers.prometheus.PrometheusMetrics;
import org.meridian.drivers.registry.DockerLogins;
import org.meridian.drivers.registry.OciRegistry;
import org.meridian.drivers.registry.RegistryReader;
import org.meridian.drivers.ssh.DeployKey;
import org.meridian.drivers.ssh.DerivedHostKeys;
import org.meridian.drivers.ssh.HostKeyPins;
import org.meridian.drivers.ssh.ImageSource;
import org.meridian.drivers.ssh.ImageSupply;
import org.meridian.drivers.ssh.KeptDeployKey;
import org.meridian.drivers.ssh.KeySuccession;
import org.meridian.drivers.ssh.OwnHostKeys;
import org.meridian.drivers.ssh.Publishing;
import org.meridian.drivers.ssh.RegistryLogins;
import org.meridian.drivers.ssh.Relay;
import org.meridian.drivers.ssh.ServerConnections;
import org.meridian.drivers.ssh.SshAccessories;
import org.meridian.drivers.ssh.SshConnections;
import org.meridian.drivers.ssh.SshHosts;
import org.meridian.drivers.ssh.SshKeyAccess;
import org.meridian.drivers.ssh.SshServers;
import org.meridian.drivers.telemetry.Telemetry;

/** Puts an app's configuration and the drivers it names together. */
final class Wiring {
    private static final String DEPLOY_USER = "meridian";
    private static final String LOCAL = "local";

    private final Configuration configuration;
    private final App app;
    private final LocalNames names;
    private final LocalProcesses processes = new LocalProcesses();
    private final LocalImage image = new LocalImage(LocalImage.userCache(), processes);
    private final Time time = new SystemTime();
    private final StateStore state;
    private final Ownership ownership;
    private final LocalRegistry registry;
    private final List<SecretStore> secrets;
    private final LocalDirectory ssh;
    private final DeployKey key;
    private final HostKeyPins pins;
    private final SshConnections connections;
    private final Announcer events = new Announcer();
    private final AppMachines machines;

    private Wiring(Configuration configuration, EventSink events) {
        this.events.add(events);
        this.configuration = configuration;
        this.app = configuration.app();
        this.names = new LocalNames(app.name());
        this.registry = new LocalRegistry(names, image, processes);
        this.state = PatientStore.of(StateStores.open(configuration.state(), app.name()), time, this.events);
        this.ownership = new Ownership(state::identity);
        this.ssh = LocalDirectory.at(configuration.local()).inside("ssh");
        this.secrets = SecretStores.of(configuration, processes);
        this.pins = new SharedHostKeys(state);
        Optional<DeployKey> team = configuration.deployKey().map(new DeployKeys(secrets)::of);
        this.key = team.orElseGet(() -> new KeptDeployKey(ssh));
        this.connections = new SshConnections(configuration.ssh(), team, pins);
        this.machines = new AppMachines(
                configuration,
                providers(),
                processes,
                new SshAccess(connections),
                hosts(new FirstHostKeys(state)::spent),
                ownership,
                time);
    }

    /** Opens the app that a configuration file describes; throws a Failure of kind USAGE with every problem in it. */
    static Meridian open(Path configFile, EventSink events) {
        Wiring wiring = new Wiring(new ConfigurationLoader().load(configFile), events);
        wiring.closeToOthers();
        Telemetry telemetry = wiring.telemetry();
        wiring.events.add(telemetry);
        SshServers servers = new SshServers(wiring.app.name(), wiring.servers(server -> true));
        return new OpenApp(
                wiring.workspace(),
                servers,
                servers,
                servers,
                new SshAccessories(wiring.app.name(), wiring.hosts(), wiring.dataMachine()),
                wiring.warnings(),
                wiring::requireReady,
                wiring::keyAccess,
                telemetry);
    }

    /** The machine that has what keeps data; empty where the app has none, or several of which none is said to have it. */
    private Optional<SshAccessories.Machine> dataMachine() {
        Optional<String> named = app.compose().kept().machine();
        if (named.isPresent()) {
            return listedMachines()
                    .filter(one -> one.ssh().toString().equals(named.get()))
                    .findFirst();
        }
        List<SshAccessories.Machine> all = listedMachines().toList();
        boolean alone = configuration.machines().size() == 1 && app.regions().size() == 1 && all.size() == 1;
        return alone ? Optional.of(all.getFirst()) : Optional.empty();
    }

    private Stream<SshAccessories.Machine> listedMachines() {
        return configuration.machines().entrySet().stream()
                .filter(region -> region.getValue().origin() instanceof HostsLocation.Listed)
                .flatMap(region -> ((HostsLocation.Listed) region.getValue().origin())
                        .hosts().stream().map(host -> new SshAccessories.Machine(region.getKey(), host.ssh())));
    }

    private void requireReady() throws InterruptedException {
        configuration.requireReleasable();
        MissingCredentials.ofThisProcess().require(app, configuration.state());
        if (configuration.deployKey().isPresent()) {
            FormerKey.refuse(key.publicKey(), state.keyRotation());
        }
        machines.requireStrategies();
    }

    private KeyAccess keyAccess(Optional<String> next) {
        return new SshKeyAccess(
                key,
                configuration.deployKey().isPresent()
                        ? new KeySuccession.Stored(next.map(new DeployKeys(secrets)::of))
                        : new KeySuccession.Kept(ssh),
                servers(server -> true),
                connections,
                this::machinesOfTheTeam);
    }

    /** To machines that were there before, everybody logs in with their own key unless the team has one. */
    private List<SshAddress> machinesOfTheTeam() throws InterruptedException {
        List<SshAddress> machines = new ArrayList<>();
        if (configuration.deployKey().isPresent()) {
            for (Site site : this.machines.sites().values()) {
                site.source().machines().stream()
                        .filter(machine -> machine.made().isEmpty())
                        .forEach(machine -> machines.add(machine.ssh()));
            }
        }
        return machines;
    }

    /** Servers that are made while the key is being replaced accept both. */
    private String[] authorizedKeys() {
        Stream<String> rotating = state.keyRotation().filter(KeyRotation::underWay).stream()
                .flatMap(rotation -> Stream.of(rotation.from(), rotation.to()));
        return Stream.concat(Stream.of(key.publicKey()), rotating).distinct().toArray(String[]::new);
    }

    private List<Diagnostic> warnings() {
        return Stream.concat(configuration.warnings().stream(), UnsharedState.problem(configuration).stream())
                .toList();
    }

    /** An earlier version, or another tool, may have left it open. */
    private void closeToOthers() {
        Path local = configuration.local();
        try {
            LocalDirectory.at(local).closeIfThere();
        } catch (IOException e) {
            throw Failure.of(
                    Diagnostic.of(
                            "local-directory",
                            "can't close " + local + " to others: " + BoundedFile.reason(e),
                            "It holds keys and tokens: make it yours, with mode 700, on a disk that can be written."),
                    e);
        }
    }

    private Telemetry telemetry() {
        return new Telemetry(
                app.name(),
                Version.number(),
                System.getenv(),
                text -> events.emit(new RolloutEvent.Note(time.now(), text)));
    }

    private Workspace workspace() {
        return new Workspace(app, world(), state, images(), secrets, Actor.name());
    }

    /** Asks the machine of this configuration what keeps data there, and changes nothing; throws a Failure where it can't be asked. */
    static List<SeenAccessory> dataServices(Path configFile) throws InterruptedException {
        Wiring wiring = new Wiring(new ConfigurationLoader().load(configFile), event -> {});
        try (SshHosts hosts = wiring.hosts()) {
            return new AccessoryWork(
                            wiring.workspace(), new SshAccessories(wiring.app.name(), hosts, wiring.dataMachine()))
                    .list();
        }
    }

    /** Tries to get to every machine and server of the app that a configuration file describes. */
    static Reach reach(Path configFile) throws InterruptedException {
        Wiring wiring = new Wiring(new ConfigurationLoader().load(configFile), event -> {});
        try (SshHosts hosts = wiring.hosts()) {
            List<FleetDriver> used = wiring.machines.fleets().stream()
                    .filter(fleet -> wiring.app.regions().stream()
                            .anyMatch(region -> region.provider().equals(fleet.provider())))
                    .toList();
            return new ReachSearch(used, wiring.edges(), hosts, new VirtualThreads()).look();
        }
    }

    /** The addresses of the machines that users come to by DNS alone. */
    static List<String> proxyAddresses(Path configFile) throws InterruptedException {
        Wiring wiring = new Wiring(new ConfigurationLoader().load(configFile), event -> {});
        return wiring.app.traffic().layer() instanceof TrafficLayer.Dns dns
                ? new AppProxies(wiring.app, dns.each(), List.of(), wiring.machines.sites(), wiring.connections)
                        .addresses()
                : List.of();
    }

    private World world() {
        TrafficParts traffic = traffic();
        return new World(
                new Fleets(machines.fleets()),
                hosts(new FirstHostKeys(state)::spent),
                traffic.driver(),
                metrics(traffic),
                new HttpProber(traffic.entrances(), probedHost()),
                new Hooks(
                        app.hooks(), new ProcessHooks(configuration.directory(), processes), notifiers(), events, time),
                time,
                new VirtualThreads(),
                events);
    }

    /** Cloudflare answers to its own host name alone; elsewhere the address is an IP address, for which the app may not answer. */
    private Optional<String> probedHost() {
        return app.serve().health().host().filter(host -> app.traffic()
                .cloudflare()
                .isEmpty());
    }

    /** The local one last, since it takes networks away that machines may be reached through. */
    private List<MachineProvider> providers() {
        // The key is made when the first server is: commands that only look leave nothing behind.
        Supplier<UserData> userData = () -> UserData.of(app.name(), DEPLOY_USER, authorizedKeys());
        List<MachineProvider> providers = new ArrayList<>(
                TerraformProviders.open(configuration, key, userData, ownership, processes, events, time));
        providers.add(new LocalMachines(names, image, registry, userData, processes, ssh, ownership));
        return providers;
    }

    /** For what meets no server for the first time. */
    private SshHosts hosts() {
        return hosts(server -> true);
    }

    private SshHosts hosts(Predicate<Server> firstHostKeySpent) {
        return new SshHosts(
                app.name(),
                servers(firstHostKeySpent),
                new ImageSupply(
                        allLocal() ? RegistryLogins.NONE : this::logins,
                        configuration.mirror(),
                        ImageSource.here(registry::serve),
                        relay()),
                configuration.logs(),
                this::publishing,
                time);
    }

    /** The registry that the app's image is in, for regions whose servers don't pull from it themselves. */
    private Relay relay() {
        Set<RegionName> through = app.regions().stream()
                .filter(region -> region.images() == ImageRoute.THROUGH_DEPLOYER)
                .map(Region::name)
                .collect(Collectors.toSet());
        return new Relay(
                through,
                app.image().registry(),
                () -> new RegistryReader(app.image(), DockerLogins.ofThisMachine(processes), configuration.mirror())
                        ::read);
    }

    /** Where a machine has a proxy, that alone reaches the app. */
    private Publishing publishing(RegionName region) {
        boolean proxied =
                app.traffic().layer().proxies().isPresent() && machines.sites().containsKey(region);
        return proxied ? Publishing.TO_THE_MACHINE : Publishing.TO_THE_NETWORK;
    }

    private ServerConnections servers(Predicate<Server> firstHostKeySpent) {
        // Servers that are containers of this machine need nobody between.
        Predicate<Server> elsewhere = server -> !machines.made(LOCAL, server);
        return new ServerConnections(
                connections,
                DEPLOY_USER,
                key,
                elsewhere,
                new OwnHostKeys(new DerivedHostKeys(key), elsewhere, firstHostKeySpent, pins));
    }

    /** What {@code docker login} left on this machine for these registries. */
    private Map<String, Secret> logins(Set<String> registries) throws InterruptedException {
        return DockerLogins.ofThisMachine(processes).entries(registries);
    }

    private boolean allLocal() {
        return app.regions().stream().allMatch(region -> region.provider().equals(LOCAL));
    }

    /**
     * Servers of the local world get images from this machine; all others pull from the registry that the image names, unless
     * the app's is pushed to them.
     */
    private ImageRegistry images() {
        return allLocal()
                ? registry
                : new PushedRegistry(
                        app.image(),
                        configuration.push(),
                        registry,
                        new OciRegistry(DockerLogins.ofThisMachine(processes), configuration.mirror()));
    }

    /** Machines of an edge that are reached over SSH. */
    private List<EdgeMachine> edges() {
        return app.traffic().layer() instanceof TrafficLayer.Machines
                ? traffic().edges()
                : List.of();
    }

    private TrafficParts traffic() {
        var layers = new TrafficLayers(app, connections, time, new VirtualThreads());
        return switch (app.traffic().layer()) {
            case TrafficLayer.Here here -> layers.here(new LocalEdge(names, image, here.port(), processes), processes);
            case TrafficLayer.Machines machines -> layers.machines(machines, this.machines.sites(), events);
            case TrafficLayer.Dns dns -> layers.dns(dns, machines.sites(), System.getenv(), events);
            case TrafficLayer.Cloudflare cloudflare ->
                layers.cloudflare(cloudflare, machines.sites(), System.getenv(), events);
        };
    }

    private MetricSource metrics(TrafficParts traffic) {
        return switch (app.metrics()) {
            case MetricSettings.Edge edge -> traffic.counts();
            case MetricSettings.Prometheus prometheus ->
                new PrometheusMetrics(prometheus, region -> traffic.driver().observe(region).origins().stream()
                        .map(Origin::server)
                        .toList());
        };
    }

    private List<Notifier> notifiers() {
        return app.notices().stream()
                .<Notifier>map(notice -> switch (notice.form()) {
                    case SLACK -> new SlackNotifier(notice.address());
                    case WEBHOOK -> new WebhookNotifier(notice.address());
                })
                .toList();
    }
}
