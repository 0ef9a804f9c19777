package org.meridian.config.document;

import java.util.Iterator;
import java.util.function.Function;
import org.meridian.core.diagnostic.Location;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** The parser's events one after another, with places instead of marks. */
final class Events {
    private final Iterator<Event> events;
    private final Function<Mark, Location> places;

    Events(Iterator<Event> events, Function<Mark, Location> places) {
        this.events = events;
        this.places = places;
    }

    boolean more() {
        return events.hasNext();
    }

    Event next() {
        return events.next();
    }

    Location where(Event event) {
        return places.apply(event.getStartMark().orElseThrow());
    }
}
