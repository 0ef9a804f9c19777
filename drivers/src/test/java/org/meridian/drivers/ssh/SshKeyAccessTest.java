package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.KeyPlace;

/** A deploy key that this machine keeps, the one that comes after it, and a server. */
final class SshKeyAccessTest {
    private final LocalDirectory directory;
    private final KeptDeployKey key;
    private final KeySuccession.Kept succession;
    private final SshConnections connections = new SshConnections(PersonalSetup.NONE);
    private TestSshd sshd;
    private KeyPlace place;
    private SshKeyAccess access;

    SshKeyAccessTest(@TempDir Path directory) {
        this.directory = LocalDirectory.at(directory);
        this.key = new KeptDeployKey(this.directory);
        this.succession = new KeySuccession.Kept(this.directory);
    }

    @BeforeEach
    void aServer() throws Exception {
        sshd = TestSshd.start();
        sshd.letIn(key.publicKey());
        place = new KeyPlace.Made(new Server(
                new ServerName("web-eu-r1-1"),
                new RegionName("eu"),
                new ReleaseId(1),
                "ab",
                Optional.of("127.0.0.1"),
                Optional.of(sshd.hostKey()),
                Server.State.RUNNING));
        ServerConnections servers = ServerConnections.direct(connections, "deploy", key, sshd.port());
        access = new SshKeyAccess(key, succession, servers, connections, List::of);
    }

    @AfterEach
    void close() {
        connections.close();
        sshd.close();
    }

    @Test
    void the_next_key_is_tried_alone() throws Exception {
        String next = access.prepare();

        assertThat(next).isNotEqualTo(access.current());
        assertThat(access.next()).contains(next);
        assertThatThrownBy(() -> access.tryNext(place)).hasMessageContaining("refuses to let deploy log in");
        sshd.letNobodyIn();
        sshd.letIn(next);
        access.tryNext(place);
    }

    @Test
    void the_next_key_takes_the_current_ones_place_whole_and_the_former_is_gone() throws Exception {
        String former = access.current();
        String next = access.prepare();

        assertThat(access.promote()).isTrue();

        assertThat(access.current()).isEqualTo(next);
        assertThat(new KeptDeployKey(directory).publicKey()).isEqualTo(next);
        assertThat(access.next()).isEmpty();
        try (var files = Files.list(directory.path())) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder(".gitignore", "id_ed25519", "id_ed25519.pub");
        }
        assertThat(next).isNotEqualTo(former);
    }

    /** The public key's file goes first; a deployer that dies then reads it from the private one. */
    @Test
    void a_promotion_that_was_cut_off_leaves_a_pair_that_belongs_together() throws Exception {
        String former = access.current();
        String unused = access.prepare();
        Files.delete(directory.file("id_ed25519.pub"));

        assertThat(access.current()).isEqualTo(former);
        assertThat(access.next()).isPresent();
    }

    @Test
    void a_key_that_is_a_secret_is_never_made_or_replaced_here() {
        SshKeyAccess stored = new SshKeyAccess(
                key,
                new KeySuccession.Stored(Optional.empty()),
                ServerConnections.direct(connections, "deploy", key, 22),
                connections,
                List::of);

        assertThatThrownBy(stored::prepare)
                .isInstanceOf(Failure.class)
                .hasMessageContaining("it is not said where the new one is");
        assertThat(stored.promote()).isFalse();
    }

    @Test
    void commands_name_the_user_and_never_a_private_key() {
        List<String> argv =
                new KeyCommands("ops").remove("ssh-ed25519 A", "ssh-ed25519 B").argv();

        assertThat(argv).endsWith("keys", "ops", "remove", "ssh-ed25519 A", "ssh-ed25519 B");
        assertThat(argv.toString()).doesNotContain("PRIVATE");
    }
}
