package org.meridian.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.config.ConfigurationLoader;
import org.meridian.core.model.App;
import org.meridian.core.model.Machine;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.spi.MachineProvider.Found;

final class StrategyChangeTest {
    private static final String CLOUDFLARE =
            "{ driver: cloudflare, account: 0123456789abcdef0123456789abcdef, zone: example.com,"
                    + " hostname: shop.example.com%s }";

    private final Path directory;

    StrategyChangeTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void behind_an_edge_machines_of_a_release_do_not_take_over_from_machines_that_stay() throws Exception {
        assertThatThrownBy(() -> change("replace", CLOUDFLARE.formatted("")).require(List.of(staying())))
                .hasMessageContaining("region eu")
                .hasMessageContaining("behind proxies");
        assertThatCode(() ->
                        change("in_place", CLOUDFLARE.formatted(", port: 3000")).require(List.of(staying())))
                .doesNotThrowAnyException();
    }

    @Test
    void cloudflare_checks_one_port_while_proxies_take_over() throws Exception {
        assertThatThrownBy(() -> change("in_place", CLOUDFLARE.formatted("")).require(List.of(alone())))
                .hasMessageContaining("at port 3000")
                .hasMessageContaining("have 80");
        assertThatCode(() ->
                        change("in_place", CLOUDFLARE.formatted(", port: 3000")).require(List.of(alone())))
                .doesNotThrowAnyException();
    }

    @Test
    void the_local_edge_follows_in_both_directions() throws Exception {
        assertThatCode(() -> change("replace", "{ driver: haproxy }").require(List.of(staying(), alone())))
                .doesNotThrowAnyException();
        assertThatCode(() -> change("in_place", "{ driver: haproxy }").require(List.of(staying(), alone())))
                .doesNotThrowAnyException();
    }

    private StrategyChange change(String strategy, String traffic) throws Exception {
        Files.writeString(directory.resolve("compose.yaml"), """
                services:
                  web: { image: registry.example.com/shop, ports: ["3000:3000"] }
                """);
        Path file = Files.writeString(directory.resolve("meridian.yml"), """
                app: shop
                image: registry.example.com/shop
                regions: { eu: { provider: local, location: DE } }
                serve: { service: web, port: 3000 }
                rollout: { strategy: %s }
                traffic: %s
                """.formatted(strategy, traffic));
        App app = new ConfigurationLoader().load(file).app();
        return new StrategyChange(app);
    }

    private static Found staying() {
        return found(MachineSpec.staying(new MachineName("shop-eu-m1")));
    }

    private static Found alone() {
        return found(
                MachineSpec.alone(new ServerSpec(new ServerName("shop-eu-r1-1"), new ReleaseId(1), "0123456789ab")));
    }

    private static Found found(MachineSpec spec) {
        return new Found(
                spec,
                new RegionName("eu"),
                Machine.made(spec.name(), Optional.of("10.0.0.4"), Optional.empty()),
                Server.State.RUNNING,
                Optional.empty());
    }
}
