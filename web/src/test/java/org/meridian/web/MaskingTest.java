package org.meridian.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.operation.Exec;
import org.meridian.core.operation.ExecRequest;
import org.meridian.core.operation.ExecRequest.Kind;
import org.meridian.core.operation.ExecRequest.Output;
import org.meridian.core.operation.KnownSecrets;
import org.meridian.core.spi.ServerAccess.RemoteProcess;
import org.meridian.core.spi.ServerAccess.Size;

/** What containers print in a simulated world, whose servers have a secret. */
@Timeout(600)
final class MaskingTest {
    private static final String SECRET = "hunter2-planted1";
    private static final ServerName EU = new ServerName("journal-eu-r1-1");

    @Test
    void a_secret_in_a_log_does_not_get_to_the_page_nor_is_it_found_by_looking_for_it() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            stage.access.write(EU, SECRET + " is what somebody looks for");
            stage.access.write(EU, "password is " + SECRET + ", planted");

            assertThat(stage.client(Stage.VIEWER)
                            .event("/api/logs?grep=planted", event -> event.name()
                                    .equals("line"))
                            .data()
                            .path("text")
                            .asString())
                    .isEqualTo("password is ***, planted");
        }
    }

    @Test
    void output_that_may_be_kept_has_no_secret_and_a_persons_own_terminal_shows_what_it_likes() throws Exception {
        try (Stage stage = Stage.withFirstRelease()) {
            Optional<Size> terminal = Optional.of(new Size(80, 24));

            assertThat(written(stage, Kind.EXEC, Optional.empty(), Output.MASKED))
                    .isEqualTo("***");
            assertThat(written(stage, Kind.RUN, terminal, Output.MASKED)).isEqualTo("***");
            assertThat(written(stage, Kind.EXEC, terminal, Output.MASKED)).isEqualTo(SECRET);
            assertThat(written(stage, Kind.CONSOLE, terminal, Output.MASKED)).isEqualTo(SECRET);
            assertThat(written(stage, Kind.RUN, Optional.empty(), Output.RAW)).isEqualTo(SECRET);
        }
    }

    private static String written(Stage stage, Kind kind, Optional<Size> terminal, Output output)
            throws InterruptedException, IOException {
        Exec exec = new Exec(stage.workspace, stage.access, new KnownSecrets(stage.workspace));
        ExecRequest request = new ExecRequest(
                kind, Optional.empty(), Optional.empty(), Optional.empty(), List.of("sh"), terminal, output);
        Server place = exec.places(request, false).getFirst();
        try (RemoteProcess process = exec.start(request, place)) {
            process.input().write(("echo " + SECRET + "\n").getBytes(UTF_8));
            process.input().close();
            return new String(process.output().readAllBytes(), UTF_8).strip();
        }
    }
}
