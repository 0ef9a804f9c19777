package org.meridian.drivers.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.SshAddress;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.LocalProcesses;

final class MachineListTest {
    @Test
    void reads_a_list_of_addresses() {
        assertThat(MachineList.parse("lab", "[\"ops@a:2222\", \"b\"]"))
                .containsExactly(machine("ops@a:2222"), machine("b"));
    }

    @Test
    void reads_an_object_in_the_order_of_its_names() {
        assertThat(MachineList.parse("lab", """
                        {"web-2": {"public_ip": "203.0.113.2", "private_ip": "10.0.0.2"},
                         "web-1": {"ssh": "ops@bastion-1", "private_ip": "10.0.0.1"},
                         "web-3": {"ssh": "ops@c", "address": "2001:db8::3"},
                         "web-4": "2001:db8::4"}
                        """))
                .containsExactly(
                        machine("ops@bastion-1", "10.0.0.1"),
                        machine("203.0.113.2"),
                        machine("ops@c", "2001:db8::3"),
                        machine("[2001:db8::4]"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "no json|it is not JSON",
                "[]|there is no machine in it",
                "7|neither a list nor an object",
                "[7]|neither 'ssh' nor 'public_ip'",
                "[{\"ssh\": \"a b\"}]|'a b' is not a machine's address",
                "[{\"ssh\": \"a\", \"address\": \"lab\"}]|'lab' is not an IP address",
                "[\"a\", \"a\"]|twice"
            })
    void says_what_is_wrong(String json, String why) {
        assertThatThrownBy(() -> MachineList.parse("lab", json))
                .hasMessageStartingWith("what was printed for the machines of region lab can't be used: ")
                .hasMessageContaining(why);
    }

    @Test
    void a_command_is_run_in_its_directory_and_once(@TempDir Path directory) throws InterruptedException {
        PrintedMachines printed = new PrintedMachines(
                "lab",
                directory,
                List.of("sh", "-c", "echo x >>ran; echo \"[\\\"ops@$0\\\"]\"", "a b"),
                new LocalProcesses());

        assertThatThrownBy(printed::machines).hasMessageContaining("'ops@a b' is not a machine's address");
        PrintedMachines good = new PrintedMachines(
                "lab", directory, List.of("sh", "-c", "echo x >>runs; echo '[\"ops@a\"]'"), new LocalProcesses());
        assertThat(good.machines()).isEqualTo(good.machines()).containsExactly(machine("ops@a"));
        assertThat(directory.resolve("runs")).hasContent("x");
    }

    @Test
    void a_command_that_fails_is_shown(@TempDir Path directory) {
        PrintedMachines printed = new PrintedMachines(
                "lab", directory, List.of("sh", "-c", "echo no login >&2; exit 7"), new LocalProcesses());

        assertThatThrownBy(printed::machines)
                .hasMessageContaining("the machines of region lab are not known")
                .hasMessageContaining("exit code 7")
                .satisfies(e -> assertThat(((Failure) e).diagnostic().detail()).isEqualTo("no login"));
    }

    @Test
    void terraform_is_asked_for_one_output(@TempDir Path directory) throws InterruptedException {
        List<Machine> machines = PrintedMachines.ofTerraform("lab", directory, "web_servers", command -> {
                    assertThat(command.argv().subList(3, 9))
                            .containsExactly(
                                    directory.toString(), "terraform", "output", "-no-color", "-json", "web_servers");
                    return new CommandResult(Command.of("x"), 0, "[\"a\"]", "");
                })
                .machines();

        assertThat(machines).containsExactly(machine("a"));
    }

    private static Machine machine(String ssh) {
        return new Machine(SshAddress.parse(ssh), Optional.empty());
    }

    private static Machine machine(String ssh, String address) {
        return new Machine(SshAddress.parse(ssh), Optional.of(address));
    }
}
