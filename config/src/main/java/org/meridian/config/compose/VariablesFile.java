package org.meridian.config.compose;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.meridian.config.document.Problems;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.variables.DotEnv;
import org.meridian.core.variables.Variables;

/** A file of variables beside a Compose file. */
public final class VariablesFile {
    /** What Compose reads in a project's directory without being asked. */
    public static final String USUAL = ".env";

    private VariablesFile() {}

    /**
     * Those of a project whose first file is that, where Compose is called in that directory, the one that wins first: the
     * directory's own, and the one beside the file (tested against Compose 2.26). A directory that the file does not lie
     * below is not on a server as it is here, and its file is left out.
     */
    public static List<Path> of(Path directory, Path first) {
        Path called = directory.toAbsolutePath().normalize();
        Path beside = first.toAbsolutePath().normalize().resolveSibling(USUAL);
        return beside.startsWith(called)
                ? Stream.of(called.resolve(USUAL), beside).distinct().toList()
                : List.of(beside);
    }

    /** Its variables, or none where there is no such file; what is wrong in it is a problem at its line. */
    static Variables read(Path file, Location where, Variables known, ComposeSources sources, Problems problems) {
        return Variables.of(values(file, where, known, sources, problems));
    }

    /** The same by name. */
    static Map<String, String> values(
            Path file, Location where, Variables known, ComposeSources sources, Problems problems) {
        return sources.text(file, where)
                .map(text -> DotEnv.read(file.toString(), text, known))
                .map(content -> {
                    content.problems()
                            .forEach(problem -> problems.error(
                                    problem.where(), "bad-env-file", problem.summary(), problem.suggestion()));
                    return content.values();
                })
                .orElse(Map.of());
    }
}
