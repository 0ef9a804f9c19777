package org.meridian.config;

import java.util.List;
import java.util.Optional;
import org.meridian.config.ComposeViews.View;
import org.meridian.config.compose.ComposeService;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.core.diagnostic.Location;

/**
 * Checks that what a release has once is read alike in every region: which services run, their images, and the ports of the
 * one that is served.
 */
final class SameEverywhere {
    private final View first;
    private final Problems problems;

    SameEverywhere(View first, Problems problems) {
        this.first = first;
        this.problems = problems;
    }

    void check(List<View> views, Optional<String> served) {
        for (View other : views.subList(1, views.size())) {
            for (ComposeService service : first.document().services()) {
                Optional<ComposeService> same = other.document().service(service.name());
                if (same.isEmpty()) {
                    report(service.where(), service.name() + "' runs", "there and not", other);
                } else {
                    checkImage(service, same.get(), other);
                    checkPorts(service, same.get(), other, served);
                }
            }
            other.document().services().stream()
                    .filter(service -> first.document().service(service.name()).isEmpty())
                    .forEach(service -> report(service.where(), service.name() + "' does not run", "there but", other));
        }
    }

    private void checkImage(ComposeService service, ComposeService same, View other) {
        Optional<String> one = service.image().map(Scalar::text);
        Optional<String> another = same.image().map(Scalar::text);
        if (!one.equals(another)) {
            report(
                    service.image().map(Scalar::where).orElse(service.where()),
                    service.name() + "' has the image " + one.orElse("none"),
                    another.orElse("none"),
                    other);
        }
    }

    private void checkPorts(ComposeService service, ComposeService same, View other, Optional<String> served) {
        if (served.filter(service.name()::equals).isPresent()
                && !service.ports().equals(same.ports())) {
            report(
                    service.ports().isEmpty()
                            ? service.where()
                            : service.ports().getFirst().where(),
                    service.name() + "' has one set of ports",
                    "another",
                    other);
        }
    }

    private void report(Location where, String what, String instead, View other) {
        problems.error(
                where,
                "differs-by-region",
                "service '" + what + " in " + first.region() + ", and " + instead + " in " + other.region()
                        + ": a release has the same everywhere",
                "Give the variable one value, under env: at the top of meridian.yml.");
    }
}
