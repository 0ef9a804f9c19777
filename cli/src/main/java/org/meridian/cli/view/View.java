package org.meridian.cli.view;

import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;

/** Shows what happens and what was found; may be called from many threads. */
public interface View extends EventSink, AutoCloseable {
    @Override
    void emit(RolloutEvent event);

    /** Shows what a command found, on standard output. */
    void show(Report report);

    /** Shows problems on standard error; those that were shown already are left out. */
    void problems(List<Diagnostic> problems);

    /** Says something to a person on standard error, such as what an interruption left behind. */
    void remark(String line);

    /** Shows what a person is asked while everything goes on; the answer is read elsewhere. */
    void question(String text);

    /** The question is over; {@code typed} tells that a line was typed at the terminal, whoever answered. */
    void questionOver(boolean typed);

    /** Leaves the terminal as it was found; safe to call twice and at any moment. */
    @Override
    void close();
}
