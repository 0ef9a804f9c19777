package org.meridian.cli.view;

import java.time.InstantSource;
import org.jline.utils.Signals;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.drivers.command.LocalProcesses;

/** Picks the view that suits where the output goes. */
public final class Views {
    private Views() {}

    /** JSON where it was asked for, a live block on a terminal, plain lines elsewhere. */
    public static View of(Console console, boolean json) {
        if (json) {
            return new JsonView(console);
        }
        return console.live() ? live(console) : new PlainView(console);
    }

    /** What happens beside a command's own output, which somebody may keep: notes go where problems do. */
    public static EventSink beside(View view) {
        return event -> {
            if (event instanceof RolloutEvent.Note note) {
                view.remark(Visible.of(note.text()));
            } else {
                view.emit(event);
            }
        };
    }

    private static View live(Console console) {
        var size = new SttySize(new LocalProcesses());
        Signals.register("WINCH", size::forget);
        return new LiveView(console, size, InstantSource.system());
    }
}
