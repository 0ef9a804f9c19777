package org.meridian.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;

/** Reads {@code secrets:} of the app and of a region: references to values that stand elsewhere, and names to have. */
final class SecretsReader {
    private static final String NAMES = "Write a list of variables' names, such as [DATABASE_URL].";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final SecretReferences references;
    private final Settings common;
    private final List<String> needed;

    /** Reads what the whole app has; paths in references count from the directory. Each region needs those names too. */
    SecretsReader(Path directory, Optional<Field> app, List<String> needed) {
        this.references = new SecretReferences(directory);
        this.common = own(app);
        this.needed = List.copyOf(needed);
    }

    /** Whether a variable may have that name. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** What a region has: the app's references and then its own, and the names of both. */
    Settings read(Optional<Field> region) {
        Settings own = own(region);
        List<String> all = new ArrayList<>(common.references());
        all.addAll(own.references());
        Set<String> required = new LinkedHashSet<>(common.required());
        required.addAll(own.required());
        required.addAll(needed);
        return new Settings(all, required);
    }

    private Settings own(Optional<Field> secrets) {
        if (secrets.filter(Field::isMapping).isEmpty()) {
            return new Settings(references.read(secrets), Set.of());
        }
        Section section = secrets.get().section();
        Settings settings = new Settings(references.read(section.find("from")), names(section.find("required")));
        if (section.empty()) {
            section.error("empty-value", "there is nothing in it", "Write 'from:' with a reference, or leave it out.");
        }
        return settings;
    }

    private static Set<String> names(Optional<Field> field) {
        Set<String> names = new LinkedHashSet<>();
        for (Field item : field.flatMap(list -> list.items(NAMES)).orElse(List.of())) {
            item.text().ifPresent(name -> {
                if (!isName(name)) {
                    item.error("wrong-name", "'" + name + "' can't be a variable's name", NAMES);
                } else if (!names.add(name)) {
                    item.error("duplicate-value", "'" + name + "' is listed twice", "Remove one of them.");
                }
            });
        }
        return names;
    }

    /**
     * What {@code secrets:} says.
     *
     * @param references in the order in which later ones win
     * @param required   names that must have a value
     */
    record Settings(List<String> references, Set<String> required) {
        Settings {
            references = List.copyOf(references);
            required = Set.copyOf(required);
        }
    }
}
