package org.meridian.config.compose;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
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
    private final Set<String> missing = new TreeSet<>();
    private final Set<String> used = new TreeSet<>();
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

    /** Their names, without those that are given beside the Compose file. */
    Set<String> missing(Variables given) {
        Set<String> names = new TreeSet<>(missing);
        names.addAll(compose.refused());
        names.removeAll(replaced());
        names.removeIf(name -> given.value(name).isPresent());
        return names;
    }

    /** Those that Compose refuses to go on without, and whose value makes no difference to what runs. */
    Set<String> replaced() {
        Set<String> names = new TreeSet<>(compose.refused());
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
        boolean replaced = service.runs(app.repository());
        for (Entry entry : service.body().entries()) {
            String key = entry.key().text();
            if (key.equals("build") || (replaced && key.equals("image"))) {
                scalars(entry.value(), scalar -> ofReplaced.addAll(scalar.names()));
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
            missing.addAll(scalar.missing());
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
                        missing.add(scalar.text());
                    }
                });
            case Mapping mapping ->
                mapping.entries().forEach(entry -> {
                    if (entry.value() instanceof Scalar scalar && scalar.absent()) {
                        missing.add(entry.key().text());
                    }
                });
            case Scalar scalar -> {}
        }
    }
}
