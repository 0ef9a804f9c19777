package org.meridian.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.cli.ConfigFiles;
import org.meridian.cli.Reach;
import org.meridian.cli.fake.Samples;
import org.meridian.config.Starter;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.TrafficLayer;
import org.meridian.core.model.TrafficSettings;
import org.meridian.core.operation.SecretsReport;
import org.meridian.core.operation.SecretsReport.From;
import org.meridian.core.operation.SecretsReport.InRegion;
import org.meridian.core.operation.SecretsReport.Named;
import org.meridian.core.spi.StateStore;
import org.meridian.drivers.cloudflare.CloudflareAccess;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.sqlite.SqliteDatabase;
import org.meridian.drivers.state.sql.SqlState;
import org.meridian.testkit.TrafficApp;

final class ChecksTest {
    private static final RegionName EU = new RegionName("eu");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void an_old_java_fails_and_says_what_to_install() {
        assertThat(new JavaCheck(Runtime.Version.parse("25.0.1")).look().level())
                .isEqualTo(Finding.Level.OK);
        Finding old = new JavaCheck(Runtime.Version.parse("17.0.2")).look();
        assertThat(old.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(old.fix()).contains("JDK 25");
    }

    @Test
    void an_engine_that_does_not_answer_fails_with_its_own_words() throws InterruptedException {
        Finding finding = new EngineCheck(answers(1, "", "Cannot connect to the Docker daemon\n")).look();
        assertThat(finding.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(finding.text()).contains("Cannot connect to the Docker daemon");
        assertThat(finding.fix()).contains("systemctl start docker");
    }

    @Test
    void an_engine_that_answers_is_fine_and_an_old_one_is_doubtful() throws InterruptedException {
        assertThat(new EngineCheck(answers(0, "28.2.2\n", "")).look()).isEqualTo(Finding.ok("docker", "engine 28.2.2"));
        assertThat(new EngineCheck(answers(0, "17.05.0-ce\n", "")).look().level())
                .isEqualTo(Finding.Level.WARN);
    }

    @Test
    void too_little_room_fails_little_warns() {
        var needed = new DiskSpace("disk", 10 * DiskSpace.GIB, 3 * DiskSpace.GIB, "Make room.");
        assertThat(needed.judge(directory, 11 * DiskSpace.GIB).level()).isEqualTo(Finding.Level.OK);
        assertThat(needed.judge(directory, 5 * DiskSpace.GIB).level()).isEqualTo(Finding.Level.WARN);
        assertThat(needed.judge(directory, DiskSpace.GIB))
                .isEqualTo(Finding.fail(
                        "disk", "1.0 GiB free at " + directory + "; at least 3.0 GiB is needed", "Make room."));
    }

    @Test
    void littleRoomIsNotSaidToBeNone() {
        assertThat(DiskSpace.gib(40L << 20)).isEqualTo("40 MiB");
        assertThat(DiskSpace.gib(DiskSpace.GIB / 2)).isEqualTo("0.5 GiB");
    }

    @Test
    void memory_counts_both_fleets() throws IOException {
        Path meminfo = directory.resolve("meminfo");
        Files.writeString(meminfo, "MemTotal: 9000000 kB\nMemAvailable:    2097152 kB\n");
        assertThat(new MemoryCheck(4, meminfo).look().level()).isEqualTo(Finding.Level.OK);
        assertThat(new MemoryCheck(5, meminfo).look().level()).isEqualTo(Finding.Level.WARN);
    }

    @Test
    void a_port_that_is_taken_fails_unless_our_own_edge_has_it() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            App app = on(taken.getLocalPort());
            assertThat(new PortCheck(answers(0, "", ""), app, taken.getLocalPort())
                            .look()
                            .level())
                    .isEqualTo(Finding.Level.FAIL);
            assertThat(new PortCheck(answers(0, "4711\n", ""), app, taken.getLocalPort())
                            .look()
                            .level())
                    .isEqualTo(Finding.Level.OK);
        }
    }

    @Test
    void a_key_that_others_may_read_fails_and_the_mend_names_it() throws IOException {
        Path key = Files.createDirectories(directory.resolve("ssh")).resolve("id");
        Files.writeString(key, "-----BEGIN OPENSSH PRIVATE KEY-----\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(new KeyCheck(directory).look())
                .isEqualTo(Finding.fail("ssh key", "others may read " + key, "Close it: chmod 600 " + key));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertThat(new KeyCheck(directory).look().level()).isEqualTo(Finding.Level.OK);
    }

    @Test
    void a_local_directory_that_git_tracks_or_others_may_enter_fails_with_what_to_do() throws Exception {
        Path local = directory.resolve("state-of-mine");
        LocalDirectoryCheck check = new LocalDirectoryCheck(new LocalProcesses(), local);
        assertThat(check.look().level()).as("it is not there").isEqualTo(Finding.Level.OK);

        LocalDirectory.at(local).inside("ssh").write("id_ed25519", "a key");
        git("init", "--quiet");
        git("add", "--all");
        assertThat(check.look().level()).isEqualTo(Finding.Level.OK);

        git("add", "--force", "state-of-mine/ssh/id_ed25519");
        Finding tracked = check.look();
        assertThat(tracked.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(tracked.text()).contains("ssh/id_ed25519");
        assertThat(tracked.fix()).contains("git rm -r --cached " + local);

        git("rm", "--quiet", "--cached", "state-of-mine/ssh/id_ed25519");
        Files.setPosixFilePermissions(local.resolve("ssh"), PosixFilePermissions.fromString("rwxr-x---"));
        Finding open = check.look();
        assertThat(open.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(open.text()).contains(local.resolve("ssh").toString());
        assertThat(open.fix()).contains("chmod -R go-rwx " + local);
    }

    private void git(String... arguments) throws InterruptedException {
        CommandResult result = new LocalProcesses()
                .run(Command.of("git", "-C", directory.toString()).with(arguments));
        assertThat(result.succeeded()).as(result::errors).isTrue();
    }

    @Test
    void a_state_that_is_a_file_fails() throws IOException {
        Path state = directory.resolve(".meridian");
        assertThat(new StateCheck(state).look().level()).isEqualTo(Finding.Level.OK);
        Files.writeString(state, "");
        assertThat(new StateCheck(state).look().level()).isEqualTo(Finding.Level.FAIL);
    }

    @Test
    void a_store_that_answers_is_well_and_looking_makes_nothing() {
        Path empty = directory.resolve("new");

        assertThat(new StoreCheck(() -> Optional.of(sqlite(empty))).look())
                .isEqualTo(Finding.ok("state store", "it answers; nobody has the lock"));
        assertThat(empty).doesNotExist();
    }

    @Test
    void a_store_that_is_no_store_fails_and_is_named() throws IOException {
        Path file = directory.resolve("state.db");
        Files.writeString(file, "no database".repeat(100));

        Finding finding = new StoreCheck(() -> Optional.of(sqlite(directory))).look();

        assertThat(finding.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(finding.text()).contains(file.toString());
        assertThat(finding.fix()).isNotEmpty();
    }

    @Test
    void cloudflare_is_well_warned_about_or_failed_with_what_to_do() throws InterruptedException {
        Diagnostic lacks = Diagnostic.of("cloudflare-permission", "the token lacks X", "Add X.");

        assertThat(cloudflare(List.of(), List.of()).level()).isEqualTo(Finding.Level.OK);
        assertThat(cloudflare(List.of(), List.of(lacks)))
                .isEqualTo(Finding.warn("cloudflare", "the token lacks X", "Add X."));
        assertThat(cloudflare(List.of(lacks), List.of()))
                .isEqualTo(Finding.fail("cloudflare", "the token lacks X", "Add X."));
    }

    @Test
    void machines_that_are_not_reached_are_all_named_with_what_to_do() throws InterruptedException {
        Diagnostic name = Diagnostic.of("ssh-unreachable", "lab: no SSH connection to a: its name", "Spell it right.");
        Diagnostic key = Diagnostic.of("ssh-login", "rack: b refuses to let ops log in", "Add the key.");

        assertThat(new SshCheck(Optional::empty).look().level()).isEqualTo(Finding.Level.OK);
        assertThat(ssh(3)).isEqualTo(Finding.ok("ssh", "3 servers reached"));
        assertThat(ssh(1, name)).isEqualTo(Finding.fail("ssh", name.summary(), name.suggestion()));
        assertThat(ssh(1, name, key))
                .isEqualTo(Finding.fail(
                        "ssh",
                        "2 of 3 servers not reached, the first: " + name.summary(),
                        "lab: no SSH connection to a: its name - Spell it right.\n"
                                + "rack: b refuses to let ops log in - Add the key."));
    }

    @Test
    void a_server_whose_logs_are_not_shipped_is_a_warning() throws InterruptedException {
        Diagnostic problem =
                Diagnostic.of("logs-not-shipped", "logs of eu-1 are not shipped: it is restarting", "See.");
        Finding finding = new SshCheck(() -> Optional.of(new Reach(2, List.of(), List.of(problem)))).look();

        assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
        assertThat(finding.text()).isEqualTo("2 servers reached; logs of eu-1 are not shipped: it is restarting");
    }

    private static Finding ssh(int reached, Diagnostic... problems) throws InterruptedException {
        return new SshCheck(() -> Optional.of(new Reach(reached, List.of(problems)))).look();
    }

    @Test
    void a_token_that_is_not_set_fails_without_asking_anybody() throws InterruptedException {
        App atCloudflare = with(new TrafficSettings(
                new TrafficLayer.Cloudflare(new CloudflareSettings("a.example.com"), Optional.empty()),
                Optional.empty()));

        Finding finding = CloudflareCheck.of(atCloudflare, Map.of()).look();

        assertThat(finding.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(finding.text()).isEqualTo("the variable CLOUDFLARE_API_TOKEN is not set");
    }

    private static Finding cloudflare(List<Diagnostic> problems, List<Diagnostic> remarks) throws InterruptedException {
        return new CloudflareCheck(() -> new CloudflareAccess.Found(problems, remarks)).look();
    }

    private static StateStore sqlite(Path directory) {
        return new SqlState(new SqliteDatabase(LocalDirectory.at(directory)), new AppName("journal"));
    }

    @Test
    void a_broken_configuration_fails_with_every_problem() throws IOException {
        Path file = directory.resolve("meridian.yml");
        Files.writeString(file, "app: 1\n");
        var check = new ConfigCheck(new Broken(), file);
        Finding finding = check.look();
        assertThat(finding.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(finding.fix()).isEqualTo("meridian.yml:1:6: not a name - Write letters.\nno regions");
        assertThat(check.app()).isEmpty();
    }

    @Test
    void a_missing_configuration_only_warns() {
        Finding finding = new ConfigCheck(new Broken(), directory.resolve("meridian.yml")).look();
        assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
        assertThat(finding.fix()).contains("meridian init");
    }

    @Test
    void secrets_that_can_be_read_are_counted_and_none_is_fine_too() throws InterruptedException {
        var from = new From("env-file:a.env", "1");
        var report = new SecretsReport(
                List.of(new InRegion(EU, List.of(from), List.of(new Named("KEY", from)), List.of())),
                List.of(),
                List.of("KEY"));

        assertThat(new SecretsCheck(() -> Optional.of(report)).look())
                .isEqualTo(Finding.ok("secrets", "1 name from 1 source can be read"));
        assertThat(new SecretsCheck(Optional::empty).look()).isEqualTo(Finding.ok("secrets", "none are used"));
    }

    @Test
    void secrets_that_a_region_lacks_fail_with_the_region() throws InterruptedException {
        var report = new SecretsReport(
                List.of(new InRegion(EU, List.of(), List.of(), List.of("KEY", "URL"))), List.of(), List.of());

        Finding finding = new SecretsCheck(() -> Optional.of(report)).look();

        assertThat(finding.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(finding.text()).isEqualTo("eu lacks KEY, URL");
    }

    @Test
    void every_source_of_secrets_that_can_not_be_read_is_told_with_what_to_do() throws InterruptedException {
        Finding finding = new SecretsCheck(() -> {
                    throw Failure.of(List.of(
                            Diagnostic.of("a", "you may not read vault:a/b", "Fix the policy."),
                            Diagnostic.of("b", "VAULT_ADDR is not set", "Set it.")));
                })
                .look();

        assertThat(finding.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(finding.text()).isEqualTo("2 sources can't be read, the first: you may not read vault:a/b");
        assertThat(finding.fix())
                .isEqualTo("you may not read vault:a/b - Fix the policy.\nVAULT_ADDR is not set - Set it.");
    }

    private static CommandRunner answers(int code, String output, String errors) {
        return command -> new CommandResult(command, code, output, errors);
    }

    private static App on(int port) {
        return with(TrafficSettings.here(port, Optional.empty()));
    }

    private static App with(TrafficSettings traffic) {
        return TrafficApp.with(Samples.APP, traffic);
    }

    private static final class Broken implements ConfigFiles {
        @Override
        public App load(Path file) {
            throw Failure.usage(List.of(
                    Diagnostic.of("name", "not a name", "Write letters.").at(new Location("meridian.yml", 1, 6)),
                    Diagnostic.of("regions", "no regions", "")));
        }

        @Override
        public String schema() {
            return "";
        }

        @Override
        public Starter starter(Path file) {
            throw new AssertionError("not asked for here: " + file);
        }
    }
}
