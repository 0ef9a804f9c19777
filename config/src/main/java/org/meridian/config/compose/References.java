package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;

/** Checks that what services refer to by name is there, as Compose does before it starts anything. */
final class References {
    private final ComposeDocument compose;
    private final Problems problems;

    References(ComposeDocument compose, Problems problems) {
        this.compose = requireNonNull(compose, "compose is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    void check() {
        compose.services().forEach(this::check);
    }

    private void check(ComposeService service) {
        for (String kind : List.of("secrets", "configs")) {
            Shapes.names(service.body(), kind).forEach(name -> checkDefined(service, kind, name));
        }
        Shapes.names(service.body(), "networks").stream()
                .filter(name -> !name.text().equals("default"))
                .forEach(name -> checkDefined(service, "networks", name));
        Mount.of(service).stream()
                .filter(mount -> mount.named() && !mount.source().contains("$"))
                .forEach(mount -> checkDefined(service, "volumes", new Scalar(mount.where(), mount.source(), true)));
        dependencies(service).forEach(name -> checkService(service, "depends on", name));
        service.body()
                .scalar("network_mode")
                .filter(mode -> mode.text().startsWith("service:"))
                .map(mode -> new Scalar(mode.where(), mode.text().substring("service:".length()), true))
                .ifPresent(name -> checkService(service, "takes the network of", name));
    }

    private static List<Scalar> dependencies(ComposeService service) {
        if (!(service.body().get("depends_on").orElse(null) instanceof Mapping mapping)) {
            return Shapes.names(service.body(), "depends_on");
        }
        return mapping.entries().stream()
                .filter(entry -> !optional(entry))
                .map(Entry::key)
                .toList();
    }

    private static boolean optional(Entry dependency) {
        return dependency.value() instanceof Mapping form
                && form.scalar("required")
                        .filter(required -> required.text().equals("false"))
                        .isPresent();
    }

    private void checkDefined(ComposeService service, String kind, Scalar name) {
        List<String> defined =
                compose.named(kind).stream().map(entry -> entry.key().text()).toList();
        if (!defined.contains(name.text()) && name.missing().isEmpty()) {
            String single = kind.substring(0, kind.length() - 1);
            problems.error(
                    name.where(),
                    "undefined-" + single,
                    "services." + service.name() + " refers to the " + single + " '" + name.text()
                            + "', which is not defined",
                    suggestion(kind, name.text(), defined));
        }
    }

    private static String suggestion(String kind, String name, List<String> defined) {
        Optional<String> near = Closest.to(name, defined);
        return near.map(meant -> "Did you mean '" + meant + "'?")
                .orElse("Define it under '" + kind + ":' at the top level of the Compose file.");
    }

    private void checkService(ComposeService service, String how, Scalar name) {
        List<String> names = new ArrayList<>(compose.names());
        boolean inactive =
                compose.inactive().stream().anyMatch(other -> other.name().equals(name.text()));
        if (names.contains(name.text()) || !name.missing().isEmpty()) {
            return;
        }
        names.remove(service.name());
        problems.error(
                name.where(),
                "unknown-service",
                "services." + service.name() + " " + how + " '" + name.text()
                        + (inactive ? "', whose profiles are not active" : "', which is not defined"),
                inactive
                        ? "Leave 'profiles' out there, or add 'required: false' to the dependency."
                        : Closest.suggestion(name.text(), "services", names));
    }
}
