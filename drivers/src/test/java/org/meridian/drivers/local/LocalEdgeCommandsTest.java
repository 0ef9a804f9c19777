package org.meridian.drivers.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.AppName;
import org.meridian.drivers.command.Command;

final class LocalEdgeCommandsTest {
    private final LocalEdgeCommands commands = new LocalEdgeCommands(new LocalNames(new AppName("journal")));

    @Test
    void publishes_the_edge_on_loopback_alone() {
        assertThat(commands.run("meridian-machine:1", 8080))
                .hasToString("docker run --detach --name meridian-journal-edge --hostname meridian-journal-edge"
                        + " --restart unless-stopped --cpu-shares 16384 --publish 127.0.0.1:8080:80"
                        + " --volume meridian-journal-edge:/etc/haproxy --log-opt max-size=10m --log-opt max-file=3"
                        + " --label dev.meridian.app=journal --label dev.meridian.role=edge meridian-machine:1 edge");
    }

    @Test
    void labels_the_volume_that_the_configuration_lies_in() {
        assertThat(commands.createVolume())
                .hasToString("docker volume create --label dev.meridian.app=journal --label dev.meridian.role=edge"
                        + " meridian-journal-edge");
    }

    @Test
    void runs_commands_in_the_container_with_their_input_and_limit() {
        Command inside =
                commands.inside(Command.of("haproxy", "-c").reading("text").within(Duration.ofSeconds(3)));

        assertThat(inside).hasToString("docker exec --interactive meridian-journal-edge haproxy -c");
        assertThat(inside.input()).isPresent();
        assertThat(inside.timeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void reloads_by_the_signal_that_cuts_no_request() {
        assertThat(commands.reload()).hasToString("docker kill --signal USR2 meridian-journal-edge");
    }
}
