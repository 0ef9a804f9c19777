package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.meridian.core.model.Backup;
import org.meridian.core.model.BackupBucket;
import org.meridian.core.model.Schedule;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.OpenBackup;
import org.meridian.core.spi.OpenBackup.BucketKey;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.s3.RealS3;

/** The script that makes backups, with the real curl and a server that speaks S3's protocol; the container is this machine. */
final class BackupScriptTest {
    private static final String NAME = "\\d{8}T\\d{6}Z";
    private static final String SECRET = "a \"quoted\" \\\\ key";

    private final Path directory;
    private final Path bin;
    private final Path data;

    BackupScriptTest(@TempDir Path directory) {
        this.directory = directory;
        this.bin = directory.resolve("bin");
        this.data = directory.resolve("data");
    }

    @BeforeEach
    void aServiceOnThisMachine() throws IOException {
        Files.createDirectories(bin);
        Files.createDirectories(directory.resolve("run"));
        Files.createDirectories(directory.resolve("opt/notes/services"));
        Files.writeString(directory.resolve("opt/notes/services/db"), "r1 definition");
        Files.writeString(data, "rows");
        program(
                "docker",
                "case $1 in ps) echo c1 ;; exec) shift; [ $1 != --interactive ] || shift; shift; exec \"$@\" ;; esac");
        // Another backup has another second.
        program(
                "date",
                "case $* in *%%Y*) n=$(cat %1$s 2>/dev/null || echo 10); echo $((n + 1)) >%1$s; echo 20260102T0304${n}Z ;;"
                                .formatted(directory.resolve("seconds"))
                        + " *) exec /bin/date \"$@\" ;; esac");
    }

    /** Where backups are. */
    enum Place {
        DIRECTORY,
        BUCKET
    }

    @ParameterizedTest
    @EnumSource
    void what_was_backed_up_is_listed_and_restored_and_the_oldest_goes(Place place) throws Exception {
        Backup backup = at(place);
        CommandResult first = backUp(backup);
        assertThat(first.exitCode()).as(first.errors()).isZero();
        assertThat(first.output().strip()).matches(".*/notes/db/" + NAME + " 4");
        String oldest = first.output().replaceFirst("(?s).*/(" + NAME + ") 4.*", "$1");
        Files.writeString(data, "other rows");
        CommandResult second = backUp(backup);
        assertThat(second.exitCode()).as(second.errors()).isZero();
        assertThat(list(backup)).hasSize(2).contains(oldest);

        CommandResult older = restore(backup, oldest);
        assertThat(older.exitCode()).as(older.errors()).isZero();
        assertThat(data).hasContent("rows");
        CommandResult newest = restore(backup, "");
        assertThat(newest.exitCode()).as(newest.errors()).isZero();
        assertThat(data).hasContent("other rows");

        assertThat(backUp(backup).exitCode()).isZero();
        assertThat(list(backup)).hasSize(2).doesNotContain(oldest);
        CommandResult gone = restore(backup, oldest);
        assertThat(gone.exitCode()).isEqualTo(66);
        assertThat(gone.errors()).contains("there is no backup " + oldest + " in ");
    }

    @ParameterizedTest
    @EnumSource
    void a_command_that_fails_midway_makes_no_backup(Place place) throws Exception {
        Backup backup = at(place).with(Optional.of("echo half; exit 3"), Optional.empty());

        assertThat(backUp(backup).exitCode()).isEqualTo(1);

        assertThat(list(backup)).isEmpty();
        assertThat(recorded()).contains(" 3 failed hand r1");
    }

    @Test
    void directories_are_closed_to_everybody_else() throws Exception {
        assertThat(backUp(at(Place.DIRECTORY)).exitCode()).isZero();

        Path place = directory.resolve("a place");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(place.resolve("notes/db"))) {
            assertThat(files).singleElement().satisfies(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void an_upload_of_which_the_bucket_has_not_every_byte_is_taken_away_and_fails() throws Exception {
        Backup backup = at(Place.BUCKET);
        // A store that keeps half of what it is given.
        program(
                "curl",
                "for word; do shift; case $word in */.part) head -c 2 \"$word\" >%1$s; word=%1$s ;; esac;"
                                .formatted(directory.resolve("half"))
                        + " set -- \"$@\" \"$word\"; done; exec /usr/bin/curl \"$@\"");

        CommandResult made = backUp(backup);

        assertThat(made.exitCode()).isEqualTo(1);
        assertThat(made.errors()).contains("the bucket has not the 4 bytes of ");
        assertThat(list(backup)).isEmpty();
        assertThat(directory.resolve("opt/notes/jobs/backup-db/newest")).doesNotExist();
    }

    @Test
    void a_bucket_that_does_not_answer_is_said_and_recorded() throws Exception {
        Backup backup = at(URI.create("http://127.0.0.1:1"));

        CommandResult made = backUp(backup);

        assertThat(made.exitCode()).isEqualTo(1);
        assertThat(made.errors()).contains("s3://state/copies").contains(" does not answer");
        assertThat(recorded()).contains(" 1 failed hand r1");
        CommandResult restored = restore(backup, "");
        assertThat(restored.exitCode()).isEqualTo(1);
        assertThat(data).hasContent("rows");
    }

    @Test
    void what_the_store_says_is_said() throws Exception {
        Backup backup = new Backup(
                Optional.of("cat " + data),
                Optional.empty(),
                2,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new BackupBucket("no-such-bucket", "", Optional.of(s3()), "us-east-1", "env-file:unused")));

        assertThat(backUp(backup).errors()).contains("s3://no-such-bucket says 404 NoSuchBucket: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    echo 'curl 7.74.0 (x86_64-pc-linux-gnu)'    | curl is 7.74.0 on this machine, and backups in a bucket need 7.88 or newer
                    exit 1                                      | curl is  on this machine
                    """)
    void a_curl_that_can_not_sign_is_said_before_anything_is_written(String version, String words) throws Exception {
        program("curl", version);

        CommandResult made = backUp(at(Place.BUCKET));

        assertThat(made.exitCode()).isEqualTo(1);
        assertThat(made.errors()).contains(words);
        assertThat(directory.resolve("var")).doesNotExist();
    }

    @Test
    void the_key_is_in_no_argument_and_no_environment_and_is_not_left_behind() throws Exception {
        program("curl", "{ echo \"$@\"; env; } >>" + directory.resolve("seen") + "; exec /usr/bin/curl \"$@\"");

        assertThat(backUp(at(Place.BUCKET)).exitCode()).isZero();

        assertThat(Files.readString(directory.resolve("seen")))
                .contains("--config")
                .doesNotContain("quoted", "the-id");
        assertThat(directory.resolve("run")).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_scheduled_is_made_with_the_key_that_the_machine_keeps(Place place) throws Exception {
        Files.createDirectories(directory.resolve("etc"));
        program("systemctl", "exit 0");
        // As where systemd has no key of the machine.
        program("systemd-creds", "exit 1");
        Backup backup = at(place);
        Backup scheduled = new Backup(
                backup.command(),
                backup.restore(),
                2,
                Optional.of(new Schedule(
                        "0 3 * * *", ZoneOffset.UTC, List.of(0), List.of(3), List.of(), List.of(), List.of())),
                backup.directory(),
                backup.bucket());

        CommandResult put = schedule(Map.of("db", open(scheduled)));
        assertThat(put.exitCode()).as(put.errors()).isZero();
        Path key = directory.resolve("opt/notes/backup-keys/db.key");
        assertThat(Files.exists(key)).isEqualTo(place == Place.BUCKET);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("opt/notes/scheduled/db"))))
                .isEqualTo("rw-------");
        CommandResult made = new LocalProcesses()
                .run(onThisMachine(
                        "exec sh \"$1\" notes scheduled db",
                        "timer",
                        directory.resolve("opt/notes/accessory").toString()));
        assertThat(made.exitCode()).as(made.errors()).isZero();
        assertThat(list(backup)).hasSize(1);
        assertThat(recorded()).contains(" 0 ok timer r1");
        assertThat(directory.resolve("run")).isEmptyDirectory();

        assertThat(schedule(Map.of()).exitCode()).isZero();
        assertThat(key).doesNotExist();
        assertThat(directory.resolve("opt/notes/scheduled/db")).doesNotExist();
    }

    private CommandResult schedule(Map<String, OpenBackup> backups) throws InterruptedException {
        Command put = onThisMachine(BackupText.SCRIPT + Scripts.read("schedules"), "schedules", "notes");
        return new LocalProcesses()
                .run(put.with(BackupText.scheduled(backups).toArray(String[]::new))
                        .reading(BackupText.keys(backups) + here(BackupText.ACCESSORY)));
    }

    private Backup at(Place place) {
        return switch (place) {
            case DIRECTORY ->
                new Backup(
                        Optional.of("cat " + data),
                        Optional.of("cat >" + data),
                        2,
                        Optional.empty(),
                        Optional.of(directory.resolve("a place").toString()),
                        Optional.empty());
            case BUCKET -> at(s3());
        };
    }

    private Backup at(URI endpoint) {
        return new Backup(
                Optional.of("cat " + data),
                Optional.of("cat >" + data),
                2,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new BackupBucket(
                        RealS3.BUCKET,
                        "copies/" + directory.getFileName(),
                        Optional.of(endpoint),
                        "us-east-1",
                        "env-file:unused")));
    }

    private static URI s3() {
        return URI.create("http://127.0.0.1:" + RealS3.port());
    }

    private String recorded() throws IOException {
        try (Stream<Path> runs = Files.list(directory.resolve("opt/notes/jobs/backup-db"))) {
            return Files.readString(
                    runs.filter(file -> file.getFileName().toString().startsWith("run."))
                            .findFirst()
                            .orElseThrow());
        }
    }

    private CommandResult backUp(Backup backup) throws InterruptedException {
        return run(
                backup,
                "backup",
                Integer.toString(backup.keep()),
                BackupText.place(backup),
                backup.command().orElseThrow());
    }

    private List<String> list(Backup backup) throws InterruptedException {
        CommandResult listed = run(backup, "backups", BackupText.place(backup));
        assertThat(listed.exitCode()).as(listed.errors()).isZero();
        return listed.output().lines().toList();
    }

    private CommandResult restore(Backup backup, String name) throws InterruptedException {
        return run(
                backup,
                "restore",
                BackupText.place(backup),
                name,
                backup.restore().orElseThrow());
    }

    private CommandResult run(Backup backup, String what, String... arguments) throws InterruptedException {
        Command command = onThisMachine(BackupText.ACCESSORY, "accessory", "notes", what, "db")
                .with(arguments);
        return new LocalProcesses().run(BackupText.opening(command, open(backup)));
    }

    private static OpenBackup open(Backup backup) {
        return new OpenBackup(
                backup, backup.bucket().map(one -> new BucketKey(Secret.of("the-id"), Secret.of(SECRET))));
    }

    private Command onThisMachine(String script, String... arguments) {
        return Command.of("env", "PATH=" + bin + ":" + System.getenv("PATH"), "sh", "-c", here(script))
                .with(arguments);
    }

    private String here(String script) {
        return script.replace("/opt/meridian", directory.resolve("opt").toString())
                .replace("/var/backups/meridian", directory.resolve("var").toString())
                .replace("/etc/systemd/system", directory.resolve("etc").toString())
                .replace("/run/", directory.resolve("run") + "/");
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
