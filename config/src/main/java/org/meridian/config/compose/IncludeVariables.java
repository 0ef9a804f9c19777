package org.meridian.config.compose;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.core.variables.Variables;

/** The variables that only an included file has: of its {@code env_file}, or of {@code .env} in its directory. */
final class IncludeVariables {
    private IncludeVariables() {}

    static Variables of(YamlNode include, Path directory, Path home, Trees trees, Problems problems) {
        List<Path> files = files(include, directory, trees).orElse(List.of(home.resolve(VariablesFile.USUAL)));
        Variables all = Variables.NONE;
        for (Path file : files) {
            Variables known = trees.variables().or(all);
            all = VariablesFile.read(file, include.where(), known, trees.sources(), problems)
                    .or(all);
        }
        return all;
    }

    private static Optional<List<Path>> files(YamlNode include, Path directory, Trees trees) {
        return include instanceof Mapping form && form.get("env_file").isPresent()
                ? Optional.of(Shapes.items(form, "env_file")
                        .filter(Scalar.class::isInstance)
                        .flatMap(path -> trees.path(directory, (Scalar) path, "include.env_file").stream())
                        .toList())
                : Optional.empty();
    }
}
