package org.meridian.core.operation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.ComposeFile.Service;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.spi.ImageRegistry;

/** Works out what a release consists of: every image by digest, every region's environment. */
final class ReleaseContent {
    private final App app;
    private final ImageRegistry registry;
    private final Map<ImageReference, ImageReference> resolved = new HashMap<>();

    ReleaseContent(App app, ImageRegistry registry) {
        this.app = app;
        this.registry = registry;
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
        Map<String, ImageReference> images = new HashMap<>();
        for (Map.Entry<String, Service> service : app.compose().services().entrySet()) {
            Optional<ImageReference> wanted = service.getValue().appImage()
                    ? Optional.of(image)
                    : service.getValue().image();
            if (wanted.isPresent()) {
                images.put(service.getKey(), resolve(wanted.get()));
            }
        }
        return new Release.Content(
                app.compose().text(),
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
                serverCounts());
    }

    private ImageReference resolve(ImageReference image) throws InterruptedException {
        ImageReference known = resolved.get(image);
        if (known == null) {
            known = registry.resolve(image);
            resolved.put(image, known);
        }
        return known;
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
