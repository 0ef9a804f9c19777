package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
 * @param readOnly whether the container can't write there
 */
record Mount(Location where, String source, String target, boolean named, boolean readOnly) {
    /** Not the colon of a variable's default. */
    private static final Pattern COLON = Pattern.compile(":(?![^{}]*})");

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
        String[] parts = COLON.split(written.text(), 3);
        if (parts.length == 1) {
            return new Mount(written.where(), "", parts[0], false, false);
        }
        boolean readOnly = parts.length > 2 && Set.of(parts[2].split(",")).contains("ro");
        return new Mount(written.where(), parts[0], parts[1], !isPath(parts[0]), readOnly);
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
                source.isPresent() && type.equals("volume"),
                mapping.scalar("read_only")
                        .map(Scalar::text)
                        .filter("true"::equals)
                        .isPresent());
    }

    static boolean isPath(String source) {
        return source.startsWith(".") || source.startsWith("/") || source.startsWith("~") || source.contains("${");
    }

    /** Whether it is a path of the machine. */
    boolean bind() {
        return !named && !source.isEmpty();
    }

    /** Whether it is a path below somebody's home directory, which can't go to a server. */
    boolean atHome() {
        return bind() && source.startsWith("~");
    }

    /** Whether it is a path that counts from the Compose file's directory. */
    boolean relative() {
        return bind() && !source.startsWith("/") && !atHome();
    }
}
