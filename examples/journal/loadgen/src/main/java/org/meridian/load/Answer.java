package org.meridian.load;

import static java.util.Objects.requireNonNull;

/**
 * What the server said.
 *
 * @param location the Location header, or empty
 * @param servedBy the X-Served-By header, or empty
 * @param lastOnConnection whether the connection is of no more use
 */
record Answer(int status, String location, String servedBy, boolean lastOnConnection) {
    Answer {
        requireNonNull(location, "location is null");
        requireNonNull(servedBy, "servedBy is null");
    }
}
