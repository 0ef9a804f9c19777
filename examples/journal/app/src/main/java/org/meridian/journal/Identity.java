package org.meridian.journal;

import static java.util.Objects.requireNonNull;

/**
 * Which release this process is and where it runs, as Meridian says in the environment.
 *
 * @param version what the image was built as, for example {@code v1}
 */
record Identity(String region, String server, String release, String version) {
    Identity {
        requireNonNull(region, "region is null");
        requireNonNull(server, "server is null");
        requireNonNull(release, "release is null");
        requireNonNull(version, "version is null");
    }

    /** The value of the X-Served-By header. */
    @Override
    public String toString() {
        return region + "/" + server + "/" + release;
    }
}
