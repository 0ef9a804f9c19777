package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.KeyRotation;

/**
 * Which key is logged in with, and what each machine accepts.
 *
 * @param current  the public key, in OpenSSH's form
 * @param source   where it is, for people
 * @param rotation the last rotation
 * @param places   the machines, in the order of their names
 */
public record KeyReport(String current, String source, Optional<KeyRotation> rotation, List<At> places) {
    /** Copies the list. */
    public KeyReport {
        requireNonNull(current, "current is null");
        requireNonNull(source, "source is null");
        requireNonNull(rotation, "rotation is null");
        places = List.copyOf(places);
    }

    /**
     * A machine.
     *
     * @param name    what people know it by
     * @param lines   the keys that may log in, with their comments
     * @param problem why that is not known
     */
    public record At(String name, List<String> lines, Optional<Diagnostic> problem) {
        /** Copies the list. */
        public At {
            requireNonNull(name, "name is null");
            lines = List.copyOf(lines);
            requireNonNull(problem, "problem is null");
        }
    }
}
