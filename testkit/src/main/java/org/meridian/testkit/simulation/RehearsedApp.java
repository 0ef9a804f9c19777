package org.meridian.testkit.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.App;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.Region;

/**
 * An app as far as its deploys depend on it: its regions, commands and workers. What its containers are, and secrets, hooks
 * and notices, are left out.
 */
final class RehearsedApp {
    private RehearsedApp() {}

    static App of(App app) {
        String web = app.serve().service();
        var service = new ComposeFile.Service(Optional.of(app.image()), true, Map.of());
        return new App(
                        app.name(),
                        new ComposeFile("", Map.of(web, service)),
                        app.image(),
                        app.primary(),
                        app.regions().stream().map(RehearsedApp::bare).toList(),
                        Map.of(),
                        app.serve(),
                        app.beforeShift(),
                        app.rollout(),
                        app.traffic(),
                        app.probe())
                .working(app.releaseCommand(), app.duties());
    }

    private static Region bare(Region region) {
        return new Region(
                region.name(),
                region.provider(),
                region.location(),
                region.servers(),
                region.size(),
                List.of(),
                Map.of(),
                List.of());
    }
}
