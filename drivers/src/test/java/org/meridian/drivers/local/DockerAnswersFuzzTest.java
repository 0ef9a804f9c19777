package org.meridian.drivers.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meridian.testkit.fuzz.ForeignText;

/** Whatever labels containers bear, they are servers or refused by a failure. */
final class DockerAnswersFuzzTest {
    @Test
    void a_container_with_any_labels_is_a_server_or_a_failure_that_names_it() throws InterruptedException {
        var inspected = new ForeignText(
                "id1\trunning\tjournal-eu-west-r3-1\tr3\t0123456789ab\teu-west\t172.18.0.2\t"
                        + "7d444840-9dc0-11d1-b245-5ffdce74fad2\tuser@host",
                text -> text.lines().forEach(LocalMachine::parse));
        assertThat(inspected.wrong(1, 5_000)).isEmpty();
    }
}
