package org.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Diagnostic;

/** What the doctor finds of machines that exist, with the real drivers. */
final class ReachTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void machines_out_of_reach_are_found_all_at_once_each_with_its_region_and_its_reason() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = config(freePort(), silent.getLocalPort());
            Instant begun = Instant.now();

            Reach reach = new YamlConfig().reach(file).orElseThrow();

            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(60));
            assertThat(reach.reached()).isZero();
            assertThat(reach.problems())
                    .allSatisfy(problem -> assertThat(problem.suggestion()).isNotEmpty())
                    .extracting(Diagnostic::summary)
                    .satisfiesExactly(
                            one -> assertThat(one)
                                    .startsWith("attic: no SSH connection to")
                                    .contains("no answer within 8 s"),
                            one -> assertThat(one)
                                    .startsWith("lab: no SSH connection to")
                                    .contains("is refused"),
                            one -> assertThat(one)
                                    .startsWith("lab: no SSH connection to")
                                    .contains("can't be resolved"));
        }
    }

    private Path config(int closed, int silent) throws IOException {
        Files.writeString(
                directory.resolve("compose.yaml"),
                "services: {web: {image: registry.example.com/journal, ports: [\"3000\"]}}\n");
        return Files.writeString(directory.resolve("meridian.yml"), """
                app: journal
                compose: compose.yaml
                image: registry.example.com/journal
                primary: lab
                regions:
                  lab: { provider: hosts, location: DE, hosts: ["ops@127.0.0.1:%d", "ops@no-such-host.invalid"] }
                  attic: { provider: hosts, location: DE, hosts: ["ops@127.0.0.1:%d"] }
                serve: { service: web, port: 3000, health: { path: /up } }
                ssh: { known_hosts: [known_hosts], config: none, timeout: 8s }
                """.formatted(closed, silent));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
