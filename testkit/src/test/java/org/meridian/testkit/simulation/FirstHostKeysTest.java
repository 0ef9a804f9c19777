package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.Server;
import org.meridian.core.operation.FirstHostKeys;
import org.meridian.core.operation.Workspace;

final class FirstHostKeysTest {
    @Test
    void a_server_on_which_a_release_was_placed_is_never_known_by_its_first_host_key_again() throws Exception {
        Story story = Story.withFirstRelease(13);
        Workspace workspace = story.world.workspace();
        FirstHostKeys keys = new FirstHostKeys(workspace.state());
        Server placed = workspace.world().observe().servers().getFirst();

        assertThat(keys.spent(placed)).isTrue();
        assertThat(keys.spent(with(placed, Optional.of("ssh-ed25519 AAAAmadeAgain"))))
                .as("one that was made again under its name")
                .isFalse();
        assertThat(keys.spent(with(placed, Optional.empty())))
                .as("one of which no host key is known")
                .isTrue();
    }

    private static Server with(Server server, Optional<String> hostKey) {
        return new Server(
                server.name(),
                server.region(),
                server.release(),
                server.revision(),
                server.address(),
                hostKey,
                server.state());
    }
}
