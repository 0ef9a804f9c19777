package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.ImageReference;

/**
 * A Compose file that could be read.
 *
 * @param file     its path, as the user would write it
 * @param text     its text
 * @param root     the whole of it
 * @param services its services in order
 */
public record ComposeDocument(String file, String text, Mapping root, List<ComposeService> services) {
    /** Copies the services. */
    public ComposeDocument {
        requireNonNull(file, "file is null");
        requireNonNull(text, "text is null");
        requireNonNull(root, "root is null");
        services = List.copyOf(services);
    }

    /** The service of that name. */
    public Optional<ComposeService> service(String name) {
        return services.stream().filter(service -> service.name().equals(name)).findFirst();
    }

    /** What stands under a key of the top level that holds named things, such as volumes. */
    List<Entry> named(String key) {
        return root.get(key).orElse(null) instanceof Mapping mapping ? mapping.entries() : List.of();
    }

    /** The services' names in order. */
    public List<String> names() {
        return services.stream().map(ComposeService::name).toList();
    }

    /** The services that run the app's image. */
    public List<ComposeService> appServices(ImageReference app) {
        return services.stream()
                .filter(service -> service.runs(app.repository()))
                .toList();
    }

    /** The same in the words of the model; every image must have been checked. */
    public ComposeFile model(ImageReference app) {
        Map<String, ComposeFile.Service> model = new LinkedHashMap<>();
        for (ComposeService service : services) {
            boolean appImage = service.runs(app.repository());
            Optional<ImageReference> image = appImage ? Optional.of(app) : image(service);
            model.put(service.name(), new ComposeFile.Service(image, appImage, published(service)));
        }
        return new ComposeFile(text, model, ComposeVariables.of(this, app));
    }

    private static Optional<ImageReference> image(ComposeService service) {
        return service.image()
                .map(Scalar::text)
                .map(written -> ImageReference.parse(Interpolation.of(written).text()));
    }

    private static Map<Integer, Integer> published(ComposeService service) {
        return service.ports().stream()
                .filter(port -> port.host().isPresent())
                .collect(Collectors.toMap(
                        ComposePort::container, port -> port.host().orElseThrow(), (first, second) -> first));
    }
}
