package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.core.diagnostic.Location;

/** Reports what keeps services with data from outliving releases: what ties them to containers that come and go. */
final class Keepable {
    private static final List<String> SHARED = List.of("network_mode", "ipc", "pid");

    private final ComposeDocument compose;
    private final KeptServices kept;
    private final Problems problems;

    Keepable(ComposeDocument compose, KeptServices kept, Problems problems) {
        this.compose = requireNonNull(compose, "compose is null");
        this.kept = requireNonNull(kept, "kept is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    void check() {
        Set<String> outliving = compose.services().stream()
                .filter(kept::outlives)
                .map(ComposeService::name)
                .collect(Collectors.toSet());
        for (ComposeService service : compose.services()) {
            checkMounts(service);
            checkTies(service, outliving);
        }
    }

    private void checkMounts(ComposeService service) {
        for (Mount mount : kept.data(service)) {
            if (mount.named() && kept.hasOptions(mount.source())) {
                report(
                        mount.where(),
                        service,
                        "keeps data in the volume '" + mount.source() + "', which has options of its own",
                        "Make it once on the machine with 'docker volume create', and write 'external: true' and its name"
                                + " at the volume.");
            } else if (mount.amongFiles() || (kept.outlives(service) && mount.relative())) {
                report(
                        mount.where(),
                        service,
                        "keeps data in '" + mount.shown() + "', which lies among the files of a release",
                        "Write a volume with a name, or an absolute directory of the machine.");
            }
        }
    }

    /** Names resolve across; what belongs to a container of a release goes with it. */
    private void checkTies(ComposeService service, Set<String> outliving) {
        boolean outlives = outliving.contains(service.name());
        for (Tie tie : ties(service).toList()) {
            boolean other = outliving.contains(tie.service());
            boolean crosses = compose.service(tie.service()).isPresent() && other != outlives;
            if (crosses && (outlives || !tie.key().equals("depends_on"))) {
                report(
                        tie.where(),
                        service,
                        outlives
                                ? "keeps data and goes on when releases change; its " + tie.key() + " names '"
                                        + tie.service() + "', which each release replaces"
                                : "is replaced by each release; its " + tie.key() + " names '" + tie.service()
                                        + "', which keeps data and goes on",
                        "Leave it out, or write 'services: { " + (outlives ? service.name() : tie.service())
                                + ": { ephemeral: true } }' in meridian.yml if the data may be lost with each release.");
            }
        }
    }

    private static Stream<Tie> ties(ComposeService service) {
        Stream<Tie> named = Stream.of("depends_on", "links", "volumes_from")
                .flatMap(key -> Shapes.names(service.body(), key).stream()
                        .map(name -> new Tie(key, first(name.text()), name.where())));
        Stream<Tie> shared = SHARED.stream().flatMap(key -> service.body().scalar(key).stream()
                .flatMap(value -> sharing(value).map(name -> new Tie(key, name, value.where())).stream()));
        return Stream.concat(named, shared);
    }

    private static String first(String text) {
        return text.split(":", 2)[0];
    }

    private static Optional<String> sharing(Scalar value) {
        return value.text().startsWith("service:")
                ? Optional.of(value.text().substring("service:".length()))
                : Optional.empty();
    }

    private void report(Location where, ComposeService service, String what, String advice) {
        problems.error(where, "kept-data", "services." + service.name() + " " + what, advice);
    }

    private record Tie(String key, String service, Location where) {}
}
