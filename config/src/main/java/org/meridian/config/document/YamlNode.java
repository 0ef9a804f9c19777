package org.meridian.config.document;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.diagnostic.Location;

/** A value in a YAML file together with its place; aliases and merge keys are already resolved. */
public sealed interface YamlNode {
    /** Where it begins; for an aliased value, where the anchor is. */
    Location where();

    /** What it is, as a person would call it, such as {@code a list}. */
    String kind();

    /**
     * A single value.
     *
     * @param where  where it begins
     * @param text   as written, without quotes; numbers and booleans are not interpreted
     * @param quoted whether it was written in quotes or as a block, and so can be nothing but text
     * @param names   names of variables that were looked at for it; none until variables are put in
     * @param missing those of them that have no value
     */
    record Scalar(Location where, String text, boolean quoted, Set<String> names, Set<String> missing)
            implements YamlNode {
        // The core schema of YAML 1.2, chapter 10.3.2.
        private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

        /** Checks that no part is null. */
        public Scalar {
            requireNonNull(where, "where is null");
            requireNonNull(text, "text is null");
            names = Set.copyOf(names);
            missing = Set.copyOf(missing);
        }

        /** One whose variables nobody has looked at. */
        public Scalar(Location where, String text, boolean quoted) {
            this(where, text, quoted, Set.of(), Set.of());
        }

        /** This one with another text, of the same variables. */
        public Scalar with(String other, boolean asText) {
            return new Scalar(where, other, asText, names, missing);
        }

        /** Whether there is no value: nothing was written, or YAML's own word for nothing. */
        public boolean absent() {
            return !quoted && NULLS.contains(text);
        }

        @Override
        public String kind() {
            return absent() ? "nothing" : "'" + text.lines().findFirst().orElse("") + "'";
        }
    }

    /**
     * A list.
     *
     * @param where where it begins
     * @param items in order
     */
    record Sequence(Location where, List<YamlNode> items) implements YamlNode {
        /** Copies the items. */
        public Sequence {
            requireNonNull(where, "where is null");
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * Keys with values.
     *
     * @param where   where it begins
     * @param entries in order, each key once; those that a merge key brought in come last
     */
    record Mapping(Location where, List<Entry> entries) implements YamlNode {
        /** Copies the entries. */
        public Mapping {
            requireNonNull(where, "where is null");
            entries = List.copyOf(entries);
        }

        /** The entry with that key. */
        public Optional<Entry> entry(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().text().equals(key))
                    .findFirst();
        }

        /** The value under that key; empty as well when the key is there without a value. */
        public Optional<YamlNode> get(String key) {
            return entry(key).map(Entry::value).filter(value -> !(value instanceof Scalar scalar && scalar.absent()));
        }

        /** The text under that key; empty when something else is there. */
        public Optional<Scalar> scalar(String key) {
            return get(key).filter(Scalar.class::isInstance).map(Scalar.class::cast);
        }

        @Override
        public String kind() {
            return "keys with values";
        }
    }

    /**
     * A key and its value.
     *
     * @param key   the key
     * @param value the value
     */
    record Entry(Scalar key, YamlNode value) {
        /** Checks that no part is null. */
        public Entry {
            requireNonNull(key, "key is null");
            requireNonNull(value, "value is null");
        }
    }
}
