package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.config.document.Problems;
import org.meridian.core.model.ImageReference;

/**
 * Reports services that keep data where a new release begins without it, so that nobody loses it unknowingly.
 *
 * <p>Volumes belong to a release and go with it. A directory of the machine goes with the machine; on machines that stay it
 * is there for the next release, though two databases on one directory destroy it. On one machine that stays, such services
 * outlive releases ({@link KeptServices}).
 */
public final class DataLoss {
    private final Set<String> ephemeral;
    private final boolean machinesStay;
    private final Optional<KeptWhere> keeping;
    private final Problems problems;

    /**
     * Ready to check.
     *
     * @param ephemeral    the services whose data may be lost
     * @param machinesStay whether in every region the machines outlive a release
     * @param keeping      where services may outlive the app's releases; empty where they can't
     */
    public DataLoss(Set<String> ephemeral, boolean machinesStay, Optional<KeptWhere> keeping, Problems problems) {
        this.ephemeral = Set.copyOf(ephemeral);
        this.machinesStay = machinesStay;
        this.keeping = requireNonNull(keeping, "keeping is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    /** Checks a project whose app has this image. */
    public void check(ComposeDocument compose, ImageReference app) {
        DataMounts mounts = new DataMounts(compose);
        keeping.ifPresent(where ->
                new Keepable(compose, new KeptServices(compose, app, where, ephemeral, Map.of()), problems).check());
        for (ComposeService service : compose.services()) {
            if (!ephemeral.contains(service.name())) {
                List<Mount> lost = mounts.of(service).stream()
                        .filter(mount ->
                                !machinesStay || mount.named() || mount.amongFiles() || !service.runs(app.repository()))
                        .toList();
                if (keeping.filter(where -> where.keeps(service.name())).isEmpty()) {
                    report(service, lost);
                }
                if (Databases.runs(service) && !mounts.any(service)) {
                    warn(service);
                }
            }
        }
    }

    private void report(ComposeService service, List<Mount> lost) {
        if (lost.isEmpty()) {
            return;
        }
        boolean shared = machinesStay && lost.stream().noneMatch(mount -> mount.named() || mount.amongFiles());
        String places = lost.stream()
                .map(mount -> (mount.named() ? "the volume '" : "'") + mount.shown() + "'")
                .distinct()
                .collect(Collectors.joining(" and "));
        problems.error(
                lost.getFirst().where(),
                "kept-data",
                "services." + service.name() + " keeps data in " + places
                        + (shared
                                ? ", where the containers of two releases would write at the same time"
                                : ", and each new release begins without it"),
                choices(service));
    }

    private void warn(ComposeService service) {
        problems.warning(
                service.where(),
                "database-data",
                "services." + service.name() + " keeps its data in its container, and each server has one of its own"
                        + " that is empty in every new release",
                choices(service));
    }

    private String choices(ComposeService service) {
        return (machinesStay
                        ? "Name the machine that has it, as in 'services: { " + service.name()
                                + ": { machine: lab-1, publish: 10.0.0.5:5432 } }'; or keep it"
                        : "Keep it")
                + " outside the servers, such as in a managed database or object storage, or write 'services: { "
                + service.name() + ": { ephemeral: true } }' in meridian.yml if it may be lost with each release.";
    }
}
