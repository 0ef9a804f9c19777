package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Serve;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.rollout.SystemTime;

/** A server whose service answers well, and on which a container ended after "start" was content; Docker and curl are stand-ins. */
final class LateFailureTest {
    private static final HealthCheck HEALTH =
            new HealthCheck("/up", Duration.ofSeconds(1), Duration.ofMinutes(1), 2, Duration.ofMinutes(1));

    @TempDir
    private Path directory = Path.of("");

    private TestSshd sshd;
    private SshConnections connections;
    private SshHosts hosts;
    private Server server;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        DeployKey key = new KeptDeployKey(LocalDirectory.at(directory.resolve("local")));
        sshd = TestSshd.start();
        sshd.letIn(key.publicKey());
        String path = "PATH=" + directory + ":/usr/bin:/bin; export PATH; ";
        sshd.runs((channel, line) -> new ProcessShellFactory(line, "sh", "-c", path + line).createShell(channel));
        program("sudo", "while case $1 in -*) true ;; *) false ;; esac; do shift; done; exec \"$@\"");
        program("curl", "printf 'fine\\n200'");
        connections = new SshConnections(PersonalSetup.NONE);
        hosts = new SshHosts(
                new AppName("shop"),
                ServerConnections.direct(connections, "deploy", key, sshd.port()),
                ImageSupply.REGISTRIES,
                LogSettings.USUAL,
                region -> Publishing.TO_THE_NETWORK,
                new SystemTime());
        server = new Server(
                new ServerName("web-1"),
                new RegionName("eu"),
                new ReleaseId(1),
                "ab",
                Optional.of("127.0.0.1"),
                Optional.of(sshd.hostKey()),
                Server.State.RUNNING);
    }

    @AfterEach
    void stop() {
        hosts.close();
        connections.close();
        sshd.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate 1 no", "migrate 137 on-failure"})
    void a_service_that_failed_after_the_start_keeps_a_server_from_being_healthy(String container) throws Exception {
        ended(container);

        Failure failure = catchThrowableOfType(Failure.class, () -> hosts.health(server, release()));

        assertThat(failure).hasMessage("release r1 does not run on web-1");
        assertThat(failure.diagnostic().detail()).contains("migrate ended with exit code", "the end of the log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate 0 no", "web 1 always", "web 143 unless-stopped", "meridian-vector 1 no"})
    void what_has_done_its_work_or_is_started_again_does_not(String container) throws Exception {
        ended(container);

        assertThat(hosts.health(server, release()).healthy()).isTrue();
    }

    @Test
    void nothing_that_ended_is_nothing_that_failed() throws Exception {
        program("docker", "exit 0");

        assertThat(hosts.health(server, release()).healthy()).isTrue();
    }

    private void ended(String container) throws IOException {
        program("docker", """
                case $1 in
                  ps) echo c1 ;;
                  inspect) case $3 in *RestartPolicy*) echo '%s' ;; *) echo 'exited:1' ;; esac ;;
                  logs) echo 'the end of the log' ;;
                esac""".formatted(container));
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Release release() {
        Release.Content content = new Release.Content(
                "",
                Map.of(),
                List.of("web"),
                new Serve("web", 80, 80, HEALTH),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of());
        return new Release(new ReleaseId(1), "0123456789ab", Instant.EPOCH, "journal", content);
    }
}
