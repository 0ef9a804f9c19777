package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.ImageReference;
import org.meridian.core.variables.Variables;

/**
 * A Compose project that could be read.
 *
 * @param file     the path of its first file, as the user would write it
 * @param text     that file's text
 * @param root     the whole of the project, with values in the place of variables that have one
 * @param services its services in order, without those whose profiles are not active
 * @param inactive the services whose profiles are not active
 * @param sources  the files that were read
 * @param files    the files that are laid over one another, the lowest first
 * @param refused  the variables without a value, wherever they stand, that Compose refuses to go on without; with
 *                 their places
 */
public record ComposeDocument(
        String file,
        String text,
        Mapping root,
        List<ComposeService> services,
        List<ComposeService> inactive,
        ComposeSources sources,
        List<Path> files,
        Map<String, Set<Location>> refused) {
    /** Copies the lists. */
    public ComposeDocument {
        requireNonNull(file, "file is null");
        requireNonNull(text, "text is null");
        requireNonNull(root, "root is null");
        services = List.copyOf(services);
        inactive = List.copyOf(inactive);
        requireNonNull(sources, "sources is null");
        files = List.copyOf(files);
        refused = Map.copyOf(refused);
    }

    /** What paths in it count from. */
    Path directory() {
        return Trees.parent(files.getFirst());
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

    /** The services in the words of the model, beside files that give these variables; every image must have been checked. */
    public Map<String, ComposeFile.Service> model(ImageReference app, Variables beside) {
        FileVariables files = new FileVariables(this, beside);
        Map<String, ComposeFile.Service> model = new LinkedHashMap<>();
        for (ComposeService service : services) {
            boolean appImage = service.runs(app.repository());
            Optional<ImageReference> image = appImage ? Optional.of(app) : image(service);
            model.put(
                    service.name(),
                    new ComposeFile.Service(
                            image, appImage, published(service), own(service, files), files.of(service)));
        }
        return model;
    }

    /** The variables that it takes, that have no value here and are not given beside it; each with its places in order. */
    public Map<String, SortedSet<Location>> missing(ImageReference app, Variables beside) {
        return ComposeVariables.of(this, app).missing(beside);
    }

    /** The names of variables that only what a release replaces takes, and that Compose refuses to go on without. */
    public Set<String> replaced(ImageReference app) {
        return ComposeVariables.of(this, app).replaced();
    }

    /** The variables that decide which services run, and the images of those that don't run the app's; with what each decides. */
    public Map<String, String> deciding(ImageReference app) {
        Map<String, String> deciding = new LinkedHashMap<>(Map.of(ComposeReader.PROFILES, "which services run"));
        for (ComposeService service : services) {
            service.image().filter(image -> !service.runs(app.repository())).ifPresent(image -> image.names()
                    .forEach(name -> deciding.put(name, "services." + service.name() + ".image")));
        }
        return deciding;
    }

    private static Optional<ImageReference> image(ComposeService service) {
        return service.image().map(Scalar::text).map(ImageReference::parse);
    }

    private static Set<String> own(ComposeService service, FileVariables files) {
        Set<String> own = new TreeSet<>(service.environment());
        files.passedOn(service).forEach(own::remove);
        return own;
    }

    private static Map<Integer, Integer> published(ComposeService service) {
        return service.ports().stream()
                .filter(port -> port.host().isPresent())
                .collect(Collectors.toMap(
                        ComposePort::container, port -> port.host().orElseThrow(), (first, second) -> first));
    }
}
