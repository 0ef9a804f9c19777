package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.sshd.client.config.hosts.KnownHostDigest;
import org.apache.sshd.client.config.hosts.KnownHostHashValue;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.HostKeyPin;
import org.meridian.core.model.Secret;
import org.meridian.core.model.SshAddress;
import org.meridian.core.spi.HostDriver;
import org.meridian.drivers.command.Command;

/** Machines that a person has set up for SSH: its configuration, known hosts, keys, agent and bastions. */
final class PersonalSshTest {
    private final PersonalSetup setup;
    private TestSshd machine;
    private String key;

    PersonalSshTest(@TempDir Path directory) {
        this.setup = new PersonalSetup(directory);
    }

    @BeforeEach
    void aMachineThatKnowsTheKey() throws IOException, GeneralSecurityException {
        machine = TestSshd.start();
        key = setup.key("id");
        machine.letIn(key);
        setup.known(machine.knownAs("127.0.0.1"));
        setup.config(lab(machine.port()));
    }

    @AfterEach
    void stop() {
        machine.close();
    }

    @Test
    void logs_in_as_the_ssh_configuration_says() throws InterruptedException {
        assertThat(whoami("lab")).isEqualTo("ops");
    }

    @Test
    void what_the_address_says_wins() throws InterruptedException {
        assertThat(whoami("somebody@lab")).isEqualTo("somebody");
    }

    @Test
    void follows_includes_and_passes_over_match_blocks() throws IOException, InterruptedException {
        Files.writeString(setup.file("more"), lab(machine.port()));
        setup.config("Include " + setup.file("mor*") + "\nMatch exec \"false\"\n  Port 1\nHost other\n  Port 2\n");

        assertThat(whoami("lab")).isEqualTo("ops");
    }

    @Test
    void an_unknown_host_key_is_told_with_its_fingerprint_and_never_trusted() throws Exception {
        setup.known();

        Failure failure = failure("lab");

        String fingerprint = KeyUtils.getFingerPrint(
                AuthorizedKeyEntry.parseAuthorizedKeyEntry(machine.hostKey()).resolvePublicKey(null, null));
        assertThat(failure)
                .hasMessage("lab at 127.0.0.1:" + machine.port() + " is not in the known hosts; its SSH host key is "
                        + fingerprint);
        String command = failure.diagnostic()
                .detail()
                .lines()
                .filter(line -> line.startsWith("here:"))
                .findFirst()
                .orElseThrow();
        assertThat(command).endsWith("echo '" + machine.knownAs("127.0.0.1") + "' >> " + setup.knownHosts());
        assertThat(Files.readString(setup.knownHosts())).isBlank();

        Files.writeString(setup.knownHosts(), machine.knownAs("127.0.0.1") + "\n", StandardOpenOption.APPEND);
        assertThat(whoami("lab")).isEqualTo("ops");
    }

    @Test
    void a_machine_that_one_person_knows_is_trusted_by_those_who_share_the_state() throws Exception {
        MemoryPins pins = new MemoryPins();
        assertThat(whoami("lab", Optional.empty(), pins)).isEqualTo("ops");
        setup.known();

        assertThat(whoami("lab", Optional.empty(), pins)).isEqualTo("ops");

        machine.changesHostKeyTo(KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256));
        assertThatThrownBy(() -> whoami("lab", Optional.empty(), pins)).hasMessageContaining("not in the known hosts");
    }

    @Test
    void ones_own_known_hosts_outweigh_what_is_shared_and_correct_it() throws Exception {
        MemoryPins pins = new MemoryPins();
        String written = "[127.0.0.1]:" + machine.port();
        pins.keep(HostKeyPin.of(written, "ssh-ed25519 AAAA"));
        assertThat(whoami("lab", Optional.empty(), pins)).isEqualTo("ops");
        assertThat(pins.of(written)).contains(HostKeyPin.of(written, machine.hostKey()));

        setup.known(written + " "
                + PublicKeyEntry.toString(KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256)
                        .getPublic()));
        assertThatThrownBy(() -> whoami("lab", Optional.empty(), pins))
                .hasMessageContaining("has another SSH host key");
    }

    @Test
    void the_teams_key_opens_machines_that_know_nobodys_own() throws Exception {
        String shared = setup.key("team");
        Secret text = Secret.of(Files.readString(setup.file("team")));
        GivenDeployKey team = new GivenDeployKey("env:KEY", Optional.empty(), () -> text);
        machine.letNobodyIn();
        machine.letIn(shared);

        assertThat(whoami("lab", Optional.of(team), HostKeyPins.NONE)).isEqualTo("ops");
        machine.letNobodyIn();
        assertThatThrownBy(() -> whoami("lab", Optional.of(team), HostKeyPins.NONE))
                .hasMessageContaining("refuses to let ops log in with the deploy key from env:KEY")
                .satisfies(thrown ->
                        assertThat(((Failure) thrown).diagnostic().suggestion()).contains(shared + " meridian"));
    }

    private String whoami(String address, Optional<DeployKey> team, HostKeyPins pins) throws InterruptedException {
        try (SshConnections connections = new SshConnections(setup.settings(), team, pins)) {
            return whoami(connections, address);
        }
    }

    @Test
    void a_changed_host_key_is_refused_with_the_line_that_it_breaks() throws IOException, GeneralSecurityException {
        String other = PublicKeyEntry.toString(
                KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256).getPublic());
        setup.known("# mine", "[127.0.0.1]:" + machine.port() + " " + other);

        Failure failure = failure("lab");

        assertThat(failure).hasMessageContaining("has another SSH host key than the one that is known");
        assertThat(failure.diagnostic().suggestion())
                .contains("ssh-keygen -R \"[127.0.0.1]:" + machine.port() + "\" -f " + setup.knownHosts());
        assertThat(failure.diagnostic().detail()).contains(setup.knownHosts() + ":2");
    }

    @Test
    void a_revoked_host_key_is_refused() throws IOException {
        setup.known(machine.knownAs("127.0.0.1"), "@revoked * " + machine.hostKey());

        assertThat(failure("lab")).hasMessageContaining("declares revoked");
    }

    @Test
    void a_name_that_is_hashed_in_the_known_hosts_is_found() throws Exception {
        byte[] salt = new byte[20];
        byte[] hash =
                KnownHostHashValue.calculateHashValue("127.0.0.1", machine.port(), BuiltinMacs.hmacsha1.create(), salt);
        StringBuilder name = new StringBuilder();
        KnownHostHashValue.append(name, KnownHostDigest.SHA1, salt, hash);
        setup.known(name + " " + machine.hostKey());

        assertThat(whoami("lab")).isEqualTo("ops");
    }

    @Test
    void a_machine_with_several_keys_is_asked_for_the_one_that_is_known() throws Exception {
        KeyPair ecdsa = KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP384, 384);
        KeyPair rsa = KeyUtils.generateKeyPair(KeyPairProvider.SSH_RSA, 2048);
        KeyPair ed25519 = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        for (KeyPair known : List.of(rsa, ecdsa, ed25519)) {
            try (TestSshd several = TestSshd.start(ed25519, ecdsa, rsa)) {
                several.letIn(key);
                setup.config(lab(several.port()))
                        .known("[127.0.0.1]:" + several.port() + " " + PublicKeyEntry.toString(known.getPublic()));

                assertThat(whoami("lab")).as(known.getPublic().getAlgorithm()).isEqualTo("ops");
            }
        }
    }

    @Test
    void a_key_that_is_not_let_in_is_named() {
        machine.letNobodyIn();

        assertThat(failure("lab"))
                .hasMessage("lab at 127.0.0.1:" + machine.port() + " refuses to let ops log in with the key "
                        + setup.file("id") + " and no SSH agent");
    }

    @Test
    void a_key_with_a_passphrase_is_for_the_agent() throws Exception {
        machine.letIn(setup.lockedKey("locked", "open sesame"));
        setup.keys(setup.file("locked"));

        assertThat(failure("lab").diagnostic().suggestion()).contains("run 'ssh-add " + setup.file("locked"));
    }

    @Test
    void a_key_file_that_is_none_is_told() throws IOException {
        Files.writeString(setup.file("note"), "remember the milk\n");
        setup.keys(setup.file("note"));

        assertThat(failure("lab")).hasMessageContaining("can't use the SSH key " + setup.file("note"));
        setup.keys(setup.file("missing"));
        assertThat(failure("lab")).hasMessageEndingWith("missing: there is no such file");
    }

    @Test
    void the_agent_signs_for_keys_that_are_in_no_file() throws Exception {
        setup.config("Host lab\n  HostName 127.0.0.1\n  User ops\n  Port " + machine.port() + "\n");
        for (String held : List.of(setup.key("held"), setup.rsaKey("held-rsa"))) {
            machine.letNobodyIn();
            machine.letIn(held);
            Path socket = setup.file("agent" + held.length());
            try (RealAgent agent = new RealAgent(socket)) {
                agent.add(setup.file("held"));
                agent.add(setup.file("held-rsa"));
                setup.agent(socket);

                assertThat(whoami("lab")).isEqualTo("ops");
            }
        }
    }

    @Test
    void goes_through_a_bastion_and_trusts_neither_without_knowing_it() throws Exception {
        try (TestSshd bastion = TestSshd.start()) {
            bastion.letIn(key);
            setup.config(lab(machine.port()) + "  ProxyJump gate\n" + host("gate", bastion.port()));

            assertThat(failure("lab"))
                    .hasMessageContaining("gate at 127.0.0.1:" + bastion.port() + " is not in the known");

            setup.known(bastion.knownAs("127.0.0.1"));
            assertThat(failure("lab"))
                    .hasMessageContaining("lab at 127.0.0.1:" + machine.port() + " through gate is not in the known");

            setup.known(bastion.knownAs("127.0.0.1"), machine.knownAs("127.0.0.1"));
            assertThat(whoami("lab")).isEqualTo("ops");
            assertThat(whoami("other@lab")).isEqualTo("other");
        }
    }

    @Test
    void many_machines_behind_a_bastion_share_one_connection_to_it() throws Exception {
        try (TestSshd bastion = TestSshd.start();
                TestSshd second = TestSshd.start()) {
            bastion.letIn(key);
            second.letIn(key);
            setup.config(lab(machine.port()) + host("lab2", second.port()) + host("gate", bastion.port()));
            setup.jump("gate")
                    .known(bastion.knownAs("127.0.0.1"), machine.knownAs("127.0.0.1"), second.knownAs("127.0.0.1"));
            try (SshConnections connections = new SshConnections(setup.settings())) {
                assertThat(whoami(connections, "lab")).isEqualTo("ops");
                assertThat(whoami(connections, "lab2")).isEqualTo("ops");
                assertThat(bastion.sessions()).isEqualTo(1);

                bastion.dropAll();
                assertThat(whoami(connections, "lab")).isEqualTo("ops");
            }
        }
    }

    @Test
    void says_why_a_machine_behind_a_bastion_is_not_reached() throws Exception {
        try (TestSshd bastion = TestSshd.start()) {
            bastion.letIn(key);
            setup.known(bastion.knownAs("127.0.0.1"), machine.knownAs("127.0.0.1"));
            setup.config(lab(machine.port()) + host("gate", bastion.port())).jump("gate");
            machine.close();
            // OpenSSH tells the bastion's own reason, which UnreachableTest has; MINA tells none.
            assertThat(failure("lab"))
                    .hasMessage("no SSH connection to lab at 127.0.0.1:" + machine.port()
                            + " through gate: the machine between does not get there");

            bastion.forbidForwarding();
            setup.config(lab(machine.port()) + host("gate", bastion.port()));
            assertThat(failure("lab")).hasMessageEndingWith("the machine between forbids it");
        }
    }

    @Test
    void an_unknown_name_is_told_as_such() throws IOException {
        setup.config("");

        Failure failure = failure("ops@no-such-host.invalid");

        assertThat(failure).hasMessage("no SSH connection to no-such-host.invalid:22: its name can't be resolved");
        assertThat(failure.diagnostic().code()).isEqualTo(HostDriver.UNREACHABLE);
    }

    @Test
    void a_proxy_command_is_refused_and_says_what_to_write() throws IOException {
        setup.config("Host lab\n  ProxyCommand nc %h %p\n");

        assertThat(failure("lab")).hasMessageContaining("ProxyCommand");
        assertThat(failure("lab").diagnostic().suggestion()).contains("ProxyJump");
    }

    @Test
    void a_circle_of_bastions_is_noticed() throws IOException {
        setup.config("Host lab\n  ProxyJump gate\nHost gate\n  ProxyJump lab\n");

        assertThat(failure("lab")).hasMessageContaining("more than 8 machines");
    }

    @Test
    void holds_no_more_connections_than_it_may() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            names.add("user" + i + "@lab");
        }
        try (SshConnections connections =
                        new SshConnections(setup.connections(3).settings());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> calls = names.stream()
                    .map(name -> (Callable<String>) () -> whoami(connections, name))
                    .toList();

            List<String> seen = new ArrayList<>();
            for (Future<String> answer : threads.invokeAll(calls)) {
                seen.add(answer.get());
            }

            assertThat(seen).hasSize(9).doesNotHaveDuplicates();
            assertThat(connections.open()).isLessThanOrEqualTo(3);
            assertThat(machine.mostSessions()).isLessThanOrEqualTo(4);
        }
    }

    private String lab(int port) {
        return host("lab", port);
    }

    private String host(String name, int port) {
        return "Host " + name + "\n  HostName 127.0.0.1\n  User ops\n  IdentityFile " + setup.file("id") + "\n  Port "
                + port + "\n";
    }

    private String whoami(String name) throws InterruptedException {
        try (SshConnections connections = new SshConnections(setup.settings())) {
            return whoami(connections, name);
        }
    }

    private static String whoami(SshConnections connections, String name) throws InterruptedException {
        return connections.to(SshAddress.parse(name)).run(Command.of("whoami")).output();
    }

    private Failure failure(String name) {
        return catchThrowableOfType(Failure.class, () -> whoami(name));
    }
}
