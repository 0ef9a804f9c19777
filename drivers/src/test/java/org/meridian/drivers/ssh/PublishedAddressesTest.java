package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.model.Backup;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.drivers.command.CommandResult;

class PublishedAddressesTest {
    private static final String HAS = "10.0.0.5 172.17.0.1 fd00:0:0:0::5 \n";

    @Test
    void an_address_that_the_machine_has_not_is_told_before_docker_fails_on_it() {
        assertThatThrownBy(() -> require("10.0.0.6:5432:5432", told(0, HAS, "")))
                .hasMessageContaining("has no address 10.0.0.6 to publish a service on; it has 10.0.0.5, 172.17.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.5:5432:5432", "[fd00::5]:5432:5432"})
    void one_that_it_has_is_found_however_it_is_written(String published) {
        assertThatCode(() -> require(published, told(0, HAS, ""))).doesNotThrowAnyException();
    }

    @Test
    void a_machine_that_does_not_tell_its_addresses_is_believed() {
        assertThatCode(() -> require("10.0.0.6:5432:5432", told(127, "", "hostname: not found")))
                .doesNotThrowAnyException();
    }

    private static CommandResult told(int exitCode, String output, String errors) {
        return new CommandResult(HostCommands.addresses(), exitCode, output, errors);
    }

    private static void require(String published, CommandResult told) {
        KeptService db =
                new KeptService("image=0", Map.of(), List.of("rows"), List.of(), Optional.of(published), Backup.NONE);
        PublishedAddresses.require(server(), List.of(db), told);
    }

    private static Server server() {
        return new Server(
                new ServerName("journal-lab-r3-1"),
                new RegionName("lab"),
                new ReleaseId(3),
                "0123456789ab",
                Optional.of("10.0.0.5"),
                Optional.empty(),
                Server.State.RUNNING);
    }
}
