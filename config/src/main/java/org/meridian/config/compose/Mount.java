package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.diagnostic.Location;

/**
 * A mount of a service, in either form of the Compose specification.
 *
 * @param where  where it is written
 * @param source the path or the volume's name; empty for an anonymous volume and for memory
 * @param target where it is in the container
 * @param named  whether the source is a volume's name
 */
record Mount(Location where, String source, String target, boolean named) {
    Mount {
        requireNonNull(where, "where is null");
        requireNonNull(source, "source is null");
        requireNonNull(target, "target is null");
    }

    /** The mounts of a service. */
    static List<Mount> of(ComposeService service) {
        return Shapes.items(service.body(), "volumes").flatMap(Mount::read).toList();
    }

    /** The short form, {@code [SOURCE:]TARGET[:MODE]}. */
    static Mount of(Scalar written) {
        String[] parts = written.text().split(":", 3);
        return parts.length == 1
                ? new Mount(written.where(), "", parts[0], false)
                : new Mount(written.where(), parts[0], parts[1], !isPath(parts[0]));
    }

    private static Stream<Mount> read(YamlNode item) {
        return switch (item) {
            case Scalar scalar -> Stream.of(of(scalar));
            case Mapping mapping -> Stream.of(longForm(mapping));
            case Sequence sequence -> Stream.of();
        };
    }

    private static Mount longForm(Mapping mapping) {
        String type = mapping.scalar("type").map(Scalar::text).orElse("volume");
        Optional<Scalar> source = mapping.scalar("source").filter(path -> type.equals("volume") || type.equals("bind"));
        return new Mount(
                source.map(Scalar::where).orElse(mapping.where()),
                source.map(Scalar::text).orElse(""),
                mapping.scalar("target").map(Scalar::text).orElse(""),
                source.isPresent() && type.equals("volume"));
    }

    static boolean isPath(String source) {
        return source.startsWith(".") || source.startsWith("/") || source.startsWith("~") || source.contains("${");
    }

    /** Whether it is a path of the machine. */
    boolean bind() {
        return !named && !source.isEmpty();
    }

    /** Whether it is a path that counts from the Compose file's directory. */
    boolean relative() {
        return bind() && !source.startsWith("/") && !source.startsWith("~");
    }
}
