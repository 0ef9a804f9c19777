package org.meridian.config.compose;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.meridian.config.document.Numbers;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;

/** Reads {@code ports:} and {@code expose:} in the short and long forms of the Compose specification; TCP only. */
final class PortReader {
    /** Of all services together: every port there is, published by one and exposed by another. */
    private static final int MOST = 2 * 65_535;

    private final Problems problems;
    private int read;

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
            case Scalar scalar -> pairs(scalar, ShortPort.of(scalar.text()));
            case Mapping mapping -> longForm(mapping);
            case Sequence sequence -> {
                wrong(sequence, "a list stands where a port is needed");
                yield Stream.of();
            }
        };
    }

    private Stream<ComposePort> longForm(Mapping mapping) {
        Optional<Scalar> target = mapping.scalar("target");
        if (target.isEmpty()) {
            wrong(mapping, "a port has no target");
            return Stream.of();
        }
        String protocol = mapping.scalar("protocol").map(Scalar::text).orElse("tcp");
        ShortPort port = new ShortPort(
                text(mapping, "host_ip"),
                text(mapping, "published"),
                target.get().text(),
                protocol);
        return pairs(target.get(), port);
    }

    private static String text(Mapping mapping, String key) {
        return mapping.scalar(key).map(Scalar::text).orElse("");
    }

    private Stream<ComposePort> pairs(Scalar where, ShortPort port) {
        Range inside = Range.of(port.container());
        Range outside = Range.of(port.host());
        if (wrong(port.container(), inside) || (!port.host().isEmpty() && wrong(port.host(), outside))) {
            wrong(where, "'" + where.text() + "' is not a port");
        }
        if (!port.protocol().equals("tcp")) {
            return Stream.of();
        }
        if (!counts(where, inside.size())) {
            return Stream.of();
        }
        // Docker picks a host port when the ranges differ in length.
        boolean fixed = outside.size() == inside.size();
        String address = port.ip().replaceAll("[\\[\\]]", "");
        return IntStream.range(0, inside.size())
                .mapToObj(i -> new ComposePort(
                        where.where(),
                        inside.first() + i,
                        fixed ? Optional.of(outside.first() + i) : Optional.empty(),
                        address));
    }

    /** Whether so many more are not too many, which is said once. */
    private boolean counts(Scalar where, int more) {
        boolean few = read + more <= MOST;
        if (!few && read <= MOST) {
            wrong(where, "the services have more than " + MOST + " ports with this one");
        }
        // From the first that is too many on, all are.
        read = few ? read + more : MOST + 1;
        return few;
    }

    /** Whether a text is no port, unless that depends on a variable. */
    private static boolean wrong(String text, Range range) {
        return range.size() == 0 && !text.contains("$") && !text.contains("}");
    }

    private void wrong(YamlNode where, String summary) {
        problems.error(where.where(), "wrong-port", summary, "Write \"3000\", \"3000:3000\", or target and published.");
    }

    /**
     * Consecutive ports.
     *
     * @param first the lowest
     * @param size  how many; 0 where there are none
     */
    private record Range(int first, int size) {
        private static final Range NONE = new Range(0, 0);

        /** The ports of a text such as 3000 or 3000-3005; none when it is not one. */
        static Range of(String text) {
            String[] ends = text.split("-", 2);
            int first = Numbers.whole(ends[0]).orElse(0);
            int last = Numbers.whole(ends[ends.length - 1]).orElse(0);
            boolean ports = first >= 1 && last >= first && last <= 65_535;
            return ports ? new Range(first, last - first + 1) : NONE;
        }
    }
}
