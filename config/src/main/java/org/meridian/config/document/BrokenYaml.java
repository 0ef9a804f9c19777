package org.meridian.config.document;

import org.meridian.core.diagnostic.Location;

/** The text has the form of YAML and still can't be made into a tree; never leaves this package. */
final class BrokenYaml extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Location where;
    private final String suggestion;

    BrokenYaml(Location where, String summary, String suggestion) {
        super(summary, null, false, false);
        this.where = where;
        this.suggestion = suggestion;
    }

    Location where() {
        return where;
    }

    String summary() {
        return String.valueOf(getMessage());
    }

    String suggestion() {
        return suggestion;
    }
}
