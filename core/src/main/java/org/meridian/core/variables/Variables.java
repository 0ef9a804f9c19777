package org.meridian.core.variables;

import java.util.Map;
import java.util.Optional;

/** The values that texts with {@code ${NAME}} in them are read with. */
@FunctionalInterface
public interface Variables {
    /** No variable at all. */
    Variables NONE = name -> Optional.empty();

    /** The value of that name; empty when there is no such variable, which differs from one that is empty. */
    Optional<String> value(String name);

    /** These values, which are copied. */
    static Variables of(Map<String, String> values) {
        Map<String, String> copy = Map.copyOf(values);
        return name -> Optional.ofNullable(copy.get(name));
    }

    /** These, and the others where a name is not among these. */
    default Variables or(Variables others) {
        return name -> value(name).or(() -> others.value(name));
    }
}
