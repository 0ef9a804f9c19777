package org.meridian.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.Backup;
import org.meridian.core.model.Schedule;
import org.meridian.core.spi.Accessories.Backups;
import org.meridian.core.spi.Accessories.Saved;

/** Every day at three. */
final class SeenBackupsTest {
    private static final Instant DUE = Instant.parse("2026-07-15T03:00:00Z");
    private static final Optional<Instant> LONG_AGO = Optional.of(DUE.minus(Duration.ofDays(30)));
    private static final Backup DAILY = new Backup(
            Optional.of("dump"),
            Optional.empty(),
            7,
            Optional.of(new Schedule(
                    "0 3 * * *", ZoneId.of("UTC"), List.of(0), List.of(3), List.of(), List.of(), List.of())),
            Optional.empty(),
            Optional.empty());

    @Test
    void one_that_is_not_there_hours_after_it_was_due_is_said() {
        Backups yesterdays = made(DUE.minus(Duration.ofHours(23)));

        assertThat(seen(yesterdays, DUE.plus(Duration.ofHours(2))).warning()).isEmpty();
        assertThat(seen(yesterdays, DUE.plus(Duration.ofHours(3))).warning())
                .contains("a backup of db was due at 2026-07-15T03:00:00Z and there is none; see 'systemctl"
                        + " list-timers' on its machine");
        assertThat(seen(yesterdays, DUE.plus(Duration.ofHours(3))).age()).contains(Duration.ofHours(26));
    }

    @Test
    void one_in_time_and_a_schedule_younger_than_what_was_due_are_no_reason_to_worry() {
        Instant later = DUE.plus(Duration.ofHours(9));

        assertThat(seen(made(DUE.plusSeconds(20)), later).warning()).isEmpty();
        assertThat(seen(new Backups(Optional.empty(), Optional.empty(), Optional.of(DUE.plusSeconds(60))), later)
                        .warning())
                .isEmpty();
    }

    @Test
    void one_that_failed_and_a_machine_without_the_schedule_are_said() {
        assertThat(seen(new Backups(Optional.empty(), Optional.of(DUE), LONG_AGO), DUE)
                        .warning()
                        .orElseThrow())
                .startsWith("the backup of db begun at 2026-07-15T03:00:00Z failed;");
        assertThat(seen(Backups.NONE, DUE).warning().orElseThrow()).contains("'meridian deploy' sees to it");
        assertThat(SeenBackups.of("db", Backups.NONE, Backup.NONE, DUE).warning())
                .isEmpty();
    }

    private static Backups made(Instant when) {
        return new Backups(Optional.of(new Saved(when, 1)), Optional.empty(), LONG_AGO);
    }

    private static SeenBackups seen(Backups backups, Instant now) {
        return SeenBackups.of("db", backups, DAILY, now);
    }
}
