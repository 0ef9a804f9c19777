package org.meridian.config.compose;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.meridian.config.document.YamlNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Where {@code !reset} and {@code !override} stand in a file that is YAML (Compose file reference, "Merge"). */
final class MergeTags {
    private final Map<Place, String> tags = new HashMap<>();

    private MergeTags() {}

    static MergeTags of(String text) {
        MergeTags found = new MergeTags();
        if (text.contains("!reset") || text.contains("!override")) {
            for (Event event : new Parse(LoadSettings.builder().build()).parseString(text)) {
                tag(event).ifPresent(tag -> found.tags.put(place(event), tag));
            }
        }
        return found;
    }

    /** Whether a value of the other files is to be left out. */
    boolean reset(YamlNode node) {
        return "!reset".equals(tags.get(place(node)));
    }

    /** Whether a value takes the place of the other files' instead of joining it. */
    boolean override(YamlNode node) {
        return "!override".equals(tags.get(place(node)));
    }

    private static Optional<String> tag(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> Optional.empty();
        };
    }

    private static Place place(Event event) {
        Mark mark = event.getStartMark().orElseThrow();
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Place place(YamlNode node) {
        return new Place(node.where().line(), node.where().column());
    }

    private record Place(int line, int column) {}
}
