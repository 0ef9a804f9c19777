package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the team wants, read from its configuration and checked: the app, its regions and how it is rolled out.
 *
 * @param name        the app's name
 * @param compose     the containers
 * @param image       the app's image, without a tag or with the default one
 * @param primary     the region that moves last and is the fallback of the others; one of {@code regions}
 * @param regions     every region, in the order of the configuration
 * @param env         plain environment variables for all regions
 * @param serve       the container that answers requests
 * @param beforeShift the command run once in the primary region before any traffic moves, as an argv; empty for none
 * @param releaseCommand the command run once in the primary region before any container of a new release starts, as an
 *                    argv; empty for none
 * @param duties      what the app does beside answering requests
 * @param console     the command that 'meridian console' runs, as an argv; empty for none
 * @param rollout     how a release moves
 * @param traffic     the traffic layer
 * @param probe       how the public address is watched meanwhile
 * @param metrics     where a canary's counts are read
 * @param hooks       the team's own commands, in the order in which they run
 * @param notices     where starts and ends are told
 */
public record App(
        AppName name,
        ComposeFile compose,
        ImageReference image,
        RegionName primary,
        List<Region> regions,
        Map<String, String> env,
        Serve serve,
        Optional<List<String>> beforeShift,
        Optional<List<String>> releaseCommand,
        Duties duties,
        Optional<List<String>> console,
        RolloutSettings rollout,
        TrafficSettings traffic,
        ProbeSettings probe,
        MetricSettings metrics,
        List<Hook> hooks,
        List<NotifySettings> notices) {
    /** Copies the collections and checks that the primary is a region. */
    public App {
        requireNonNull(name, "name is null");
        requireNonNull(compose, "compose is null");
        requireNonNull(image, "image is null");
        requireNonNull(primary, "primary is null");
        requireNonNull(serve, "serve is null");
        requireNonNull(rollout, "rollout is null");
        requireNonNull(traffic, "traffic is null");
        requireNonNull(probe, "probe is null");
        requireNonNull(metrics, "metrics is null");
        hooks = List.copyOf(hooks);
        notices = List.copyOf(notices);
        regions = List.copyOf(regions);
        env = Map.copyOf(env);
        beforeShift = beforeShift.map(List::copyOf);
        releaseCommand = releaseCommand.map(List::copyOf);
        requireNonNull(duties, "duties is null");
        console = console.map(List::copyOf);
        if (regions.stream().noneMatch(region -> region.name().equals(primary))) {
            throw new IllegalArgumentException("the primary " + primary + " is not a region");
        }
    }

    /** An app without a console. */
    public App(
            AppName name,
            ComposeFile compose,
            ImageReference image,
            RegionName primary,
            List<Region> regions,
            Map<String, String> env,
            Serve serve,
            Optional<List<String>> beforeShift,
            RolloutSettings rollout,
            TrafficSettings traffic,
            ProbeSettings probe,
            MetricSettings metrics,
            List<Hook> hooks,
            List<NotifySettings> notices) {
        this(
                name,
                compose,
                image,
                primary,
                regions,
                env,
                serve,
                beforeShift,
                Optional.empty(),
                Duties.NONE,
                Optional.empty(),
                rollout,
                traffic,
                probe,
                metrics,
                hooks,
                notices);
    }

    /** An app that counts at the edge, runs no hooks and tells nobody. */
    public App(
            AppName name,
            ComposeFile compose,
            ImageReference image,
            RegionName primary,
            List<Region> regions,
            Map<String, String> env,
            Serve serve,
            Optional<List<String>> beforeShift,
            RolloutSettings rollout,
            TrafficSettings traffic,
            ProbeSettings probe) {
        this(
                name,
                compose,
                image,
                primary,
                regions,
                env,
                serve,
                beforeShift,
                rollout,
                traffic,
                probe,
                new MetricSettings.Edge(),
                List.of(),
                List.of());
    }

    /** The same app, which also does this. */
    public App working(Optional<List<String>> command, Duties work) {
        return new App(
                name,
                compose,
                image,
                primary,
                regions,
                env,
                serve,
                beforeShift,
                command,
                work,
                console,
                rollout,
                traffic,
                probe,
                metrics,
                hooks,
                notices);
    }

    /** The same app with these regions. */
    public App withRegions(List<Region> others) {
        return new App(
                name,
                compose,
                image,
                primary,
                others,
                env,
                serve,
                beforeShift,
                releaseCommand,
                duties,
                console,
                rollout,
                traffic,
                probe,
                metrics,
                hooks,
                notices);
    }

    /** The region of that name; throws IllegalArgumentException when there is none. */
    public Region region(RegionName wanted) {
        return regions.stream()
                .filter(region -> region.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no region " + wanted));
    }
}
