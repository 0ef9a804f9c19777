package org.meridian.config.document;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.core.diagnostic.Location;

/** Keys that Meridian names, with their values; a key that nothing asks for becomes a problem at the end. */
public final class Section {
    private final Reading reading;
    private final KeyPath path;
    private final Location where;
    private final List<Entry> entries;
    private final boolean written;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    Section(Reading reading, KeyPath path, Location where, List<Entry> entries, boolean written) {
        this.reading = reading;
        this.path = path;
        this.where = where;
        this.entries = entries;
        this.written = written;
    }

    /** Where it is, for problems that concern it as a whole. */
    public Location where() {
        return where;
    }

    /** Whether it stands in the file. */
    public boolean written() {
        return written;
    }

    /** Whether no key is written. */
    public boolean empty() {
        return entries.isEmpty();
    }

    /** Whether a key is written, with a value or without. */
    public boolean has(String key) {
        return entries.stream().anyMatch(entry -> entry.key().text().equals(key));
    }

    /** A time span in a range, or the default where none is written. */
    public Duration duration(String key, Duration byDefault, Duration least, Duration most) {
        return find(key).flatMap(field -> field.duration(least, most)).orElse(byDefault);
    }

    /** Keeps a problem with the section as a whole; the summary follows its key. */
    public void error(String code, String summary, String suggestion) {
        reading.problems().error(where, code, path + ": " + summary, suggestion);
    }

    /** The value of a key, if it is there and not empty. */
    public Optional<Field> find(String key) {
        ask(key);
        return entries.stream()
                .filter(entry -> entry.key().text().equals(key))
                .findFirst()
                .flatMap(this::field);
    }

    /** The value of a key that must be there; the suggestion says what to write. */
    public Optional<Field> require(String key, String suggestion) {
        ask(key);
        if (written && !has(key)) {
            missing.put(key, suggestion);
        }
        return find(key);
    }

    /** The section under a key; an empty one when it is not there. */
    public Section section(String key) {
        return find(key).map(Field::section).orElseGet(() -> reading.absent(path.key(key), where));
    }

    /** The section under a key that must be there. */
    public Section requireSection(String key, String suggestion) {
        require(key, suggestion);
        return section(key);
    }

    private void ask(String key) {
        asked.add(key);
        reading.asked(path.key(key));
    }

    private Optional<Field> field(Entry entry) {
        KeyPath child = path.key(entry.key().text());
        if (entry.value() instanceof Scalar scalar && scalar.absent()) {
            reading.problems()
                    .error(
                            entry.key().where(),
                            "empty-value",
                            child + " has no value",
                            "Give it a value, or leave the key out.");
            return Optional.empty();
        }
        return Optional.of(new Field(reading, child, entry.key().where(), entry.value()));
    }

    void finish() {
        Set<String> meant = new HashSet<>();
        Set<String> absent = absentKeys();
        for (Entry entry : entries) {
            if (!asked.contains(entry.key().text())) {
                Optional<String> near = Closest.to(entry.key().text(), absent);
                near.ifPresent(meant::add);
                reportUnknown(entry.key(), near);
            }
        }
        missing.forEach((key, suggestion) -> {
            if (!meant.contains(key)) {
                reading.problems().error(where, "missing-key", path.key(key) + " is missing", suggestion);
            }
        });
    }

    private Set<String> absentKeys() {
        Set<String> absent = new LinkedHashSet<>(asked);
        entries.forEach(entry -> absent.remove(entry.key().text()));
        return absent;
    }

    private void reportUnknown(Scalar key, Optional<String> near) {
        String place = path.shown().isEmpty() ? "" : " in " + path;
        reading.problems()
                .error(
                        key.where(),
                        "unknown-key",
                        "there is no key '" + key.text() + "'" + place,
                        suggestionFor(key.text(), near));
    }

    private String suggestionFor(String key, Optional<String> near) {
        List<String> elsewhere = reading.placesOf(key);
        if (near.isEmpty() && !elsewhere.isEmpty()) {
            return "'" + key + "' belongs in " + String.join(" or ", elsewhere) + ".";
        }
        return near.map(meant -> "Did you mean '" + meant + "'?")
                .orElseGet(() -> "Remove it; the keys here are " + String.join(", ", asked) + ".");
    }
}
