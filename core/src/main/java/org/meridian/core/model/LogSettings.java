package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What becomes of what containers write. It is part of no release: a server gets what is configured when a release is
 * placed on it.
 *
 * @param maxSize  how large a container's log file may become before the next one is begun, in Docker's notation, such
 *                 as {@code 10m} (Docker documentation, "JSON File logging driver")
 * @param maxFiles how many of them a container keeps; 1 or greater
 * @param shipping where the lines go besides; empty for nowhere
 */
public record LogSettings(String maxSize, int maxFiles, Optional<LogShipping> shipping) {
    // The constant below is checked by it.
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,3}[mg]");

    /** Logs that stay on the server and take at most 30 MB there for each container. */
    public static final LogSettings USUAL = new LogSettings("10m", 3, Optional.empty());

    /** Checks the form of the size and the number. */
    public LogSettings {
        requireNonNull(maxSize, "maxSize is null");
        requireNonNull(shipping, "shipping is null");
        if (!SIZE.matcher(maxSize).matches()) {
            throw new IllegalArgumentException("'" + maxSize + "' is not a size such as 10m");
        }
        if (maxFiles < 1) {
            throw new IllegalArgumentException("at least one file is needed, not " + maxFiles);
        }
    }

    /** The same with the shipper's image under the name that it is pulled by. */
    public LogSettings pulling(UnaryOperator<ImageReference> name) {
        return new LogSettings(
                maxSize,
                maxFiles,
                shipping.map(to -> new LogShipping(to.sink(), to.secrets(), name.apply(to.image()))));
    }
}
