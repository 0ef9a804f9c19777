package org.meridian.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Backup;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.model.Schedule;
import org.meridian.core.operation.SeenAccessory;
import org.meridian.core.operation.SeenBackups;
import org.meridian.core.spi.Accessories.Accessory;
import org.meridian.core.spi.Accessories.Backups;

/** A database that nobody backs up. */
final class BackupsCheckTest {
    private static final String FAILED = "the backup of db begun at 2026-07-15T03:00:00Z failed";

    @Test
    void a_database_without_a_schedule_for_backups_is_a_warning() throws InterruptedException {
        Finding finding = new BackupsCheck(Map.of("db", kept(false)), List::of).look();

        assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
        assertThat(finding.text()).isEqualTo("db keeps data and has no schedule for backups");
        assertThat(finding.fix()).contains("services: { db: { backup: { schedule:");
    }

    @Test
    void a_backup_that_failed_or_is_overdue_is_a_warning() throws InterruptedException {
        Finding finding = new BackupsCheck(Map.of("db", kept(true)), () -> List.of(seen(Optional.of(FAILED)))).look();

        assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
        assertThat(finding.text()).isEqualTo(FAILED);
        assertThat(finding.fix()).contains("meridian accessories backup NAME");
    }

    @Test
    void a_failed_backup_does_not_hide_a_service_without_a_schedule() throws InterruptedException {
        Finding finding = new BackupsCheck(
                        Map.of("db", kept(true), "queue", kept(false)), () -> List.of(seen(Optional.of(FAILED))))
                .look();

        assertThat(finding.text()).isEqualTo(FAILED);
        assertThat(finding.fix()).contains("services: { queue: ");
    }

    @Test
    void backups_by_schedule_of_which_the_last_one_is_there_are_well() throws InterruptedException {
        assertThat(new BackupsCheck(Map.of("db", kept(true)), () -> List.of(seen(Optional.empty()))).look())
                .isEqualTo(Finding.ok("backups", "1 service by schedule"));
    }

    @Test
    void a_machine_that_can_not_be_asked_is_a_warning_and_an_app_without_data_asks_none() throws InterruptedException {
        BackupsCheck.Looking silent = () -> {
            throw Failure.noAnswer(Diagnostic.of("ssh-unreachable", "lab-1 does not answer", "See whether it runs."));
        };

        Finding finding = new BackupsCheck(Map.of("db", kept(true)), silent).look();

        assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
        assertThat(finding.text()).contains("lab-1 does not answer");
        assertThat(new BackupsCheck(Map.of(), silent).look().level()).isEqualTo(Finding.Level.OK);
    }

    private static SeenAccessory seen(Optional<String> warning) {
        return new SeenAccessory(
                new Accessory("db", "", "running", Instant.EPOCH.toString(), Optional.empty(), Backups.NONE, List.of()),
                SeenAccessory.InFile.SAME,
                List.of(),
                new SeenBackups(Backups.NONE, Optional.empty(), warning));
    }

    private static KeptService kept(boolean scheduled) {
        var daily = new Schedule("0 3 * * *", ZoneOffset.UTC, List.of(0), List.of(3), List.of(), List.of(), List.of());
        Backup backup = Backup.by(Optional.of("dump"), Optional.of("load"));
        return new KeptService(
                "",
                Map.of(),
                List.of("rows"),
                List.of(),
                Optional.empty(),
                scheduled
                        ? new Backup(
                                backup.command(),
                                backup.restore(),
                                backup.keep(),
                                Optional.of(daily),
                                backup.directory(),
                                backup.bucket())
                        : backup);
    }
}
