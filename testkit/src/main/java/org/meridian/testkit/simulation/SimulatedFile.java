package org.meridian.testkit.simulation;

import java.util.Map;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;
import org.meridian.core.operation.CountsFile;

/** The configuration file, as a command edits it that wants other numbers of servers. */
final class SimulatedFile implements CountsFile {
    private final SimulatedWorld world;
    private final Deployer deployer;
    private final App before;
    private final App after;

    SimulatedFile(SimulatedWorld world, Deployer deployer, Map<Integer, Integer> servers) {
        this.world = world;
        this.deployer = deployer;
        this.before = world.app;
        this.after = edited(before, servers);
    }

    /** What the file will say. */
    App edited() {
        return after;
    }

    @Override
    public void write() {
        deployer.instant();
        if (!world.app.equals(before)) {
            throw Failure.usage(Diagnostic.of("file-changed", "somebody else has changed the file", "Run again."));
        }
        world.app = after;
        world.chronicle.add(deployer, "WRITES FILE", "");
        deployer.instant();
    }

    @Override
    public void restore() {
        deployer.instant();
        if (world.app.equals(after)) {
            world.app = before;
            world.chronicle.add(deployer, "RESTORES FILE", "");
        }
        deployer.instant();
    }

    private static App edited(App app, Map<Integer, Integer> servers) {
        App edited = app;
        for (Map.Entry<Integer, Integer> wanted : servers.entrySet()) {
            edited = edited(edited, Shape.region(wanted.getKey()).value(), wanted.getValue());
        }
        return edited;
    }

    private static App edited(App app, String name, int servers) {
        return app.withRegions(app.regions().stream()
                .map(region -> region.name().value().equals(name) ? edited(region, servers) : region)
                .toList());
    }

    private static Region edited(Region region, int servers) {
        return new Region(
                region.name(),
                region.provider(),
                region.location(),
                servers,
                region.size(),
                region.networks(),
                region.env(),
                region.secrets(),
                region.required(),
                region.images(),
                region.strategy());
    }
}
