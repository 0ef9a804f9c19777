package org.meridian.config.compose;

import java.util.Set;
import java.util.TreeSet;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.model.ImageReference;
import org.meridian.core.variables.Variables;

/**
 * Finds the variables that a Compose file takes from its environment and that nothing read so far gives: {@code ${NAME}}
 * in any value, and names without a value under {@code environment}.
 *
 * <p>What a release replaces does not count: the image of the app's services, and how any is built. Compose itself
 * would put nothing in their place, with a warning that nobody reads.
 */
final class ComposeVariables {
    private final ComposeDocument compose;
    private final ImageReference app;
    private final Set<String> names = new TreeSet<>();

    private ComposeVariables(ComposeDocument compose, ImageReference app) {
        this.compose = compose;
        this.app = app;
    }

    /** Their names, without those that are given beside the Compose file. */
    static Set<String> of(ComposeDocument compose, ImageReference app, Variables given) {
        ComposeVariables variables = new ComposeVariables(compose, app);
        variables.read();
        variables.names.removeIf(name -> given.value(name).isPresent());
        return variables.names;
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
            if (!key.equals("build") && !(replaced && key.equals("image"))) {
                read(entry.value());
            }
            if (key.equals("environment")) {
                readPassedThrough(entry.value());
            }
        }
    }

    private void read(YamlNode node) {
        switch (node) {
            case Scalar scalar -> names.addAll(scalar.missing());
            case Sequence sequence -> sequence.items().forEach(this::read);
            case Mapping mapping -> mapping.entries().forEach(entry -> read(entry.value()));
        }
    }

    private void readPassedThrough(YamlNode environment) {
        switch (environment) {
            case Sequence list ->
                list.items().forEach(item -> {
                    if (item instanceof Scalar scalar && !scalar.text().contains("=")) {
                        names.add(scalar.text());
                    }
                });
            case Mapping mapping ->
                mapping.entries().forEach(entry -> {
                    if (entry.value() instanceof Scalar scalar && scalar.absent()) {
                        names.add(entry.key().text());
                    }
                });
            case Scalar scalar -> {}
        }
    }
}
