package org.meridian.drivers.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Secret;
import org.meridian.core.placement.AloneOnMachines;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.spi.Ownership;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;

/** A real Terraform whose servers are files of a directory. */
final class TerraformWorld {
    static final RegionName EAST = new RegionName("east");
    static final RegionName WEST = new RegionName("west");
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA+oSfsvJpwAh5W6I3ENPiDBCSXCVEJlMDvC/ufLJyB7";

    final LocalProcesses processes = new LocalProcesses();
    final List<RolloutEvent> events = Collections.synchronizedList(new ArrayList<>());
    final Path directory;
    final Path servers;
    private final AppName app;
    Backend backend = Backend.LOCAL;
    Duration within = Duration.ofMinutes(2);
    boolean careless;
    Optional<String> size = Optional.empty();

    TerraformWorld(AppName app, Path temporary) {
        this.app = app;
        directory = temporary.resolve("terraform");
        servers = temporary.resolve("servers");
        try {
            Files.createDirectories(servers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AloneOnMachines fleet() {
        return fleet(new Ownership(Optional::empty));
    }

    AloneOnMachines fleet(Ownership ownership) {
        TerraformSettings settings = new TerraformSettings(
                "terraform",
                LocalDirectory.at(directory),
                backend,
                directory.resolveSibling("plugins"),
                2,
                within,
                Duration.ofSeconds(2));
        RegionModule module = new RegionModule(
                Optional.of(module()), Map.of("world", servers.toString(), "careless", careless ? "true" : "false"));
        return new AloneOnMachines(
                new TerraformMachines(
                        FleetProvider.TERRAFORM,
                        List.of(region(EAST), region(WEST)),
                        Map.of(EAST, module, WEST, module),
                        material(ownership),
                        new Terraform(settings, processes, events::add, new SystemTime()),
                        new VirtualThreads()),
                ownership);
    }

    MachineMaterial material() {
        return material(new Ownership(Optional::empty));
    }

    private MachineMaterial material(Ownership ownership) {
        return new MachineMaterial(
                app,
                machine -> 3000,
                () -> UserData.of(app, "deploy", KEY),
                () -> KEY,
                (server, generation) -> new HostKeyPair(
                        "ssh-ed25519 "
                                + Base64.getEncoder()
                                        .encodeToString((server + generation).getBytes(StandardCharsets.UTF_8)),
                        Secret.of("PRIVATE KEY OF " + server + "\nsecond line\n")),
                ownership);
    }

    Region region(RegionName name) {
        return new Region(name, "terraform", "DE", 1, size, List.of(), Map.of(), List.of());
    }

    static Path module() {
        Path here = Path.of("src/test/terraform/files");
        return Files.isDirectory(here) ? here : Path.of("drivers").resolve(here);
    }

    Path file(RegionName region, String name) {
        return directory.resolve(region.value()).resolve(name);
    }

    /** What a person does who wants Terraform to look at the world again. */
    void refresh(RegionName region) throws InterruptedException {
        processes
                .run(Command.of(
                                "terraform",
                                "-chdir=" + directory.resolve(region.value()),
                                "apply",
                                "-refresh-only",
                                "-auto-approve",
                                "-input=false")
                        .within(Duration.ofMinutes(1)))
                .expect("refreshing", "");
    }

    static Instant deadline() {
        return Instant.now().plusSeconds(60);
    }
}
