package org.meridian.cli.view;

import java.time.InstantSource;
import org.jline.utils.Signals;
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

    private static View live(Console console) {
        var size = new SttySize(new LocalProcesses());
        Signals.register("WINCH", size::forget);
        return new LiveView(console, size, InstantSource.system());
    }
}
