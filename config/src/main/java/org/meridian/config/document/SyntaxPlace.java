package org.meridian.config.document;

import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Location;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Finds the place that a person has to look at. The parser says where it could go no further, which is behind a colon, a
 * quote or a bracket that is missing.
 */
final class SyntaxPlace {
    private final String file;
    private final List<String> lines;

    SyntaxPlace(String file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
    }

    Location of(MarkedYamlEngineException e) {
        Optional<Mark> stopped = e.getProblemMark().or(e::getContextMark);
        if (SyntaxAdvice.isOfBeginning(e)) {
            return e.getContextMark().or(() -> stopped).map(this::at).orElse(start());
        }
        if (SyntaxAdvice.isSecondColon(e)) {
            return stopped.flatMap(this::withoutColon)
                    .or(() -> stopped.map(this::at))
                    .orElse(start());
        }
        return stopped.map(this::at).orElse(start());
    }

    /** The line above, if it has no colon: the parser took it for a text that goes on where it stopped. */
    private Optional<Location> withoutColon(Mark stopped) {
        int line = Math.min(stopped.getLine(), lines.size()) - 1;
        while (line >= 0 && lines.get(line).isBlank()) {
            line--;
        }
        if (line < 0 || lines.get(line).contains(":") || beginsAnew(stopped)) {
            return Optional.empty();
        }
        String above = lines.get(line);
        return Optional.of(new Location(
                file, line + 1, above.length() - above.stripLeading().length() + 1));
    }

    /** Whether the line has another colon before this one, so that nothing went on there. */
    private boolean beginsAnew(Mark stopped) {
        String line = stopped.getLine() < lines.size() ? lines.get(stopped.getLine()) : "";
        return line.substring(0, Math.min(stopped.getColumn(), line.length())).contains(": ");
    }

    private Location at(Mark mark) {
        return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Location start() {
        return new Location(file, 1, 1);
    }
}
