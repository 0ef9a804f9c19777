package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.model.ImageReference;

/** Checks that every service has an image that a server can pull, and that one of them is the app's. */
public final class ServiceImages {
    private final ComposeDocument compose;
    private final Problems problems;

    /** For this Compose file. */
    public ServiceImages(ComposeDocument compose, Problems problems) {
        this.compose = requireNonNull(compose, "compose is null");
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
                    images().isEmpty()
                            ? "Write 'image: " + app.repository() + "' at the service that is your app."
                            : "Write the image that your app's service has: " + String.join(", ", images()) + ".");
        }
        compose.services().stream()
                .filter(service -> !running.contains(service))
                .forEach(this::checkPullable);
        checkOneBuild(running);
    }

    private List<String> images() {
        return compose.services().stream()
                .flatMap(service -> service.repository().stream())
                .distinct()
                .toList();
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

    /** Services built from different sources would all be replaced by the one image of a release. */
    private void checkOneBuild(List<ComposeService> running) {
        List<ComposeService> built =
                running.stream().filter(ComposeService::built).toList();
        List<String> sources =
                built.stream().map(ServiceImages::source).distinct().toList();
        if (sources.size() > 1) {
            ComposeService other = built.stream()
                    .filter(service -> !source(service).equals(sources.getFirst()))
                    .findFirst()
                    .orElseThrow();
            problems.error(
                    other.where(),
                    "several-builds",
                    "services." + other.name() + " is built from other sources than services."
                            + built.getFirst().name() + ", and both would run the app's one image",
                    "Give the one that is not the app an 'image:' of its own.");
        }
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
