package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.compose.ComposeReader;
import org.meridian.config.compose.ComposeSources;
import org.meridian.config.compose.VariablesFile;
import org.meridian.config.document.Problems;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.variables.Variables;

/**
 * The Compose project as each region reads it: with the region's variables, the app's, and then those of {@code .env} in the
 * directory of the configuration and beside the Compose file. Regions whose variables make no difference to it share a view.
 */
final class ComposeViews {
    private final List<Path> files;
    private final ComposeSources sources;
    private final Problems problems;
    private final Variables beside;
    private final Map<Map<String, Optional<String>>, Optional<ComposeDocument>> known = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();

    /** Reads these files, of which there is at least one, as Compose would in the directory; keeps problems in this list. */
    ComposeViews(Path directory, List<Path> files, Map<String, String> env, Problems problems) {
        this.files = List.copyOf(files);
        this.problems = requireNonNull(problems, "problems is null");
        this.sources = new ComposeSources(problems, file -> SourceFile.read(file, "Create it."));
        this.beside = beside(VariablesFile.of(directory, files.getFirst()), Variables.of(env));
    }

    private Variables beside(List<Path> variables, Variables given) {
        Variables all = Variables.NONE;
        for (Path file : variables) {
            all = all.or(sources.variables(file, given.or(all)));
        }
        return all;
    }

    /** The variables of the files {@code .env}, which give way to all others. */
    Variables beside() {
        return beside;
    }

    /** The views that differ, each with a region that has it; the primary's is the first. */
    List<View> of(
            List<Region> regions, Optional<RegionName> primary, Map<String, String> env, Map<String, String> own) {
        List<Region> ordered = new ArrayList<>(regions);
        ordered.sort((one, other) -> Boolean.compare(
                primary.filter(other.name()::equals).isPresent(),
                primary.filter(one.name()::equals).isPresent()));
        List<View> views = new ArrayList<>();
        if (ordered.isEmpty()) {
            read(variables(env, own)).ifPresent(document -> views.add(new View("every region", document)));
        }
        for (Region region : ordered) {
            Map<String, String> given = new HashMap<>(env);
            given.putAll(region.env());
            given.putAll(own);
            given.put("MERIDIAN_REGION", region.name().value());
            read(given)
                    .filter(document ->
                            views.stream().noneMatch(view -> view.document().equals(document)))
                    .ifPresent(document -> views.add(new View(region.name().value(), document)));
        }
        return views;
    }

    private static Map<String, String> variables(Map<String, String> env, Map<String, String> own) {
        Map<String, String> given = new HashMap<>(env);
        given.putAll(own);
        return given;
    }

    private Optional<ComposeDocument> read(Map<String, String> given) {
        Variables all = Variables.of(given).or(beside);
        for (var view : known.entrySet()) {
            boolean same = view.getKey().entrySet().stream()
                    .allMatch(used -> all.value(used.getKey()).equals(used.getValue()));
            if (same) {
                return view.getValue();
            }
        }
        asked.clear();
        Optional<ComposeDocument> document = new ComposeReader(problems).read(sources, files, name -> {
            asked.add(name);
            return all.value(name);
        });
        Map<String, Optional<String>> used = new HashMap<>();
        asked.forEach(name -> used.put(name, all.value(name)));
        known.put(used, document);
        return document;
    }

    /**
     * One reading of the project.
     *
     * @param region   a region that reads it so
     * @param document what it reads
     */
    record View(String region, ComposeDocument document) {
        View {
            requireNonNull(region, "region is null");
            requireNonNull(document, "document is null");
        }
    }
}
