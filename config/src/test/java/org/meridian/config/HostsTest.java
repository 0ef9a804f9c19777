package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.config.HostsLocation.Host;
import org.meridian.config.HostsLocation.Listed;
import org.meridian.config.HostsLocation.Printed;
import org.meridian.config.HostsLocation.TerraformOutput;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.SshAddress;
import org.meridian.core.model.SshSettings;

/** Regions whose servers exist, and how they are reached. */
class HostsTest {
    private static final RegionName LAB = new RegionName("us");
    private static final String LOCAL = "us: { provider: local, location: us-east-1, secrets: [env-file:secrets.env] }";

    private final Path directory;

    HostsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void listedMachinesAreOneServerEach() throws IOException {
        Configuration configuration =
                load("hosts: [ops@a:2222, { ssh: b, address: 10.0.0.5 }, \"[2001:db8::1]\"], ports: 3000-3010", "");

        assertThat(configuration.machines())
                .containsOnlyKeys(LAB)
                .containsEntry(
                        LAB,
                        new HostsLocation(
                                new Listed(List.of(
                                        new Host(SshAddress.parse("ops@a:2222"), Optional.empty()),
                                        new Host(SshAddress.parse("b"), Optional.of("10.0.0.5")),
                                        new Host(SshAddress.parse("[2001:db8::1]"), Optional.empty()))),
                                3000,
                                3010));
        assertThat(configuration.app().region(LAB).servers()).isEqualTo(3);
    }

    @Test
    void machinesCanComeFromTerraformOrACommand() throws IOException {
        Files.createDirectory(directory.resolve("infra"));

        assertThat(origin("terraform_output: { dir: infra, output: servers }, servers: 2"))
                .isEqualTo(new TerraformOutput(directory.resolve("infra"), "servers"));
        assertThat(origin("command: bin/machines --json")).isEqualTo(new Printed(List.of("bin/machines", "--json")));
    }

    @Test
    void sshIsAsThePersonHasIt() throws IOException {
        SshSettings settings = load("hosts: [a]", "").ssh();

        Path home = Path.of(System.getProperty("user.home"));
        assertThat(settings.config()).contains(home.resolve(".ssh/config"));
        assertThat(settings.knownHosts())
                .containsExactly(home.resolve(".ssh/known_hosts"), Path.of("/etc/ssh/ssh_known_hosts"));
        assertThat(settings.keys()).isEmpty();
        assertThat(settings.jump()).isEmpty();
    }

    @Test
    void sshIsAsTheFileSays() throws IOException {
        SshSettings settings = load("hosts: [a]", """
                        ssh: { user: ops, key: [~/.ssh/lab, keys/b], agent: none, config: none, known_hosts: known,
                               jump: [ops@gate, inner:2222], connections: 7, timeout: 3s }
                        """).ssh();

        Path home = Path.of(System.getProperty("user.home"));
        assertThat(settings)
                .isEqualTo(new SshSettings(
                        Optional.of("ops"),
                        List.of(home.resolve(".ssh/lab"), directory.resolve("keys/b")),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(directory.resolve("known")),
                        List.of(SshAddress.parse("ops@gate"), SshAddress.parse("inner:2222")),
                        7,
                        Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "servers: 1|regions.us.hosts is missing|Or write 'terraform_output'",
                "hosts: []|regions.us.hosts: there is no machine in it|ops@lab-1",
                "hosts: ops@a|regions.us.hosts: 'ops@a' stands where a list is needed|ops@lab-1",
                "hosts: [a b]|regions.us.hosts[1]: 'a b' is not a machine's address for SSH|user@address:port",
                "hosts: [a, a]|regions.us.hosts[2]: 'a' is listed twice|Remove one",
                "hosts: [a:99999]|regions.us.hosts[1]: a port is 1 to 65535, not 99999|user@address",
                "hosts: [{ ssh: a, address: lab }]|regions.us.hosts[1].address: 'lab' is not an IP address|10.0.0.4",
                "hosts: [{ address: 10.0.0.4 }]|regions.us.hosts[1].ssh is missing|user@address",
                "hosts: [a], servers: 2|regions.us.servers: 2 servers need as many machines, and 'hosts' has 1|Write 1",
                "hosts: [a], command: b|regions.us.command: only one of hosts|Keep one",
                "hosts: [a], size: small|regions.us.size: machines that exist are as they are|Leave 'size' out",
                "hosts: [a], ports: 3000|regions.us.ports: '3000' is not a range of ports|20000-20099",
                "hosts: [a], ports: 3000-3001|regions.us.ports: 3000-3001 is outside 1 to 65535 or less than 3|20000-20099",
                "terraform_output: { dir: nowhere, output: x }|regions.us.terraform_output.dir: there is no directory|Terraform is",
                "terraform_output: { dir: . }|regions.us.terraform_output.output is missing|output: servers",
                "terraform_output: { dir: ., output: a b }|regions.us.terraform_output.output: 'a b' can't be|as in Terraform",
            })
    void whatIsWrongIsToldOnceWithAWayOut(String keys, String summary, String hint) throws IOException {
        List<Diagnostic> problems = folder(keys, "").problems();

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.summary()).startsWith(summary);
            assertThat(problem.suggestion()).contains(hint);
        });
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "user: a b|ssh.user: 'a b' can't be a user's name",
                "jump: a b|ssh.jump: 'a b' is not a machine's address for SSH",
                "connections: 0|ssh.connections: 0 is outside 1 to 1000",
                "timeout: 1h|ssh.timeout: 1h is outside 1s to 2m",
                "keys: a|there is no key 'keys' in ssh"
            })
    void whatIsWrongWithSshIsTold(String key, String summary) throws IOException {
        assertThat(folder("hosts: [a]", "ssh: { " + key + " }\n").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.summary()).startsWith(summary));
    }

    private HostsLocation.Origin origin(String keys) throws IOException {
        HostsLocation location = load(keys, "").machines().get(LAB);
        assertThat(location).isNotNull();
        return location.origin();
    }

    private Configuration load(String keys, String more) throws IOException {
        Folder folder = folder(keys, more);
        return new ConfigurationLoader(Folder.ENVIRONMENT).load(folder.path("meridian.yml"));
    }

    private Folder folder(String keys, String more) throws IOException {
        String text = Folder.GOOD.replace(LOCAL, "us: { provider: hosts, location: US, " + keys + " }") + more;
        assertThat(text).doesNotContain(LOCAL);
        return new Folder(directory).write("meridian.yml", text);
    }
}
