package org.meridian.cli.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.cli.ConfigFiles;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.DnsAddress;
import org.meridian.core.model.TrafficLayer;
import org.meridian.drivers.command.CommandRunner;

/** Goes through the checks, the machine first. */
public final class Doctor {
    private final CommandRunner commands;
    private final ConfigFiles config;
    private final Path configFile;
    private final Path project;

    /** Looks at this machine, at this configuration and at the directory that it lies in. */
    public Doctor(CommandRunner commands, ConfigFiles config, Path configFile, Path project) {
        this.commands = commands;
        this.config = config;
        this.configFile = configFile;
        this.project = project;
    }

    /** What each check found. */
    public List<Finding> findings() throws InterruptedException {
        var loaded = new ConfigCheck(config, configFile);
        List<Finding> findings = new ArrayList<>();
        findings.add(loaded.look());
        Optional<App> app = loaded.app();
        for (Check check : checks(app)) {
            findings.add(look(check));
        }
        return findings;
    }

    private List<Check> checks(Optional<App> app) {
        Path local = app.isPresent() ? config.local(configFile) : project.resolve(".meridian");
        List<Check> checks = new ArrayList<>(List.of(
                new JavaCheck(Runtime.version()),
                new EngineCheck(commands),
                new EngineDiskCheck(commands),
                new ProjectDiskCheck(project),
                MemoryCheck.of(app),
                new StateCheck(local),
                new LocalDirectoryCheck(commands, local),
                new KeyCheck(local)));
        app.ifPresent(found -> {
            checks.add(new StoreCheck(() -> config.state(configFile)));
            checks.add(new SharedStateCheck(() -> config.unsharedState(configFile)));
            checks.add(new DeployKeyCheck(() -> config.publicDeployKey(configFile)));
            checks.add(new SecretsCheck(() -> config.secrets(configFile)));
            checks.add(new SshCheck(() -> config.reach(configFile)));
            checks.add(new BackupsCheck(found.compose().kept().services(), () -> config.dataServices(configFile)));
            checks.addAll(edge(found));
        });
        return checks;
    }

    /** Machines that are the edge are among those that SSH is tried to. */
    private List<Check> edge(App found) {
        return switch (found.traffic().layer()) {
            case TrafficLayer.Here here -> List.of(new PortCheck(commands, found, here.port()));
            case TrafficLayer.Machines machines -> List.of();
            case TrafficLayer.Dns dns -> names(dns.hostname(), found.traffic().hosts());
            case TrafficLayer.Cloudflare cloudflare -> List.of(CloudflareCheck.of(found, System.getenv()));
        };
    }

    /** The hostname first, then the other names that users ask for. */
    private List<Check> names(String hostname, List<String> hosts) {
        return Stream.concat(Stream.of(hostname), hosts.stream())
                .distinct()
                .<Check>map(name -> new DnsCheck(name, this::machines, new Resolver()))
                .toList();
    }

    private Set<DnsAddress> machines() throws InterruptedException {
        return config.proxyAddresses(configFile).stream().map(DnsAddress::of).collect(Collectors.toSet());
    }

    /** A check that can't look is a finding too. */
    private static Finding look(Check check) throws InterruptedException {
        try {
            return check.look();
        } catch (Failure e) {
            return Finding.fail(
                    check.getClass().getSimpleName(),
                    e.diagnostic().summary(),
                    e.diagnostic().suggestion());
        }
    }
}
