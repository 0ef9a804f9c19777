package org.meridian.testkit;

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

/** An app in three regions of the world for tests of traffic layers; its origins are checked every 400 ms. */
public final class TrafficApp {
    /** The primary region, in Germany. */
    public static final RegionName EU = new RegionName("eu");

    /** A region in California. */
    public static final RegionName US = new RegionName("us");

    /** A region in Singapore. */
    public static final RegionName AP = new RegionName("ap");

    private static final HealthCheck HEALTH =
            new HealthCheck("/up", Duration.ofMillis(400), Duration.ofSeconds(2), 2, Duration.ofMinutes(1));

    private TrafficApp() {}

    /** The app whose users arrive at that port, with or without a session cookie that keeps them on an origin. */
    public static App of(AppName name, int port, Optional<String> stickyCookie) {
        return of(name, port, stickyCookie, 0);
    }

    /** The same, with the port that its servers publish the app at; 0 for any. */
    public static App of(AppName name, int port, Optional<String> stickyCookie, int hostPort) {
        ImageReference image = ImageReference.parse("journal");
        return new App(
                name,
                new ComposeFile(
                        "services: {web: {image: journal}}",
                        Map.of("web", new ComposeFile.Service(Optional.of(image), true, Map.of()))),
                image,
                EU,
                List.of(region(US, "sfo3"), region(EU, "DE"), region(AP, "ap-southeast-1")),
                Map.of(),
                new Serve("web", 3000, hostPort == 0 ? 3000 : hostPort, HEALTH),
                Optional.empty(),
                new RolloutSettings(
                        List.of(List.of(US, AP), List.of(EU)),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(15)),
                TrafficSettings.here(port, stickyCookie),
                new ProbeSettings("/", 5, Duration.ofSeconds(5)));
    }

    /** The same app, whose users ask for these names. */
    public static App named(App app, String... hosts) {
        TrafficSettings traffic = app.traffic();
        return with(
                app,
                new TrafficSettings(
                        traffic.layer(),
                        traffic.stickyCookie(),
                        traffic.answerWithin(),
                        List.of(hosts),
                        traffic.senders()));
    }

    /** The same app behind another traffic layer. */
    public static App with(App app, TrafficSettings traffic) {
        return new App(
                app.name(),
                app.compose(),
                app.image(),
                app.primary(),
                app.regions(),
                app.env(),
                app.serve(),
                app.beforeShift(),
                app.rollout(),
                traffic,
                app.probe());
    }

    private static Region region(RegionName name, String location) {
        return new Region(name, "under-test", location, 1, Optional.empty(), List.of(), Map.of(), List.of());
    }
}
