package org.meridian.config.compose;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.variables.Interpolation;
import org.meridian.core.variables.Variables;

/** Puts variables' values into all of a tree's values, as Compose does before anything else; keys are left alone. */
final class TreeInterpolation {
    private final Variables variables;
    private final Problems problems;
    private final Map<String, Set<Location>> refused;
    /** What aliases bring in several times is worked out once, however often it stands there. */
    private final IdentityHashMap<YamlNode, YamlNode> known = new IdentityHashMap<>();

    /** Adds the variables that Compose would refuse to go on without, each with where it stands. */
    TreeInterpolation(Variables variables, Map<String, Set<Location>> refused, Problems problems) {
        this.variables = variables;
        this.refused = refused;
        this.problems = problems;
    }

    Mapping of(Mapping tree) {
        return (Mapping) node(tree);
    }

    private YamlNode node(YamlNode node) {
        YamlNode already = known.get(node);
        if (already != null) {
            return already;
        }
        YamlNode made =
                switch (node) {
                    case Scalar scalar -> scalar(scalar);
                    case Sequence sequence -> new Sequence(sequence.where(), nodes(sequence.items()));
                    case Mapping mapping ->
                        new Mapping(
                                mapping.where(),
                                mapping.entries().stream()
                                        .map(entry -> new Entry(entry.key(), node(entry.value())))
                                        .toList());
                };
        known.put(node, made);
        return made;
    }

    private List<YamlNode> nodes(List<YamlNode> items) {
        return items.stream().map(this::node).toList();
    }

    private Scalar scalar(Scalar scalar) {
        if (scalar.text().indexOf('$') < 0) {
            return scalar;
        }
        Interpolation result = Interpolation.of(scalar.text(), variables);
        result.refused().forEach(name -> refused.computeIfAbsent(name, unused -> new LinkedHashSet<>())
                .add(scalar.where()));
        result.invalid()
                .ifPresent(part -> problems.error(
                        scalar.where(),
                        "bad-variable",
                        "'" + part + "' is no variable that Compose understands, or its defaults are nested too deep",
                        "Write ${NAME} or ${NAME:-default}; a dollar itself is written as $$."));
        // What comes of variables is text, even where it is empty.
        return new Scalar(scalar.where(), result.text(), true, result.names(), result.missing());
    }
}
