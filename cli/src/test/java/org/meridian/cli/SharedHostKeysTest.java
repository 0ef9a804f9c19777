package org.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.HostKeyPin;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Holder;
import org.meridian.drivers.sqlite.SqliteDatabase;
import org.meridian.drivers.state.sql.SqlState;

final class SharedHostKeysTest {
    private static final HostKeyPin LAB = HostKeyPin.of("lab-1", "ssh-ed25519 AAAA");

    private final Path directory;

    SharedHostKeysTest(@TempDir Path directory) {
        this.directory = directory.resolve("state");
    }

    @Test
    void a_command_that_only_looks_makes_no_state_in_order_to_pin_a_host_key() {
        try (StateStore state = open()) {
            SharedHostKeys keys = new SharedHostKeys(state);

            keys.keep(LAB);
            assertThat(keys.of("lab-1")).isEmpty();
            assertThat(directory).doesNotExist();

            state.lock(new Holder("ann@laptop", "deploy", Instant.EPOCH)).close();
            keys.keep(LAB);
        }
        try (StateStore other = open()) {
            assertThat(new SharedHostKeys(other).of("lab-1")).contains(LAB);
        }
    }

    @Test
    void a_machine_that_is_gone_is_forgotten_by_all() {
        try (StateStore state = open()) {
            state.lock(new Holder("ann@laptop", "deploy", Instant.EPOCH)).close();
            SharedHostKeys keys = new SharedHostKeys(state);
            keys.keep(LAB);

            keys.forget("lab-1");

            assertThat(keys.of("lab-1")).isEmpty();
            assertThat(new SharedHostKeys(state).of("lab-1")).isEmpty();
        }
    }

    private StateStore open() {
        return new SqlState(new SqliteDatabase(LocalDirectory.at(directory)), new AppName("journal"));
    }
}
