package org.meridian.config;

import java.util.Optional;
import java.util.OptionalInt;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlFile;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.model.RegionName;

/** Finds where each region's number of servers stands in a configuration file. */
final class CountTokens {
    private final String file;
    private final String text;
    private final Optional<Mapping> regions;

    CountTokens(String file, String text) {
        this.file = file;
        this.text = text;
        Problems problems = new Problems();
        Optional<YamlNode> tree = new YamlFile(file, problems).parse(text);
        problems.throwIfAny();
        this.regions = tree.flatMap(root -> mapping(root, "regions"));
    }

    /** The place of a region's number; throws a Failure of the usage kind when there is none that can be replaced. */
    CountToken of(RegionName name, int count) {
        Mapping region = region(name);
        if (region.scalar("provider")
                .filter(provider -> provider.text().equals("hosts"))
                .isPresent()) {
            throw refused(
                    region.where(),
                    "counted-hosts",
                    name + " has as many servers as machines",
                    "Add a machine to its 'hosts', or take one away, then run 'meridian scale'.");
        }
        if (count < 1 || count > RegionReader.MOST_SERVERS) {
            throw refused(
                    region.where(),
                    "out-of-range",
                    name + "=" + count + " is outside 1 to " + RegionReader.MOST_SERVERS,
                    "Name another number; 'meridian destroy' removes an app altogether.");
        }
        Scalar servers = region.scalar("servers")
                .orElseThrow(() -> refused(
                        region.where(),
                        "missing-key",
                        name + " has no 'servers:' of its own that could be changed",
                        "Write 'servers: " + count + "' into the region, then run 'meridian scale'."));
        return token(name, region, servers, count);
    }

    private Mapping region(RegionName name) {
        Mapping known = regions.orElseThrow(
                () -> refused(new Location(file, 1, 1), "missing-key", "there are no regions", "Write 'regions:'."));
        return known.get(name.value())
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .orElseThrow(() -> refused(
                        known.where(),
                        "unknown-region",
                        "there is no region '" + name + "'",
                        Closest.suggestion(
                                name.value(),
                                "regions",
                                known.entries().stream()
                                        .map(entry -> entry.key().text())
                                        .toList())));
    }

    /** A number that comes from an anchor or a merge key is other regions' too. */
    private CountToken token(RegionName name, Mapping region, Scalar servers, int count) {
        OptionalInt from = offset(servers.where());
        boolean own = region.entry("servers")
                .filter(entry -> isBeside(entry.key().where(), servers.where()))
                .isPresent();
        boolean plain = !servers.quoted() && from.isPresent() && text.startsWith(servers.text(), from.getAsInt());
        if (!own || !plain || shared(name, servers.where())) {
            throw refused(
                    servers.where(),
                    "not-editable",
                    name + ": 'servers:' is not a plain number of this region alone",
                    "Write 'servers: " + count + "' into the region, then run 'meridian scale'.");
        }
        return new CountToken(from.getAsInt(), from.getAsInt() + servers.text().length(), count);
    }

    private static boolean isBeside(Location key, Location value) {
        return key.line() == value.line() && key.column() < value.column();
    }

    private boolean shared(RegionName name, Location where) {
        return regions.stream()
                .flatMap(all -> all.entries().stream())
                .filter(entry -> !entry.key().text().equals(name.value()))
                .map(Entry::value)
                .filter(Mapping.class::isInstance)
                .flatMap(other -> ((Mapping) other).scalar("servers").stream())
                .anyMatch(other -> other.where().equals(where));
    }

    private static Optional<Mapping> mapping(YamlNode node, String key) {
        return node instanceof Mapping mapping
                ? mapping.get(key).filter(Mapping.class::isInstance).map(Mapping.class::cast)
                : Optional.empty();
    }

    /** Places count code points; empty where lines end in another way than they usually do. */
    private OptionalInt offset(Location where) {
        int at = 0;
        for (int line = 1; line < where.line(); line++) {
            int end = text.indexOf('\n', at);
            if (end < 0) {
                return OptionalInt.empty();
            }
            at = end + 1;
        }
        boolean there = text.codePointCount(at, text.length()) >= where.column();
        return there ? OptionalInt.of(text.offsetByCodePoints(at, where.column() - 1)) : OptionalInt.empty();
    }

    private static Failure refused(Location where, String code, String summary, String suggestion) {
        return Failure.usage(Diagnostic.of(code, summary, suggestion).at(where));
    }
}
