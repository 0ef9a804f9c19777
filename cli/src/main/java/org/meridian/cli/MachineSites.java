package org.meridian.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meridian.config.Configuration;
import org.meridian.config.HostsLocation;
import org.meridian.core.model.RegionName;
import org.meridian.drivers.command.CommandRunner;
import org.meridian.drivers.hosts.Machine;
import org.meridian.drivers.hosts.MachineSource;
import org.meridian.drivers.hosts.PrintedMachines;
import org.meridian.drivers.hosts.Site;

/** Turns what the configuration says of machines into where the driver for them looks. */
final class MachineSites {
    private MachineSites() {}

    static Map<RegionName, Site> of(Configuration configuration, CommandRunner processes) {
        Path directory = configuration.directory().toAbsolutePath();
        Map<RegionName, Site> sites = new HashMap<>();
        configuration
                .machines()
                .forEach((region, location) -> sites.put(
                        region,
                        new Site(
                                source(region, location.origin(), directory, processes),
                                location.firstPort(),
                                location.lastPort())));
        return Map.copyOf(sites);
    }

    private static MachineSource source(
            RegionName region, HostsLocation.Origin origin, Path directory, CommandRunner processes) {
        return switch (origin) {
            case HostsLocation.Listed listed -> {
                List<Machine> machines = listed.hosts().stream()
                        .map(host -> new Machine(host.ssh(), host.address()))
                        .toList();
                yield () -> machines;
            }
            case HostsLocation.TerraformOutput terraform ->
                PrintedMachines.ofTerraform(
                        region.value(), terraform.directory().toAbsolutePath(), terraform.output(), processes);
            case HostsLocation.Printed printed ->
                new PrintedMachines(region.value(), directory, printed.command(), processes);
        };
    }
}
