package org.meridian.drivers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.placement.AloneOnMachines;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.Ownership;
import org.meridian.testkit.FleetDriverContract;
import org.meridian.testkit.terraform.InstalledTerraform;

/** The fleet driver with real Terraform and a module whose servers are files. */
final class TerraformFleetTest extends FleetDriverContract {
    @TempDir
    private Path temporary = Path.of("");

    private TerraformWorld world = new TerraformWorld(APP, Path.of("target"));
    private AloneOnMachines fleet = world.fleet();

    @BeforeEach
    void makeWorld() {
        InstalledTerraform.require();
        world = new TerraformWorld(APP, temporary);
        fleet = world.fleet();
    }

    @Override
    protected FleetDriver driver(Ownership ownership) {
        return world.fleet(ownership);
    }

    @Override
    protected FleetDriver driver() {
        return fleet;
    }

    @Override
    protected String location() {
        return "DE";
    }

    @Override
    protected void stop(ServerName server) throws InterruptedException {
        write(world.servers.resolve(server.value()), "stopped");
        world.refresh(new RegionName(server.value().split("-", -1)[1]));
    }

    @Override
    protected BooleanSupplier bystander() {
        // A person's own Terraform, in the place where the regions' are.
        Path other = world.directory.resolve("other").resolve("main.tf");
        write(other, "resource \"terraform_data\" \"other\" {}\n");
        return () -> Files.exists(other);
    }

    @Override
    protected void await(String what, Condition condition) throws InterruptedException {
        Instant deadline = TerraformWorld.deadline();
        while (!condition.holds()) {
            assertThat(Instant.now()).as(what).isBefore(deadline);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
