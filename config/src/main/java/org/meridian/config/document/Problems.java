package org.meridian.config.document;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;

/**
 * Gathers what is wrong with a configuration, so that all of it is reported at once and in the order of the files.
 *
 * <p>Some errors are about the next release alone, such as a file that it lacks. They keep nobody from looking at the app as
 * it runs, or from going back to a release that it had.
 */
public final class Problems {
    private final List<String> files;
    private final List<Diagnostic> errors;
    private final List<Diagnostic> ofNextRelease;
    private final List<Diagnostic> warnings;

    /** None yet. */
    public Problems() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    private Problems(
            List<String> files, List<Diagnostic> errors, List<Diagnostic> ofNextRelease, List<Diagnostic> warnings) {
        this.files = files;
        this.errors = errors;
        this.ofNextRelease = ofNextRelease;
        this.warnings = warnings;
    }

    /** The same problems, for whoever checks what is about the next release alone. */
    public Problems ofNextRelease() {
        return new Problems(files, ofNextRelease, ofNextRelease, warnings);
    }

    /** Names a file whose problems come after those of the files named before. */
    void opened(String file) {
        if (!files.contains(file)) {
            files.add(requireNonNull(file, "file is null"));
        }
    }

    /** Something that keeps the configuration from being used. */
    public void error(Location where, String code, String summary, String suggestion) {
        errors.add(Diagnostic.of(code, summary, suggestion).at(where));
    }

    /** Something that works and may surprise. */
    public void warning(Location where, String code, String summary, String suggestion) {
        warnings.add(Diagnostic.of(code, summary, suggestion).at(where));
    }

    /** The warnings in the order of the files. */
    public List<Diagnostic> warnings() {
        return inOrder(warnings);
    }

    /** What keeps a new release from being made, in the order of the files. */
    public List<Diagnostic> unreleasable() {
        return inOrder(ofNextRelease);
    }

    /** Throws {@link Failure} with all errors, if there are any that are about more than the next release. */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw Failure.usage(inOrder(
                    Stream.concat(errors.stream(), ofNextRelease.stream()).toList()));
        }
    }

    private List<Diagnostic> inOrder(List<Diagnostic> diagnostics) {
        // An anchored value is read once for each alias and would be reported as often.
        return diagnostics.stream()
                .distinct()
                .sorted(Comparator.comparing(
                        Diagnostic::where, Comparator.comparing(Optional::orElseThrow, this::compare)))
                .toList();
    }

    private int compare(Location one, Location other) {
        return Comparator.<Location>comparingInt(where -> files.indexOf(where.file()))
                .thenComparingInt(Location::line)
                .thenComparingInt(Location::column)
                .compare(one, other);
    }
}
