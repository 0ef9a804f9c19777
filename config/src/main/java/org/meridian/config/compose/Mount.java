package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
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

    private static final Pattern HOME = Pattern.compile("~|\\$HOME\\b|\\$\\{HOME}");
    private static final Pattern SHELL = Pattern.compile("\\$PWD\\b|\\$\\{PWD}");
    private static final Pattern NAME = Pattern.compile("\\w+");

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
        List<String> parts = parts(written.text());
        if (parts.size() == 1) {
            return new Mount(written.where(), "", parts.getFirst(), false, false);
        }
        boolean readOnly = parts.size() > 2 && List.of(parts.get(2).split(",")).contains("ro");
        return new Mount(written.where(), parts.getFirst(), parts.get(1), !isPath(parts.getFirst()), readOnly);
    }

    /** What stands between colons that are not within a variable's braces. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += text.startsWith("${", i) ? 1 : text.charAt(i) == '}' && depth > 0 ? -1 : 0;
            if (text.charAt(i) == ':' && depth == 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
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
        return source.startsWith(".") || source.startsWith("/") || source.startsWith("~") || source.contains("$");
    }

    /** Whether it is a path of the machine. */
    boolean bind() {
        return !named && !source.isEmpty();
    }

    /** Whether it is a path below somebody's home directory, which can't go to a server. */
    boolean atHome() {
        return bind() && HOME.matcher(source).lookingAt();
    }

    /** The path below the directory of the shell that calls Compose, if it is one; a server has no such directory. */
    Optional<String> belowShell() {
        Matcher shell = SHELL.matcher(source);
        return bind() && shell.lookingAt() ? Optional.of(source.substring(shell.end())) : Optional.empty();
    }

    /** Whether it lies among the files of a release: a path that counts from the Compose file's directory, without variables. */
    boolean amongFiles() {
        return relative() && !source.contains("$");
    }

    /** The source for people: a variable by its name alone. */
    String shown() {
        StringBuilder shown = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < source.length(); i++) {
            if (source.startsWith("${", i) && depth++ == 0) {
                Matcher name = NAME.matcher(source).region(i + 2, source.length());
                shown.append("${").append(name.lookingAt() ? name.group() : "").append('}');
            }
            if (depth == 0) {
                shown.append(source.charAt(i));
            }
            depth -= source.charAt(i) == '}' && depth > 0 ? 1 : 0;
        }
        return shown.toString();
    }

    /** Whether it is a path that counts from the Compose file's directory. */
    boolean relative() {
        return bind() && !source.startsWith("/") && !atHome();
    }
}
