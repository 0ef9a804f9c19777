package org.meridian.config.compose;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.model.ImageReference;
import org.meridian.core.variables.Variables;

/**
 * Finds the variables that a Compose project takes from its environment and that nothing read so far gives: {@code ${NAME}}
 * in any value, and names without a value under {@code environment}.
 *
 * <p>What a release replaces does not count: the image of the app's services, and how any is built. Nor does what no service
 * that runs has, unless it is written with {@code ?}: without those, wherever they stand, Compose goes no further, while it
 * puts nothing in the place of others, with a warning that nobody reads.
 */
final class ComposeVariables {
    private final ComposeDocument compose;
    private final ImageReference app;
    private final Map<String, SortedSet<Location>> missing = new TreeMap<>();
    private final Set<String> used = new TreeSet<>();
    private final Set<Location> reported = new HashSet<>();
    private final Set<String> ofReplaced = new TreeSet<>();

    private ComposeVariables(ComposeDocument compose, ImageReference app) {
        this.compose = compose;
        this.app = app;
    }

    static ComposeVariables of(ComposeDocument compose, ImageReference app) {
        ComposeVariables variables = new ComposeVariables(compose, app);
        variables.read();
        return variables;
    }

    /** Them with their places, without those that are given beside the Compose file. */
    Map<String, SortedSet<Location>> missing(Variables given) {
        Map<String, SortedSet<Location>> all = new TreeMap<>(missing);
        compose.refused().forEach((name, places) -> {
            SortedSet<Location> others = sorted(places);
            others.removeAll(reported);
            if (!others.isEmpty()) {
                all.putIfAbsent(name, others);
            }
        });
        all.keySet().removeAll(replaced());
        all.keySet().removeIf(name -> given.value(name).isPresent());
        return all;
    }

    /** Those that Compose refuses to go on without, and whose value makes no difference to what runs. */
    Set<String> replaced() {
        Set<String> names = new TreeSet<>(compose.refused().keySet());
        names.retainAll(ofReplaced);
        names.removeAll(used);
        return names;
    }

    private void read() {
        for (Entry entry : compose.root().entries()) {
            String key = entry.key().text();
            // What stands under x-… counts where an alias brings it in; the services are read one by one.
            if (!key.equals("services") && !key.startsWith("x-")) {
                read(entry.value());
            }
        }
        compose.services().forEach(this::readService);
    }

    private void readService(ComposeService service) {
        // A path of a person's shell is a problem of its own.
        Mount.of(service).stream()
                .filter(mount -> mount.atHome() || mount.belowShell().isPresent())
                .forEach(mount -> reported.add(mount.where()));
        boolean replaced = service.runs(app.repository());
        for (Entry entry : service.body().entries()) {
            String key = entry.key().text();
            if (key.equals("build") || (replaced && key.equals("image"))) {
                scalars(entry.value(), scalar -> ofReplaced.addAll(scalar.names()));
            } else if (key.equals("image")) {
                // One without a value is a problem of its own: no secret can give it.
                scalars(entry.value(), scalar -> {
                    used.addAll(scalar.names());
                    reported.add(scalar.where());
                });
            } else {
                read(entry.value());
            }
            if (key.equals("environment")) {
                readPassedThrough(entry.value());
            }
        }
    }

    private void read(YamlNode node) {
        scalars(node, scalar -> {
            used.addAll(scalar.names());
            if (!reported.contains(scalar.where())) {
                scalar.missing().forEach(name -> add(name, scalar.where()));
            }
        });
    }

    private static void scalars(YamlNode node, Consumer<Scalar> each) {
        switch (node) {
            case Scalar scalar -> each.accept(scalar);
            case Sequence sequence -> sequence.items().forEach(item -> scalars(item, each));
            case Mapping mapping -> mapping.entries().forEach(entry -> scalars(entry.value(), each));
        }
    }

    private void readPassedThrough(YamlNode environment) {
        switch (environment) {
            case Sequence list ->
                list.items().forEach(item -> {
                    if (item instanceof Scalar scalar && !scalar.text().contains("=")) {
                        add(scalar.text(), scalar.where());
                    }
                });
            case Mapping mapping ->
                mapping.entries().forEach(entry -> {
                    if (entry.value() instanceof Scalar scalar && scalar.absent()) {
                        add(entry.key().text(), entry.key().where());
                    }
                });
            case Scalar scalar -> {}
        }
    }

    private void add(String name, Location where) {
        missing.computeIfAbsent(name, unused -> sorted(Set.of())).add(where);
    }

    private static SortedSet<Location> sorted(Set<Location> places) {
        SortedSet<Location> sorted = new TreeSet<>(Comparator.comparing(Location::file)
                .thenComparingInt(Location::line)
                .thenComparingInt(Location::column));
        sorted.addAll(places);
        return sorted;
    }
}
