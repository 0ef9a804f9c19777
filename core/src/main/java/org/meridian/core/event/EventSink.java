package org.meridian.core.event;

/** Takes events; must not block for long and may be called from many threads. */
@FunctionalInterface
public interface EventSink {
    /** Takes one event. */
    void emit(RolloutEvent event);
}
