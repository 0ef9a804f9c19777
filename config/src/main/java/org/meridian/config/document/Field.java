package org.meridian.config.document;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.diagnostic.Location;

/** One value under its key; each way of reading it gives nothing, and keeps a problem, when it is something else. */
public final class Field {
    /** What Linux takes for one variable or argument (MAX_ARG_STRLEN, execve(2)). */
    private static final int LONGEST_TEXT = 131_072;

    /** Longer than any name, address or reference. */
    private static final int LONGEST_WORD = 1_000;

    private final Reading reading;
    private final KeyPath path;
    private final Location key;
    private final YamlNode node;

    Field(Reading reading, KeyPath path, Location key, YamlNode node) {
        this.reading = reading;
        this.path = path;
        this.key = key;
        this.node = node;
    }

    /** The keys that lead to it, for people. */
    public KeyPath path() {
        return path;
    }

    /** Where the value stands. */
    public Location where() {
        return node.where();
    }

    /** Keeps a problem with this value; the summary follows the key. */
    public void error(String code, String summary, String suggestion) {
        reading.problems().error(node.where(), code, path + ": " + summary, suggestion);
    }

    /** Keeps a remark on this value, which works and may surprise; the summary follows the key. */
    public void warning(String code, String summary, String suggestion) {
        reading.problems().warning(node.where(), code, path + ": " + summary, suggestion);
    }

    /** Keeps a problem with this value's key; the summary follows the key. */
    public void keyError(String code, String summary, String suggestion) {
        reading.problems().error(key, code, path + ": " + summary, suggestion);
    }

    /** Text as written; a number or a boolean counts as the text that it is written with. */
    public Optional<String> text() {
        return scalar("Write a single value here.").map(Scalar::text).filter(text -> shortEnough(text, LONGEST_TEXT));
    }

    private boolean shortEnough(String text, int longest) {
        boolean fits = text.length() <= longest;
        if (!fits) {
            error(
                    "too-long",
                    "these are " + text.length() + " characters; at most " + longest + " have a meaning here",
                    "Write less.");
        }
        return fits;
    }

    /** Text that a model type understands, which says itself what is wrong with anything else. */
    public <T> Optional<T> parsed(Function<String, T> parser, String suggestion) {
        return text().filter(text -> shortEnough(text, LONGEST_WORD)).flatMap(text -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (IllegalArgumentException e) {
                error("wrong-value", String.valueOf(e.getMessage()), suggestion);
                return Optional.empty();
            }
        });
    }

    /** One of several words. */
    public Optional<String> oneOf(List<String> words) {
        return text().filter(text -> {
            if (!words.contains(text)) {
                String all = String.join(", ", words);
                String meant = Closest.to(text, words)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("Write " + words.getFirst() + ".");
                error("unknown-value", "'" + text + "' is not known; known: " + all, meant);
            }
            return words.contains(text);
        });
    }

    /** A whole number in a range. */
    public Optional<Integer> number(int least, int most) {
        String suggestion = "Write a whole number from " + least + " to " + most + ", without quotes.";
        return scalar(suggestion).flatMap(scalar -> {
            Optional<Integer> number = scalar.quoted() ? Optional.empty() : Numbers.whole(scalar.text());
            if (number.isEmpty()) {
                error("wrong-type", "'" + scalar.text() + "' is not a whole number", suggestion);
            } else if (number.get() < least || number.get() > most) {
                error("out-of-range", number.get() + " is outside " + least + " to " + most, suggestion);
                return Optional.empty();
            }
            return number;
        });
    }

    /** A time span in a range, such as {@code 500ms}, {@code 5s}, {@code 15m} or {@code 2h}. */
    public Optional<Duration> duration(Duration least, Duration most) {
        String range = Durations.written(least) + " to " + Durations.written(most);
        String suggestion = "Write a number and ms, s, m or h, from " + range + ", such as "
                + Durations.written(Durations.example(least, most)) + ".";
        return scalar(suggestion).flatMap(scalar -> {
            Optional<Duration> duration = Durations.parse(scalar.text());
            if (duration.isEmpty()) {
                error("wrong-value", "'" + scalar.text() + "' is not a time span", suggestion);
                return Optional.empty();
            }
            return duration.filter(value -> {
                boolean fits = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
                if (!fits) {
                    error("out-of-range", scalar.text() + " is outside " + range, suggestion);
                }
                return fits;
            });
        });
    }

    /** The items of a list; empty when it is something else. */
    public Optional<List<Field>> items(String suggestion) {
        if (!(node instanceof Sequence sequence)) {
            error("wrong-type", node.kind() + " stands where a list is needed", suggestion);
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            fields.add(new Field(reading, path.item(fields.size() + 1), item.where(), item));
        }
        return Optional.of(fields);
    }

    /** The items of a list, or the value alone where a single one was written. */
    public List<Field> itemsOrSelf(String suggestion) {
        return node instanceof Scalar ? List.of(this) : items(suggestion).orElse(List.of());
    }

    /** Whether there is no value. */
    public boolean empty() {
        return node instanceof Scalar scalar && scalar.absent();
    }

    /** Whether it is keys with values. */
    public boolean isMapping() {
        return node instanceof Mapping;
    }

    /** Whether it is a list. */
    public boolean isList() {
        return node instanceof Sequence;
    }

    /** Keys that the team names, with their values, which may be empty; none when it is something else. */
    public List<Named> names(String suggestion) {
        if (!(node instanceof Mapping mapping)) {
            error("wrong-type", node.kind() + " stands where keys with values are needed", suggestion);
            return List.of();
        }
        reading.asked(path.name(""));
        return mapping.entries().stream()
                .map(entry -> new Named(
                        entry.key().text(),
                        new Field(
                                reading,
                                path.name(entry.key().text()),
                                entry.key().where(),
                                entry.value())))
                .toList();
    }

    /** Keys that Meridian names; an empty section when it is something else. */
    public Section section() {
        if (!(node instanceof Mapping mapping)) {
            String shown = path.shown().isEmpty() ? "the file" : path.shown();
            reading.problems()
                    .error(
                            node.where(),
                            "wrong-type",
                            shown + ": " + node.kind() + " stands where keys with values are needed",
                            "Write 'key: value' lines, indented below it.");
            return reading.absent(path, key);
        }
        Location place = path.shown().isEmpty() ? node.where() : key;
        return reading.opened(new Section(reading, path, place, mapping.entries(), true));
    }

    private Optional<Scalar> scalar(String suggestion) {
        if (node instanceof Scalar scalar && !scalar.absent()) {
            return Optional.of(scalar);
        }
        boolean empty = node instanceof Scalar;
        error(
                empty ? "empty-value" : "wrong-type",
                empty ? "there is no value" : node.kind() + " stands where a single value is needed",
                suggestion);
        return Optional.empty();
    }

    /**
     * A key that the team named, and its value.
     *
     * @param name  the key
     * @param field the value
     */
    public record Named(String name, Field field) {}
}
