package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.meridian.config.Configuration;
import org.meridian.config.HostsLocation;
import org.meridian.core.model.App;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.placement.ProvidedFleet;
import org.meridian.core.placement.StayingMachines;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.MachineProvider;
import org.meridian.core.spi.Ownership;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.Time;
import org.meridian.drivers.command.CommandRunner;
import org.meridian.drivers.hosts.Machine;
import org.meridian.drivers.hosts.MachineAccess;
import org.meridian.drivers.hosts.MachineSource;
import org.meridian.drivers.hosts.PlacedFleet;
import org.meridian.drivers.hosts.PrintedMachines;
import org.meridian.drivers.hosts.Site;
import org.meridian.drivers.ssh.SshHosts;

/** An app's machines that outlive releases, and the servers on all its machines, by provider. */
final class AppMachines {
    private static final String EXISTING = "hosts";

    private final Configuration configuration;
    private final App app;
    private final CommandRunner processes;
    private final MachineAccess access;
    private final SshHosts hosts;
    private final Ownership ownership;
    private final Time time;
    private final Tasks tasks = new VirtualThreads();
    private final Map<RegionName, Site> existing = new HashMap<>();
    private final List<MachineProvider> providers;
    private final List<FleetDriver> fleets = new ArrayList<>();
    private final Map<RegionName, Site> sites = new HashMap<>();
    private final Map<MachineName, String> madeBy = new ConcurrentHashMap<>();

    /**
     * The machines of these providers, and those that were there before Meridian.
     *
     * @param providers the one that takes networks away that machines may be reached through is the last
     * @param hosts     logs in to machines that Meridian made
     */
    AppMachines(
            Configuration configuration,
            List<MachineProvider> providers,
            CommandRunner processes,
            MachineAccess access,
            SshHosts hosts,
            Ownership ownership,
            Time time) {
        this.configuration = requireNonNull(configuration, "configuration is null");
        this.app = configuration.app();
        this.providers = List.copyOf(providers);
        this.processes = requireNonNull(processes, "processes is null");
        this.access = requireNonNull(access, "access is null");
        this.hosts = requireNonNull(hosts, "hosts is null");
        this.ownership = requireNonNull(ownership, "ownership is null");
        this.time = requireNonNull(time, "time is null");
        configuration.machines().forEach((region, location) -> source(region, location.origin())
                .ifPresent(
                        source -> existing.put(region, new Site(source, location.firstPort(), location.lastPort()))));
        sites.putAll(existing);
        fleets.add(placed(EXISTING, () -> existing));
        providers.forEach(provider -> fleets.add(provided(provider)));
    }

    /** Whether that provider made the machine of a server; in a region of the configuration, one that is not there yet, too. */
    boolean made(String provider, Server server) {
        String maker = madeBy.getOrDefault(
                server.machine().name(),
                app.regions().stream()
                        .filter(region -> region.name().equals(server.region()))
                        .map(Region::provider)
                        .findFirst()
                        .orElse(""));
        return maker.equals(provider);
    }

    /** Those of every region whose machines outlive releases. */
    Map<RegionName, Site> sites() {
        return Map.copyOf(sites);
    }

    /** The servers, whatever their machines are. */
    List<FleetDriver> fleets() {
        return List.copyOf(fleets);
    }

    /** Throws a Failure where traffic can't follow a region's strategy, which was another when its servers were made. */
    void requireStrategies() throws InterruptedException {
        StrategyChange change = new StrategyChange(app);
        for (MachineProvider provider : providers) {
            boolean used =
                    app.regions().stream().anyMatch(region -> region.provider().equals(provider.provider()));
            if (used) {
                change.require(provider.observe());
            }
        }
    }

    private FleetDriver provided(MachineProvider provider) {
        Map<RegionName, Site> made = new ConcurrentHashMap<>();
        StayingMachines staying = new StayingMachines(app.name(), provider, ownership);
        for (Region region : app.regions()) {
            if (region.provider().equals(provider.provider())) {
                made.put(region.name(), site(region, staying));
            }
        }
        made.forEach((region, site) -> {
            if (app.region(region).machinesStay()) {
                sites.put(region, site);
            }
        });
        return new ProvidedFleet(provider, ownership, placed(provider.provider(), () -> made), found -> {
            madeBy.put(found.spec().name(), provider.provider());
            made.computeIfAbsent(found.region(), name -> site(Region.former(name, provider.provider()), staying));
        });
    }

    /** Also where each release brings machines by now: there may be some that stayed before. */
    private Site site(Region region, StayingMachines staying) {
        Optional<HostsLocation> location =
                Optional.ofNullable(configuration.machines().get(region.name()));
        return new Site(
                new MadeMachines(region, staying, hosts, tasks, time),
                location.map(HostsLocation::firstPort).orElse(HostsLocation.FIRST_PORT),
                location.map(HostsLocation::lastPort).orElse(HostsLocation.LAST_PORT));
    }

    private FleetDriver placed(String provider, Supplier<Map<RegionName, Site>> at) {
        return new PlacedFleet(provider, app.name(), at, access, tasks, ownership);
    }

    private Optional<MachineSource> source(RegionName region, HostsLocation.Origin origin) {
        Path directory = configuration.directory().toAbsolutePath();
        return switch (origin) {
            case HostsLocation.Made made -> Optional.empty();
            case HostsLocation.Listed listed -> {
                List<Machine> machines = listed.hosts().stream()
                        .map(host -> new Machine(host.ssh(), host.address()))
                        .toList();
                yield Optional.of(() -> machines);
            }
            case HostsLocation.TerraformOutput terraform ->
                Optional.of(PrintedMachines.ofTerraform(
                        region.value(), terraform.directory().toAbsolutePath(), terraform.output(), processes));
            case HostsLocation.Printed printed ->
                Optional.of(new PrintedMachines(region.value(), directory, printed.command(), processes));
        };
    }
}
