package org.meridian.testkit.simulation.mutation;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A deliberately broken engine.
 *
 * @param what   what is wrong with it
 * @param broken what is broken, by the class's name below {@code org.meridian.core}
 */
record Mutant(String what, Map<String, Broken> broken) {
    private static final String CORE = "org.meridian.core.";

    boolean breaks(String name) {
        return name.startsWith(CORE) && broken.containsKey(name.substring(CORE.length()));
    }

    Broken broken(String name) {
        return requireNonNull(broken.get(name.substring(CORE.length())));
    }

    @Override
    public String toString() {
        return what;
    }

    /**
     * A broken method.
     *
     * @param method its name
     * @param how    how it is broken
     */
    record Broken(String method, Breakage how) {}
}
