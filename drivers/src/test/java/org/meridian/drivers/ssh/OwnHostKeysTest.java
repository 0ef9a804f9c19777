package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.HostKeyPin;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.rollout.SystemTime;

/** A server in a cloud, whose first host key whatever runs there may read in its user data. */
final class OwnHostKeysTest {
    private static final Duration WITHIN = Duration.ofMinutes(1);

    private final Queue<String> handedOver = new ConcurrentLinkedQueue<>();
    private final MemoryPins pins = new MemoryPins();
    private final AtomicBoolean spent = new AtomicBoolean();
    private final SshConnections connections = new SshConnections(PersonalSetup.NONE);
    private final DeployKey key;
    private final DerivedHostKeys derived;
    private final KeyPair first;
    private TestSshd sshd;
    private Server server;
    private SshHosts hosts;

    OwnHostKeysTest(@TempDir Path directory) throws Exception {
        key = new KeptDeployKey(LocalDirectory.at(directory));
        derived = new DerivedHostKeys(key);
        first = pair(derived.privateKey("born").reveal());
        sshd = TestSshd.start(first);
        server = server(sshd);
        hosts = hosts();
    }

    @BeforeEach
    void aServerThatTakesWhatItIsGiven() {
        sshd.letIn(key.publicKey());
        sshd.runs((channel, line) -> new Machine(line, true));
    }

    @AfterEach
    void close() {
        connections.close();
        sshd.close();
    }

    @Test
    void the_first_contact_gives_the_server_a_host_key_that_is_in_no_user_data() throws Exception {
        hosts.awaitBoot(server, WITHIN);

        assertThat(handedOver).hasSize(1);
        KeyPair own = pair(handedOver.element());
        assertThat(PublicKeyEntry.toString(own.getPublic())).isNotEqualTo(sshd.hostKey());
        // Everybody else who deploys knows it, without having been told.
        assertThat(new OwnHostKeys(derived, region -> true, one -> true, pins).publicKey(server))
                .contains(PublicKeyEntry.toString(own.getPublic()));
    }

    @Test
    void the_first_host_key_proves_nothing_afterwards() throws Exception {
        hosts.awaitBoot(server, WITHIN);
        spent.set(true);
        sshd.changesHostKeyTo(first);
        sshd.dropAll();

        assertThatThrownBy(() -> hosts.awaitBoot(server, WITHIN)).hasMessageContaining("intercepting");
        assertThatThrownBy(() -> hosts.connections().reach(server)).hasMessageContaining("intercepting");
        assertThat(handedOver).hasSize(1);
    }

    @Test
    void only_the_first_boot_may_be_proved_by_it() {
        assertThatThrownBy(() -> hosts.connections().reach(server)).hasMessageContaining("intercepting");
        assertThat(handedOver).isEmpty();
    }

    @Test
    void nobody_else_is_given_the_key() throws Exception {
        sshd.changesHostKeyTo(pair(derived.privateKey("somebody else").reveal()));

        assertThatThrownBy(() -> hosts.awaitBoot(server, WITHIN)).hasMessageContaining("intercepting");
        assertThat(handedOver).isEmpty();
    }

    /** sshd takes a moment to be told, and a deployer may be killed before that: the next try gives the same key. */
    @Test
    void a_hand_over_that_had_no_effect_yet_is_done_again() throws Exception {
        sshd.runs((channel, line) -> new Machine(line, handedOver.size() == 2));

        hosts.awaitBoot(server, WITHIN);

        assertThat(handedOver).hasSize(3);
        assertThat(handedOver.stream().distinct()).hasSize(1);
    }

    @Test
    void a_server_that_is_made_again_under_its_name_has_another_key() {
        OwnHostKeys keys = new OwnHostKeys(derived, region -> true, one -> false, pins);

        assertThat(keys.publicKey(server)).isNotEqualTo(keys.publicKey(named(derived.publicKey("born again"))));
        assertThat(new OwnHostKeys(derived, region -> false, one -> false, pins).publicKey(server))
                .as("a region whose servers got no host key with their user data")
                .isEmpty();
    }

    @Test
    void a_server_keeps_its_host_key_when_the_deploy_key_becomes_another(@TempDir Path elsewhere) throws Exception {
        hosts.awaitBoot(server, WITHIN);
        spent.set(true);
        KeptDeployKey next = new KeptDeployKey(LocalDirectory.at(elsewhere));
        sshd.letNobodyIn();
        sshd.letIn(next.publicKey());

        try (SshConnections others = new SshConnections(PersonalSetup.NONE)) {
            hosts(next, others, pins).connections().reach(server);
            assertThatThrownBy(() ->
                            hosts(next, others, HostKeyPins.NONE).connections().reach(server))
                    .hasMessageContaining("intercepting");
        }
    }

    @Test
    void a_server_that_got_its_host_key_before_there_were_pins_is_pinned_by_what_is_run_there() throws Exception {
        hosts.awaitBoot(server, WITHIN);
        String own = pins.of("web-eu-r1-1").orElseThrow().key();
        pins.forget("web-eu-r1-1");

        String unused = hosts.recentLogs(server, new ReleaseId(1), 5);

        assertThat(pins.of("web-eu-r1-1").orElseThrow().key()).isEqualTo(own);
    }

    @Test
    void no_server_gets_a_host_key_that_is_not_pinned_yet() {
        HostKeyPins full = new HostKeyPins() {
            @Override
            public Optional<HostKeyPin> of(String machine) {
                return Optional.empty();
            }

            @Override
            public void keep(HostKeyPin pin) {
                throw Failure.of(Diagnostic.of("state-unreachable", "the state does not answer", "Run again."));
            }

            @Override
            public void forget(String machine) {}
        };

        assertThatThrownBy(() -> hosts(key, connections, full).awaitBoot(server, WITHIN))
                .hasMessage("the state does not answer");
        assertThat(handedOver).isEmpty();
    }

    private SshHosts hosts() {
        return hosts(key, connections, pins);
    }

    private SshHosts hosts(DeployKey with, SshConnections through, HostKeyPins shared) {
        return new SshHosts(
                new AppName("web"),
                new ServerConnections(
                        through,
                        "deploy",
                        with,
                        region -> false,
                        Optional.of(
                                new OwnHostKeys(new DerivedHostKeys(with), region -> true, one -> spent.get(), shared)),
                        sshd.port()),
                ImageSupply.REGISTRIES,
                LogSettings.USUAL,
                region -> Publishing.TO_THE_NETWORK,
                new SystemTime());
    }

    private static Server server(TestSshd sshd) {
        return named(sshd.hostKey());
    }

    private static Server named(String hostKey) {
        return new Server(
                new ServerName("web-eu-r1-1"),
                new RegionName("eu"),
                new ReleaseId(1),
                "ab",
                Optional.of("127.0.0.1"),
                Optional.of(hostKey),
                Server.State.RUNNING);
    }

    private static KeyPair pair(String privateKey) throws IOException, GeneralSecurityException {
        return SecurityUtils.loadKeyPairIdentities(
                        null, NamedResource.ofName("key"), new ByteArrayInputStream(privateKey.getBytes(UTF_8)), null)
                .iterator()
                .next();
    }

    /** Takes a host key, and uses it at once or not yet; has booted when it is asked. */
    private final class Machine extends AbstractCommandSupport {
        private final boolean effective;

        Machine(String line, boolean effective) {
            super(line, null);
            this.effective = effective;
        }

        @Override
        public void run() {
            try {
                if (getCommand().contains("ssh_host_meridian") && getCommand().endsWith(" hostkey /etc/ssh")) {
                    String privateKey = new String(getInputStream().readAllBytes(), UTF_8);
                    handedOver.add(privateKey);
                    if (effective) {
                        sshd.changesHostKeyTo(pair(privateKey));
                    }
                } else {
                    getOutputStream().write("{\"v1\": {\"errors\": []}}".getBytes(UTF_8));
                    getOutputStream().flush();
                }
                onExit(0);
            } catch (IOException | GeneralSecurityException e) {
                onExit(1, e.toString());
            }
        }
    }
}
