package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Serve;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.spi.Installation;

/** A pull of a release whose image is pushed; what is asked of the server is not done, but answered by a shell. */
final class PushedReleaseTest {
    private static final AppName APP = new AppName("shop");
    private static final ReleaseId ID = new ReleaseId(3);
    private static final String HEX = "a".repeat(64);
    private static final String THERE = "meridian.invalid/journal:sha256-" + HEX;
    private static final String CACHE = "memcached@sha256:" + "b".repeat(64);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final DeployKey key;
    private volatile String lacking = "";
    private volatile int taking;
    private final List<Set<String>> loggedInAt = new CopyOnWriteArrayList<>();
    private final RegistryLogins logins = registries -> {
        loggedInAt.add(registries);
        return Map.of();
    };
    private final Relay relay = new Relay(Set.of(new RegionName("lab")), "ghcr.io", ImageSource.here(() -> 2));
    private TestSshd sshd;
    private SshHosts hosts;

    PushedReleaseTest(@TempDir Path directory) {
        this.key = new KeptDeployKey(LocalDirectory.at(directory));
    }

    @BeforeEach
    void start() throws Exception {
        sshd = TestSshd.start();
        sshd.letIn(key.publicKey());
        sshd.runs((channel, line) -> {
            asked.add(line);
            return new ProcessShellFactory(line, "sh", "-c", answer(line)).createShell(channel);
        });
        hosts = new SshHosts(
                APP,
                ServerConnections.direct(new SshConnections(PersonalSetup.NONE), "deploy", key, sshd.port()),
                new ImageSupply(logins, Optional.empty(), ImageSource.here(() -> 1), relay),
                LogSettings.USUAL,
                region -> Publishing.TO_THE_NETWORK,
                new SystemTime());
        hosts.place(server(), new Installation(APP, release(), Map.of(), Map.of()));
        asked.clear();
    }

    private String answer(String line) {
        if (line.contains(" lacking ")) {
            return "echo '" + lacking + "'";
        }
        return line.contains(" take ") ? "cat >/dev/null; echo no such manifest >&2; exit " + taking : "cat >/dev/null";
    }

    @AfterEach
    void stop() {
        hosts.close();
        sshd.close();
    }

    @Test
    void what_a_server_lacks_is_taken_through_a_tunnel_before_the_rest_is_pulled() throws InterruptedException {
        lacking = THERE + "\n" + CACHE;

        hosts.pull(server(), ID, MINUTE);

        assertThat(asked).hasSize(3);
        assertThat(asked.get(1))
                .containsPattern(" take 127\\.0\\.0\\.1:[0-9]+/journal@sha256:" + HEX + " " + THERE + "$")
                .doesNotContain("auth");
        assertThat(asked.get(2)).endsWith("/opt/meridian/shop/r3/compose pull --quiet");
    }

    @Test
    void no_registry_is_asked_where_the_server_has_all_other_images_by_their_digests() throws InterruptedException {
        lacking = THERE;

        hosts.pull(server(), ID, MINUTE);

        assertThat(asked).hasSize(2).noneMatch(line -> line.endsWith(" pull --quiet"));
        assertThat(asked.getFirst()).contains(THERE).contains(CACHE);
    }

    @Test
    void what_a_server_has_is_not_brought_again() throws InterruptedException {
        hosts.pull(server(), ID, MINUTE);

        assertThat(asked).hasSize(1);
    }

    @Test
    void an_image_that_this_machine_does_not_have_is_told_with_where_to_deploy_from() {
        lacking = THERE;
        taking = 1;

        assertThatThrownBy(() -> hosts.pull(server(), ID, MINUTE))
                .hasMessageContaining("the image of release r3 can't be brought to web-1 from this machine")
                .satisfies(e -> assertThat(((Failure) e).diagnostic().suggestion())
                        .contains("run it on the machine that deployed this release"));
        assertThat(asked).hasSize(2);
    }

    @Test
    void servers_of_a_region_without_a_way_to_the_registry_get_its_images_through_this_machine() throws Exception {
        Release release = release("ghcr.io/team/journal", "ghcr.io/team/cache");
        hosts.place(server("eu"), new Installation(APP, release, Map.of(), Map.of()));
        hosts.place(server("lab"), new Installation(APP, release, Map.of(), Map.of()));
        asked.clear();
        lacking = "relay.meridian.invalid/team/journal:sha256-" + HEX;

        hosts.pull(server("lab"), ID, MINUTE);

        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst()).contains("relay.meridian.invalid/team/cache:sha256-");
        assertThat(asked.getLast())
                .containsPattern(" take 127\\.0\\.0\\.1:[0-9]+/team/journal@sha256:" + HEX + " " + lacking + "$");
        assertThat(loggedInAt).as("logins that servers got").isEmpty();

        hosts.pull(server("eu"), ID, MINUTE);

        assertThat(asked.getLast()).endsWith("/opt/meridian/shop/r3/compose pull --quiet");
        assertThat(loggedInAt).containsExactly(Set.of("ghcr.io"));
    }

    private Server server() {
        return server("eu");
    }

    private Server server(String region) {
        return new Server(
                new ServerName("web-1"),
                new RegionName(region),
                ID,
                "ab",
                Optional.of("127.0.0.1"),
                Optional.of(sshd.hostKey()),
                Server.State.RUNNING);
    }

    private static Release release() {
        return release("meridian.invalid/journal", "memcached");
    }

    private static Release release(String web, String cache) {
        Map<String, ImageReference> images = Map.of(
                "web", ImageReference.parse(web + "@sha256:" + HEX),
                "cache", ImageReference.parse(cache + "@sha256:" + "b".repeat(64)));
        return new Release(
                ID,
                "ab",
                Instant.EPOCH,
                "journal:v3",
                new Release.Content(
                        "services: {}\n",
                        images,
                        List.of("web"),
                        new Serve(
                                "web",
                                3000,
                                80,
                                new HealthCheck("/up", Duration.ofSeconds(1), Duration.ofSeconds(1), 2, MINUTE)),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Map.of()));
    }
}
