package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;

/** Gives each event to all who want it. */
final class Announcer implements EventSink {
    private final List<EventSink> sinks = new CopyOnWriteArrayList<>();

    /** From now on this one gets all events too. */
    void add(EventSink sink) {
        sinks.add(requireNonNull(sink, "sink is null"));
    }

    @Override
    public void emit(RolloutEvent event) {
        sinks.forEach(sink -> sink.emit(event));
    }
}
