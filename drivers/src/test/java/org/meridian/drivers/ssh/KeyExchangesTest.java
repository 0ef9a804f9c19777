package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.local.LocalDirectory;

/** Which key exchange a server is asked for first. */
final class KeyExchangesTest {
    @Test
    void the_quick_one_comes_first_and_none_is_lost() {
        List<KeyExchangeFactory> usual = SshClient.setUpDefaultClient().getKeyExchangeFactories();

        List<KeyExchangeFactory> ordered = KeyExchanges.ordered(usual);

        assertThat(NamedResource.getNameList(ordered))
                .startsWith("mlkem768x25519-sha256", "sntrup761x25519-sha512")
                .containsExactlyInAnyOrderElementsOf(NamedResource.getNameList(usual));
    }

    @Test
    void a_server_that_has_it_agrees_on_it(@TempDir Path directory) throws Exception {
        DeployKey key = new KeptDeployKey(LocalDirectory.at(directory));
        try (TestSshd sshd = TestSshd.start();
                SshConnector connector = new SshConnector()) {
            sshd.letIn(key.publicKey());
            Endpoint server = new Endpoint(
                    "server",
                    "127.0.0.1",
                    sshd.port(),
                    "deploy",
                    new Login.Own(key),
                    new Trust.Pinned(sshd.hostKey()),
                    Optional.empty());

            ClientSession session = connector.connect(server, Duration.ofSeconds(20));

            assertThat(session.getNegotiatedKexParameter(KexProposalOption.ALGORITHMS))
                    .isEqualTo("mlkem768x25519-sha256");
        }
    }
}
