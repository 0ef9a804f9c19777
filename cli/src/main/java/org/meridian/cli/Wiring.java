package org.meridian.cli;

import java.nio.file.Path;
import org.meridian.core.event.EventSink;

/** Holds the place of the wiring until it is written. */
final class Wiring {
    private Wiring() {}

    @SuppressWarnings("DoNotCallSuggester")
    static Meridian open(Path configFile, EventSink events) {
        throw new UnsupportedOperationException("not wired yet: " + configFile + " " + events);
    }
}
