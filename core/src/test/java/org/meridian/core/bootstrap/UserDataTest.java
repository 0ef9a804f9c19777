package org.meridian.core.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.model.AppName;

final class UserDataTest {
    private static final AppName APP = new AppName("journal");
    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA+/= meridian@journal";

    @Test
    void whoever_has_any_of_the_keys_may_log_in() {
        assertThat(UserData.of(APP, "deploy", KEY, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOther")
                        .text())
                .contains("ssh_authorized_keys: [\"" + KEY + "\", \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOther\"]");
    }

    @Test
    void fills_every_placeholder() {
        String text = UserData.of(APP, "deploy", KEY).text();

        assertThat(text)
                .startsWith("#cloud-config\n")
                .contains("name: \"deploy\"", "\"" + KEY + "\"", "meridian-journal.service", "/opt/meridian/journal")
                .doesNotContainPattern("@[A-Z_]+@");
    }

    @Test
    void is_the_same_every_time() {
        assertThat(UserData.of(APP, "deploy", KEY)).isEqualTo(UserData.of(APP, "deploy", KEY));
    }

    /** A system that updates itself while it boots holds that lock for a while, and apt-get does not wait for it. */
    @Test
    void package_lists_that_another_apt_holds_are_waited_for(@TempDir Path bin) throws Exception {
        program(bin, "apt-get", """
                here=${0%/*}
                echo "$*" >>"$here/log"
                [ "$(wc -l <"$here/log")" -gt 3 ] || {
                  echo "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt-get)" >&2
                  exit 100
                }""");
        program(bin, "sleep", "");

        assertThat(run(bin, functions() + "\nupdate -o some=thing")).isZero();
        assertThat(Files.readAllLines(bin.resolve("log")))
                .hasSize(4)
                .allMatch(line -> line.endsWith("-o some=thing update -q"));
    }

    @Test
    void package_lists_that_cannot_be_had_for_another_reason_end_the_boot(@TempDir Path bin) throws Exception {
        program(bin, "apt-get", "echo >>\"${0%/*}/log\"\necho 'E: no Release file' >&2\nexit 100");

        assertThat(run(bin, functions() + "\nupdate")).isNotZero();
        assertThat(Files.readAllLines(bin.resolve("log"))).hasSize(1);
    }

    /** Others read there what the machine was born with; whoever owns the machine still may. */
    @Test
    void containers_do_not_reach_the_metadata_of_a_cloud_and_no_rule_is_added_twice(@TempDir Path bin)
            throws Exception {
        for (String tool : List.of("iptables", "ip6tables")) {
            program(bin, tool, """
                    log=${0%/*}/rules
                    [ "$2" != -C ] || { shift 2; grep -qxF -- "${0##*/} $*" "$log"; exit; }
                    [ "$2" != -N ] || exit 1
                    shift 2
                    echo "${0##*/} $*" >>$log""");
        }
        String text = UserData.of(APP, "deploy", KEY).text();
        String script = text.substring(
                        text.indexOf("#!/bin/sh"), text.indexOf("  - path: /etc/systemd/system/meridian-metadata"))
                .replace("\n      ", "\n");

        assertThat(run(bin, script)).isZero();
        assertThat(run(bin, script)).isZero();

        assertThat(Files.readAllLines(bin.resolve("rules")).stream().filter(rule -> rule.startsWith("iptables")))
                .containsExactly(
                        "iptables DOCKER-USER -d 169.254.169.254 -j DROP",
                        "iptables FORWARD -d 169.254.169.254 -j DROP");
        assertThat(text).contains("PartOf=docker.service", "WantedBy=docker.service", "Before=docker.service");
    }

    /** The functions of the boot script, without the call of the one that tells the story. */
    private static String functions() {
        String text = UserData.of(APP, "deploy", KEY).text();
        String script = text.substring(
                text.indexOf("#!/bin/sh", text.indexOf("/etc/meridian/boot")), text.indexOf("\n      main\n"));
        return script.replace("\n      ", "\n");
    }

    private static void program(Path bin, String name, String text) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static int run(Path bin, String script) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", script);
        shell.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
        return shell.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no key", "ssh-ed25519 AAAA\"]", "ssh-ed25519 AAAA\nruncmd: [evil]"})
    void refuses_a_key_that_would_escape_its_place(String key) {
        assertThatThrownBy(() -> UserData.of(APP, "deploy", key)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Deploy", "a b", "x\"", "-x"})
    void refuses_what_is_not_a_user(String user) {
        assertThatThrownBy(() -> UserData.of(APP, user, KEY)).hasMessageContaining("is not a user name");
    }
}
