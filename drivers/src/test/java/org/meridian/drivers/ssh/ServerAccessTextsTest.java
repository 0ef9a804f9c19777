package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ContainerUsage;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerUsage;

/** What the scripts "logs" and "usage" print, as it is read. */
final class ServerAccessTextsTest {
    private static final Server SERVER = new Server(
            new ServerName("shop-eu-r3-1"),
            new RegionName("eu"),
            new ReleaseId(3),
            "ab",
            Optional.of("127.0.0.1"),
            Optional.empty(),
            Server.State.RUNNING);

    private static final String AT = "2026-01-02T03:04:05.000000006Z";

    private final LogText logs = new LogText(SERVER);

    @Test
    void a_line_has_its_time_service_and_release() {
        assertThat(read("web r2 c1 " + AT + " =a = b  \u001b[31mc"))
                .contains(new LogLine(
                        Instant.parse(AT),
                        new RegionName("eu"),
                        new ServerName("shop-eu-r3-1"),
                        "web",
                        new ReleaseId(2),
                        "a = b  \u001b[31mc"));
    }

    @Test
    void the_parts_of_a_long_line_are_put_together_though_other_containers_write_meanwhile() {
        byte[] whole = "Grüße".getBytes(UTF_8);
        byte[] first = ("web r2 c1 " + AT + " +").getBytes(UTF_8);
        byte[] second = ("web r2 c1 " + AT + " =").getBytes(UTF_8);

        // Cut in the middle of a character.
        assertThat(logs.add(joined(first, whole, 0, 3))).isEmpty();
        assertThat(read("web r2 c2 " + AT + " =other")).map(LogLine::text).contains("other");
        assertThat(logs.add(joined(second, whole, 3, whole.length)))
                .map(LogLine::text)
                .contains("Grüße");
        assertThat(read("web r2 c1 " + AT + " =next")).map(LogLine::text).contains("next");
    }

    @Test
    void a_line_without_end_does_not_fill_the_memory() {
        for (int i = 0; i < 100; i++) {
            assertThat(read("web r2 c1 " + AT + " +" + "x".repeat(3000))).isEmpty();
        }
        assertThat(read("web r2 c1 " + AT + " =end"))
                .hasValueSatisfying(line -> assertThat(line.text()).hasSize(64 * 1024));
    }

    @Test
    void empty_lines_count_and_anything_else_does_not() {
        assertThat(read("web r2 c1 " + AT + " =")).map(LogLine::text).contains("");
        assertThat(read("web r2 c1 " + AT + " =x\r")).map(LogLine::text).contains("x");
        assertThat(read(".")).isEmpty();
        assertThat(read("")).isEmpty();
        assertThat(read("web r2 c1 Error =response from daemon")).isEmpty();
        assertThat(read("web r2 c1 " + AT)).isEmpty();
    }

    @Test
    void a_container_that_no_release_started_is_taken_for_the_servers() {
        assertThat(read("web somewhere c1 " + AT + " =x")).map(LogLine::release).contains(new ReleaseId(3));
    }

    @Test
    void usage_is_told_from_the_difference_of_two_looks() {
        ServerUsage usage = UsageText.read(SERVER, """
            container {"id":"aa","service":"web","directory":"/opt/meridian/shop/r2","image":"shop@sha256:1","state":"running","health":"healthy","restarts":2}
            container {"id":"bb","service":"job","directory":"/opt/meridian/shop/r3","image":"job","state":"exited","health":"none","restarts":0}
            cpu 1000 600 1200 750
            memory 2000 500
            disk 10 40
            load aa 1000000000 1750000000 500000000 4096
            process aa 12 root java
            process aa 14 nobody Web Content
            """);

        assertThat(usage.cpuPercent()).isEqualTo(25);
        assertThat(usage.memory()).isEqualTo(new ServerUsage.Amount(1500 * 1024, 2000 * 1024));
        assertThat(usage.disk()).isEqualTo(new ServerUsage.Amount(10, 40));
        assertThat(usage.containers()).hasSize(2);
        ContainerUsage web = usage.containers().getFirst();
        assertThat(web.cpuPercent()).as("of one core").isEqualTo(150);
        assertThat(web.release()).isEqualTo(new ReleaseId(2));
        assertThat(web.processes())
                .containsExactly(
                        new ContainerUsage.Running(12, "root", "java"),
                        new ContainerUsage.Running(14, "nobody", "Web Content"));
        assertThat(usage.containers().getLast().memory()).isZero();
    }

    @Test
    void words_of_a_shells_own_are_not_taken_for_usage() {
        assertThatThrownBy(() -> UsageText.read(SERVER, "Welcome to Ubuntu\n"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("can't be read");
    }

    private Optional<LogLine> read(String line) {
        return logs.add(line.getBytes(UTF_8));
    }

    private static byte[] joined(byte[] head, byte[] text, int from, int to) {
        byte[] all = new byte[head.length + to - from];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(text, from, all, head.length, to - from);
        return all;
    }
}
