package org.meridian.load;

import java.util.Locale;

/** What a request is for, and the status that it must be answered with. */
enum Kind {
    LIST(200),
    POST(200),
    ABOUT(200),
    FEED(200),
    WRITE(303),
    SLOW(200);

    private final int expectedStatus;

    Kind(int expectedStatus) {
        this.expectedStatus = expectedStatus;
    }

    int expectedStatus() {
        return expectedStatus;
    }

    /** Whether it says something about how quick the app is; a slow one takes its two seconds by design. */
    boolean isFast() {
        return this != SLOW;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
