package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.spi.HostDriver;

/** Whether a server lets a deployer in. */
final class LogInTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final DeployKey key;
    private TestSshd sshd;
    private SshHosts hosts;

    LogInTest(@TempDir Path directory) {
        this.key = new KeptDeployKey(LocalDirectory.at(directory));
    }

    @BeforeEach
    void start() throws Exception {
        sshd = TestSshd.start();
        sshd.runs((channel, line) -> {
            asked.add(line);
            return new ProcessShellFactory("true", "true").createShell(channel);
        });
        hosts = new SshHosts(
                new AppName("shop"),
                ServerConnections.direct(new SshConnections(PersonalSetup.NONE), "deploy", key, sshd.port()),
                ImageSupply.REGISTRIES,
                LogSettings.USUAL,
                region -> Publishing.TO_THE_NETWORK,
                new SystemTime());
    }

    @AfterEach
    void stop() {
        hosts.close();
        sshd.close();
    }

    @Test
    void who_has_the_key_is_in_and_has_done_nothing() throws Exception {
        sshd.letIn(key.publicKey());

        hosts.logIn(server());

        assertThat(asked).isEmpty();
    }

    @Test
    void another_key_is_refused_and_not_merely_unanswered() {
        assertThatThrownBy(() -> hosts.logIn(server())).satisfies(e -> {
            Failure failure = (Failure) e;
            assertThat(failure.kind()).isNotEqualTo(Failure.Kind.NO_ANSWER);
            assertThat(failure.diagnostic().code()).isEqualTo(HostDriver.REFUSED_LOGIN);
        });
    }

    private Server server() {
        return new Server(
                new ServerName("web-1"),
                new RegionName("eu"),
                new ReleaseId(1),
                "ab",
                Optional.of("127.0.0.1"),
                Optional.of(sshd.hostKey()),
                Server.State.RUNNING);
    }
}
