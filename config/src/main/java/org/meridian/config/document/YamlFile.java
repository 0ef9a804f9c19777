package org.meridian.config.document;

import java.util.Optional;
import org.meridian.core.diagnostic.Location;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Turns a file's text into a located tree, or into a problem at the place where it stops being YAML. */
public final class YamlFile {
    private final String name;
    private final Problems problems;

    /** For a file of this name, as the user would write it. */
    public YamlFile(String name, Problems problems) {
        this.name = name;
        this.problems = problems;
        problems.opened(name);
    }

    /** The file's single document; empty, with a problem kept, when there is none or it is broken. */
    public Optional<YamlNode> parse(String text) {
        try {
            return new TreeBuilder(name, problems).build(events(text));
        } catch (BrokenYaml e) {
            problems.error(e.where(), "broken-yaml", e.summary(), e.suggestion());
        } catch (MarkedYamlEngineException e) {
            Location where = new SyntaxPlace(name, text).of(e);
            problems.error(where, "broken-yaml", SyntaxAdvice.summary(e), SyntaxAdvice.suggestion(e));
        } catch (ReaderException e) {
            problems.error(
                    placeOf(text, e.getPosition()),
                    "broken-yaml",
                    "the character U+%04X can't stand in a YAML file".formatted(e.getCodePoint()),
                    "Remove it; in quotes, an escape such as \"\\t\" can stand for it.");
        } catch (YamlEngineException e) {
            problems.error(start(), "broken-yaml", "this is not YAML: " + e.getMessage(), "Correct the file.");
        }
        return Optional.empty();
    }

    private Events events(String text) {
        // The whole at once: where its buffer ends between the two halves of a character, the parser fails.
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setBufferSize(text.length() + 2)
                .build();
        return new Events(new Parse(settings).parseString(text).iterator(), this::location);
    }

    private Location start() {
        return new Location(name, 1, 1);
    }

    private Location location(Mark mark) {
        return new Location(name, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Location placeOf(String text, int position) {
        int end = text.offsetByCodePoints(0, Math.min(position, text.codePointCount(0, text.length())));
        String before = text.substring(0, end);
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return new Location(name, line + 1, before.length() - before.lastIndexOf('\n'));
    }
}
