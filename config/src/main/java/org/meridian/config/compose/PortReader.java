package org.meridian.config.compose;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meridian.config.document.Numbers;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;

/** Reads {@code ports:} and {@code expose:} in the short and long forms of the Compose specification; TCP only. */
final class PortReader {
    private static final String RANGE = "\\d{1,5}(?:-\\d{1,5})?";
    private static final Pattern SHORT = Pattern.compile("(?:(?<ip>\\[[0-9A-Fa-f:.]+]|[0-9A-Za-z.]+):(?=[\\d:]))?"
            + "(?:(?<host>" + RANGE + "|\\$\\{?[^:]*)?:)?(?<container>" + RANGE + ")(?:/(?<protocol>[a-z]+))?");

    private final Problems problems;

    PortReader(Problems problems) {
        this.problems = problems;
    }

    /** The TCP ports that a service publishes or exposes. */
    List<ComposePort> ports(Mapping service) {
        return Stream.of("ports", "expose")
                .flatMap(key -> service.get(key).stream())
                .flatMap(this::items)
                .flatMap(this::read)
                .toList();
    }

    private Stream<YamlNode> items(YamlNode node) {
        if (node instanceof Sequence sequence) {
            return sequence.items().stream();
        }
        wrong(node, node.kind() + " stands where a list of ports is needed");
        return Stream.of();
    }

    private Stream<ComposePort> read(YamlNode item) {
        return switch (item) {
            case Scalar scalar -> shortForm(scalar);
            case Mapping mapping -> longForm(mapping);
            case Sequence sequence -> {
                wrong(sequence, "a list stands where a port is needed");
                yield Stream.of();
            }
        };
    }

    private Stream<ComposePort> shortForm(Scalar scalar) {
        Interpolation text = Interpolation.of(scalar.text());
        Matcher form = SHORT.matcher(text.text());
        if (!form.matches()) {
            if (text.unresolved().isEmpty()) {
                wrong(scalar, "'" + scalar.text() + "' is not a port");
            }
            return Stream.of();
        }
        if (form.group("protocol") != null && !form.group("protocol").equals("tcp")) {
            return Stream.of();
        }
        return pairs(scalar, form.group("container"), form.group("host"), form.group("ip"));
    }

    private Stream<ComposePort> longForm(Mapping mapping) {
        boolean tcp = mapping.scalar("protocol").map(Scalar::text).orElse("tcp").equals("tcp");
        Optional<Scalar> target = mapping.scalar("target");
        if (target.isEmpty()) {
            wrong(mapping, "a port has no target");
        }
        if (target.isEmpty() || !tcp) {
            return Stream.of();
        }
        return pairs(
                target.get(),
                Interpolation.of(target.get().text()).text(),
                resolved(mapping, "published"),
                resolved(mapping, "host_ip"));
    }

    private static String resolved(Mapping mapping, String key) {
        return mapping.scalar(key)
                .map(value -> Interpolation.of(value.text()).text())
                .orElse("");
    }

    private Stream<ComposePort> pairs(Scalar where, String container, @Nullable String host, @Nullable String ip) {
        int[] inside = range(container);
        int[] outside = range(host == null ? "" : host);
        if (inside.length == 0) {
            wrong(where, "'" + where.text() + "' is not a port");
        }
        // Docker picks a host port when the ranges differ in length.
        boolean fixed = outside.length == inside.length;
        String address = ip == null ? "" : ip.replaceAll("[\\[\\]]", "");
        return IntStream.range(0, inside.length)
                .mapToObj(i -> new ComposePort(
                        where.where(), inside[i], fixed ? Optional.of(outside[i]) : Optional.empty(), address));
    }

    /** The numbers of a range such as 3000 or 3000-3005; none when it is not one. */
    private static int[] range(String text) {
        String[] ends = text.split("-", 2);
        int first = Numbers.whole(ends[0]).orElse(0);
        int last = Numbers.whole(ends[ends.length - 1]).orElse(0);
        boolean ports = first >= 1 && last >= first && last <= 65_535;
        return ports ? IntStream.rangeClosed(first, last).toArray() : new int[0];
    }

    private void wrong(YamlNode where, String summary) {
        problems.error(where.where(), "wrong-port", summary, "Write \"3000\", \"3000:3000\", or target and published.");
    }
}
