package org.meridian.drivers.haproxy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.ProbeSettings;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutSettings;
import org.meridian.core.model.Serve;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.TrafficSettings;
import org.meridian.core.model.Weight;

/** Apps and origins for tests of what is rendered and said. */
final class EdgeApps {
    static final RegionName EU = new RegionName("eu");
    static final RegionName US = new RegionName("us");
    static final RegionName LAB = new RegionName("lab");

    private EdgeApps() {}

    /** An app in Europe (the primary), in California and in a place that no table knows. */
    static App app(String healthPath, Optional<String> cookie) {
        return app(health(healthPath), cookie);
    }

    /** The same with another health check and without affinity. */
    static App app(HealthCheck health) {
        return app(health, Optional.empty());
    }

    private static App app(HealthCheck health, Optional<String> cookie) {
        ImageReference image = ImageReference.parse("journal");
        return new App(
                new AppName("journal"),
                new ComposeFile(
                        "services: {web: {image: journal}}",
                        Map.of("web", new ComposeFile.Service(Optional.of(image), true, Map.of()))),
                image,
                EU,
                List.of(region(US, "sfo3"), region(LAB, "basement"), region(EU, "eu-west-1")),
                Map.of(),
                new Serve("web", 3000, 3000, health),
                Optional.empty(),
                new RolloutSettings(
                        List.of(List.of(US, LAB), List.of(EU)),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(15)),
                TrafficSettings.here(8080, cookie),
                new ProbeSettings("/", 5, Duration.ofSeconds(5)));
    }

    static Origin origin(String name, String address, int weight, boolean draining) {
        return new Origin(new ServerName(name), address, new Weight(weight), draining, Health.UNKNOWN, 0);
    }

    private static HealthCheck health(String path) {
        return new HealthCheck(path, Duration.ofSeconds(1), Duration.ofSeconds(2), 3, Duration.ofMinutes(1));
    }

    private static Region region(RegionName name, String location) {
        return new Region(name, "local", location, 1, Optional.empty(), List.of(), Map.of(), List.of());
    }
}
