package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.ComposeFile.Service;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.spi.ImageRegistry;
import org.meridian.core.spi.Tasks;

/** Works out what a release consists of: every image by digest, every region's environment. */
final class ReleaseContent {
    private final App app;
    private final ImageRegistry registry;
    private final Tasks tasks;

    ReleaseContent(App app, ImageRegistry registry, Tasks tasks) {
        this.app = app;
        this.registry = registry;
        this.tasks = tasks;
    }

    /** The app's image as this request names it. */
    static ImageReference requestedImage(App app, DeployRequest request) {
        try {
            ImageReference image = request.image().map(ImageReference::parse).orElse(app.image());
            return request.tag().map(image::withTag).orElse(image);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    Diagnostic.of("bad-image", String.valueOf(e.getMessage()), "Correct --image, or give only --tag."));
        }
    }

    /** The content of a release of this image now. */
    Release.Content of(ImageReference image, Secrets secrets) throws InterruptedException {
        Map<String, ImageReference> wanted = new HashMap<>();
        app.compose().services().forEach((name, service) -> image(service, image)
                .ifPresent(used -> wanted.put(name, used)));
        return of(wanted, secrets);
    }

    /** What services are made from now that outlive releases: no image of any other is looked for. */
    Release.Content outliving(Secrets secrets) throws InterruptedException {
        Map<String, ImageReference> wanted = new HashMap<>();
        app.compose().kept().services().keySet().forEach(name -> Optional.ofNullable(
                        app.compose().services().get(name))
                .flatMap(Service::image)
                .ifPresent(used -> wanted.put(name, used)));
        return of(wanted, secrets);
    }

    private Release.Content of(Map<String, ImageReference> wanted, Secrets secrets) throws InterruptedException {
        Map<ImageReference, ImageReference> resolved = resolve(Set.copyOf(wanted.values()));
        Map<String, ImageReference> images = new HashMap<>();
        wanted.forEach((name, used) -> images.put(name, requireNonNull(resolved.get(used))));
        return new Release.Content(
                app.compose().text(),
                app.compose().beside(),
                images,
                app.compose().services().entrySet().stream()
                        .filter(service -> service.getValue().appImage())
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList(),
                app.serve(),
                app.beforeShift(),
                environments(),
                secrets.versions(),
                serverCounts(),
                app.releaseCommand(),
                app.duties().isEmpty() ? Optional.empty() : Optional.of(app.duties()),
                Optional.of(app.compose().kept()).filter(kept -> !kept.isEmpty()));
    }

    private static Optional<ImageReference> image(Service service, ImageReference appImage) {
        return service.appImage() ? Optional.of(appImage) : service.image();
    }

    /** Every image by digest, all asked for at the same time. */
    private Map<ImageReference, ImageReference> resolve(Set<ImageReference> images) throws InterruptedException {
        Map<ImageReference, ImageReference> resolved = new ConcurrentHashMap<>();
        tasks.forEach(images, image -> resolved.put(image, registry.resolve(image)));
        return resolved;
    }

    private Map<RegionName, Map<String, String>> environments() {
        Map<RegionName, Map<String, String>> environments = new HashMap<>();
        for (Region region : app.regions()) {
            Map<String, String> environment = new HashMap<>(app.env());
            environment.putAll(region.env());
            environments.put(region.name(), Map.copyOf(environment));
        }
        return environments;
    }

    private Map<RegionName, Integer> serverCounts() {
        Map<RegionName, Integer> counts = new HashMap<>();
        app.regions().forEach(region -> counts.put(region.name(), region.servers()));
        return counts;
    }
}
