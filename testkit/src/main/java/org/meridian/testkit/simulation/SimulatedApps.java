package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.ProbeSettings;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutSettings;
import org.meridian.core.model.Serve;
import org.meridian.core.model.TrafficSettings;

/** Apps for simulations. */
public final class SimulatedApps {
    /** The region that moves last. */
    public static final RegionName EU = new RegionName("eu");

    /** A region of the first wave. */
    public static final RegionName US = new RegionName("us");

    /** The other region of the first wave. */
    public static final RegionName AP = new RegionName("ap");

    private SimulatedApps() {}

    /** An app in three regions with that many servers each, the primary in Europe. */
    public static App threeRegions(int servers) {
        ImageReference image = ImageReference.parse("journal");
        ComposeFile.Service web = new ComposeFile.Service(Optional.of(image), true, Map.of());
        return new App(
                new AppName("journal"),
                new ComposeFile("services: {web: {image: journal}}", Map.of("web", web)),
                image,
                EU,
                List.of(region(EU, servers), region(US, servers), region(AP, servers)),
                Map.of(),
                new Serve("web", 3000, 3000, health()),
                Optional.of(List.of("migrate")),
                new RolloutSettings(
                        List.of(List.of(US, AP), List.of(EU)),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(15)),
                new TrafficSettings("simulated", 8080, Optional.empty()),
                new ProbeSettings("/", 2, Duration.ofSeconds(5)));
    }

    private static HealthCheck health() {
        return new HealthCheck("/up", Duration.ofSeconds(1), Duration.ofSeconds(2), 2, Duration.ofSeconds(60));
    }

    private static Region region(RegionName name, int servers) {
        return new Region(
                name,
                "simulated",
                "DE",
                servers,
                Optional.empty(),
                List.of(),
                Map.of("REGION", name.value()),
                List.of());
    }
}
