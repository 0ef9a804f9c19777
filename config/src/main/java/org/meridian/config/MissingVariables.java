package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.meridian.config.ComposeViews.View;
import org.meridian.config.compose.VariablesFile;
import org.meridian.config.document.Problems;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Region;
import org.meridian.core.operation.MissingNames;
import org.meridian.core.operation.MissingNames.Lack;
import org.meridian.core.variables.Variables;

/**
 * The variables that a Compose project takes and that nothing beside it gives.
 *
 * <p>Regions that have no store of secrets are told of them together with all else that is wrong; whether a store gives them
 * is known once it was asked, when a release is planned.
 */
final class MissingVariables {
    private static final List<String> EXAMPLES =
            List.of(".env.example", ".env.sample", ".env.template", ".env.dist", "env.example", "example.env");

    private static final Comparator<Location> IN_ORDER = Comparator.comparing(Location::file)
            .thenComparingInt(Location::line)
            .thenComparingInt(Location::column);

    private final SortedMap<String, SortedSet<Location>> places = new TreeMap<>();

    /** Those of any of the regions' views, without what the files of variables beside it give. */
    MissingVariables(List<View> views, ImageReference app, Variables beside) {
        requireNonNull(app, "app is null");
        for (View view : views) {
            view.document()
                    .missing(app, beside)
                    .forEach((name, where) -> places.merge(name, where, (one, other) -> {
                        one.addAll(other);
                        return one;
                    }));
        }
    }

    /** Their names, each with its places as people write them. */
    Map<String, List<String>> named() {
        return places.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().stream()
                .map(MissingVariables::place)
                .distinct()
                .toList()));
    }

    /** Keeps a problem for what regions without a store of secrets lack. */
    void check(List<Region> regions, Set<String> env, Problems problems) {
        List<Region> without =
                regions.stream().filter(region -> region.secrets().isEmpty()).toList();
        for (Lack lack : new MissingNames(named(), env, Map.of()).lacks(without)) {
            places.entrySet().stream()
                    .filter(variable -> lack.names().contains(variable.getKey()))
                    .map(variable -> variable.getValue().first())
                    .min(IN_ORDER)
                    .ifPresent(first -> report(first, lack.problem(), problems));
        }
    }

    private static void report(Location first, Diagnostic problem, Problems problems) {
        String suggestion = example(first)
                .map(name -> "Copy " + name + " to .env and fill it in, or " + lowerCase(problem.suggestion()))
                .orElse(problem.suggestion());
        problems.error(first, problem.code(), problem.summary(), suggestion);
    }

    /** What many projects have in the place of the file of variables that is not in their repository. */
    private static Optional<String> example(Location first) {
        Path compose = Path.of(first.file());
        return Files.exists(compose.resolveSibling(VariablesFile.USUAL))
                ? Optional.empty()
                : EXAMPLES.stream()
                        .filter(name -> Files.isRegularFile(compose.resolveSibling(name)))
                        .findFirst();
    }

    private static String lowerCase(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    private static String place(Location where) {
        return Path.of(where.file()).getFileName() + ":" + where.line();
    }
}
