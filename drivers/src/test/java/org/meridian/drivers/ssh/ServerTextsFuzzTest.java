package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.testkit.fuzz.ForeignText;

/** Whatever scripts on servers print is understood, or refused by a failure. */
final class ServerTextsFuzzTest {
    private static final int INPUTS = 2_000;
    private static final Server SERVER = new Server(
            new ServerName("shop-eu-r3-1"),
            new RegionName("eu"),
            new ReleaseId(3),
            "abc",
            Optional.of("10.0.0.1"),
            Optional.empty(),
            Server.State.RUNNING);

    @Test
    void what_a_server_says_it_uses() throws InterruptedException {
        var usage = new ForeignText("""
            container {"id":"aa","service":"web","directory":"/opt/meridian/shop/r2","image":"shop@sha256:1","state":"running","health":"healthy","restarts":2}
            cpu 1000 600 1200 750
            memory 2000 500
            disk 10 40
            load aa 1000000000 1750000000 500000000 4096
            process aa 12 root java
            """, text -> UsageText.read(SERVER, text));
        assertThat(usage.wrong(1, INPUTS)).isEmpty();
    }

    @Test
    void what_containers_write() throws InterruptedException {
        var logs = new ForeignText("""
            web r2 c1 2026-01-02T03:04:05.678901234Z =a text
            web r2 c1 2026-01-02T03:04:05.678901234Z +a part
            web somewhere c2 2026-01-02T03:04:05.678901234Z =another
            """, text -> {
            LogText lines = new LogText(SERVER);
            text.lines().forEach(line -> lines.add(line.getBytes(UTF_8)));
        });
        assertThat(logs.wrong(1, INPUTS)).isEmpty();
    }

    @Test
    void what_cloud_init_says_of_a_boot() throws InterruptedException {
        var account = new ForeignText(
                "{\"v1\": {\"datasource\": \"None\", \"errors\": [\"it broke\"]}}", BootAccount::errors);
        assertThat(account.wrong(1, INPUTS)).isEmpty();
    }
}
