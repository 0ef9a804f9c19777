package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.model.ImageReference;

/** Checks that every service has an image that a server can pull, and that one of them is the app's. */
public final class ServiceImages {
    private final ComposeDocument compose;
    private final List<String> apps;
    private final Problems problems;

    /** For this Compose file, in which these services look like apps. */
    public ServiceImages(ComposeDocument compose, List<String> apps, Problems problems) {
        this.compose = requireNonNull(compose, "compose is null");
        this.apps = List.copyOf(apps);
        this.problems = requireNonNull(problems, "problems is null");
    }

    /** Checks; {@code where} is the place of the app's image in the configuration. */
    public void check(ImageReference app, Location where) {
        List<ComposeService> running = compose.appServices(app);
        if (running.isEmpty()) {
            problems.error(
                    where,
                    "no-app-service",
                    "image: no service in " + compose.file() + " runs '" + app.repository() + "'",
                    asleep(app).orElseGet(() -> candidates(app)));
        }
        compose.services().stream()
                .filter(service -> !running.contains(service))
                .forEach(this::checkPullable);
    }

    /** What to do where only services run it whose profiles are not active. */
    private Optional<String> asleep(ImageReference app) {
        return compose.inactive().stream()
                .filter(service -> service.runs(app.repository()))
                .findFirst()
                .map(service -> "services." + service.name()
                        + " does, but its profiles are not active: leave them out there, or write"
                        + " COMPOSE_PROFILES=" + profile(service) + " into .env.");
    }

    private static String profile(ComposeService service) {
        return Shapes.names(service.body(), "profiles").getFirst().text();
    }

    private String candidates(ImageReference app) {
        List<String> images = compose.services().stream()
                .filter(service -> apps.contains(service.name()))
                .flatMap(service -> service.repository().stream())
                .distinct()
                .toList();
        return images.isEmpty()
                ? "Write 'image: " + app.repository() + "' at the service that is your app."
                : "Write the image that your app's service has: " + String.join(", ", images) + ".";
    }

    private void checkPullable(ComposeService service) {
        Optional<Scalar> image = service.image();
        if (image.isEmpty()) {
            problems.error(
                    service.where(),
                    "no-image",
                    "services." + service.name() + " has no image",
                    "Give it an image that servers can pull; nothing is built on a server.");
            return;
        }
        if (image.get().text().contains("$")) {
            reportVariable(service, image.get());
            return;
        }
        try {
            ImageReference.parse(image.get().text());
        } catch (IllegalArgumentException e) {
            problems.error(
                    image.get().where(),
                    "wrong-value",
                    "services." + service.name() + ".image: " + e.getMessage(),
                    "Write an image such as memcached:1.6.");
        }
    }

    private void reportVariable(ComposeService service, Scalar image) {
        String name = image.missing().stream().sorted().findFirst().orElse(image.text());
        problems.error(
                image.where(),
                "unresolved-image",
                "services." + service.name() + ".image depends on the variable " + name + ", which has no value",
                "Write the version itself, a default as in ${" + name + ":-version}, or " + name
                        + " in env: of meridian.yml; a secret can't name an image.");
    }

    /** Services built from different sources would all be replaced by the one image of a release; {@code served} is the app. */
    public void checkOneBuild(ImageReference app, Optional<String> served) {
        List<ComposeService> built =
                compose.appServices(app).stream().filter(ComposeService::built).toList();
        Optional<ComposeService> itself = built.stream()
                .filter(service -> served.filter(service.name()::equals).isPresent())
                .findFirst()
                .or(() -> built.stream()
                        .filter(service -> service.image().isPresent())
                        .findFirst());
        List<ComposeService> others = built.stream()
                .filter(service -> itself.isEmpty() || !source(service).equals(source(itself.get())))
                .toList();
        if (others.stream().map(ServiceImages::source).distinct().count() > (itself.isEmpty() ? 1 : 0)) {
            problems.error(
                    others.getFirst().where(),
                    "several-builds",
                    paths(others)
                            + itself.map(one -> " built from other sources than services." + one.name())
                                    .orElse(" built from different sources")
                            + ", and all would run the app's one image",
                    "Give what is not the app an 'image:' of its own, which servers can pull.");
        }
    }

    private static String paths(List<ComposeService> services) {
        return services.stream().map(service -> "services." + service.name()).collect(Collectors.joining(", "))
                + (services.size() == 1 ? " is" : " are");
    }

    private static String source(ComposeService service) {
        return service.body()
                .get("build")
                .map(build -> switch (build) {
                    case Scalar scalar -> scalar.text();
                    case Mapping mapping ->
                        List.of("context", "dockerfile", "target").stream()
                                .map(key ->
                                        mapping.scalar(key).map(Scalar::text).orElse(""))
                                .reduce("", (all, part) -> all + "\n" + part)
                                .strip();
                    case Sequence sequence -> "";
                })
                .orElse("");
    }
}
