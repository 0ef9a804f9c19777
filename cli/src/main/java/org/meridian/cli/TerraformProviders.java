package org.meridian.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.meridian.config.Configuration;
import org.meridian.config.TerraformConfiguration;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.event.EventSink;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.App;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.Proxies;
import org.meridian.core.model.RegionName;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.spi.MachineProvider;
import org.meridian.core.spi.Ownership;
import org.meridian.core.spi.Time;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.ssh.DeployKey;
import org.meridian.drivers.ssh.DerivedHostKeys;
import org.meridian.drivers.terraform.Backend;
import org.meridian.drivers.terraform.FleetProvider;
import org.meridian.drivers.terraform.HostKeyPair;
import org.meridian.drivers.terraform.MachineMaterial;
import org.meridian.drivers.terraform.MemoryBudget;
import org.meridian.drivers.terraform.RegionModule;
import org.meridian.drivers.terraform.Terraform;
import org.meridian.drivers.terraform.TerraformMachines;
import org.meridian.drivers.terraform.TerraformSettings;

/** The providers whose machines Terraform makes; all of them, so that machines of a region that is gone are found too. */
final class TerraformProviders {
    /** A deployer that ends just now is waited for; one that works is somebody else's business. */
    private static final Duration LOCK_WITHIN = Duration.ofMinutes(1);

    private TerraformProviders() {}

    static List<MachineProvider> open(
            Configuration configuration,
            DeployKey key,
            Supplier<UserData> userData,
            Ownership ownership,
            LocalProcesses processes,
            EventSink events,
            Time time) {
        App app = configuration.app();
        DerivedHostKeys hostKeys = new DerivedHostKeys(key);
        MachineMaterial material = new MachineMaterial(
                app.name(),
                machine -> port(app, machine),
                userData,
                key::publicKey,
                (server, generation) -> {
                    String name = server + " " + generation;
                    return new HostKeyPair(hostKeys.publicKey(name), hostKeys.privateKey(name));
                },
                ownership);
        Terraform terraform = new Terraform(settings(configuration), processes, events, time);
        return Stream.of(FleetProvider.values())
                .<MachineProvider>map(provider -> new TerraformMachines(
                        provider,
                        app.regions(),
                        modules(configuration.terraform()),
                        material,
                        terraform,
                        new VirtualThreads()))
                .toList();
    }

    /** What stays has a proxy, which alone reaches the servers there. */
    private static int port(App app, MachineSpec machine) {
        return app.traffic()
                .layer()
                .proxies()
                .filter(proxies -> machine.server().isEmpty())
                .map(Proxies::port)
                .orElse(app.serve().hostPort());
    }

    private static TerraformSettings settings(Configuration configuration) {
        TerraformConfiguration terraform = configuration.terraform();
        return new TerraformSettings(
                terraform.program(),
                LocalDirectory.at(configuration.local()).inside("terraform"),
                new Backend(terraform.backend(), terraform.settings()),
                terraform
                        .pluginCache()
                        .orElse(LocalImage.userCache().resolve("terraform"))
                        .toAbsolutePath(),
                terraform.parallelism().orElseGet(MemoryBudget::runsAtOnce),
                terraform.within(),
                LOCK_WITHIN);
    }

    private static Map<RegionName, RegionModule> modules(TerraformConfiguration terraform) {
        Map<RegionName, RegionModule> modules = new HashMap<>();
        terraform
                .modules()
                .forEach((region, module) -> modules.put(region, new RegionModule(module.path(), module.variables())));
        return modules;
    }
}
