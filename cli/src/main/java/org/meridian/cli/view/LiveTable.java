package org.meridian.cli.view;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jline.utils.Signals;
import org.meridian.core.operation.TopReport;
import org.meridian.drivers.command.LocalProcesses;

/** A table at the end of a terminal that is drawn over itself. */
public final class LiveTable implements AutoCloseable {
    private final Screen screen;
    private final Style style;
    private final Supplier<ScreenSize> size;

    private LiveTable(Console console, Supplier<ScreenSize> size) {
        this.screen = new Screen(console.out());
        this.style = console.outStyle();
        this.size = size;
    }

    /** On this process's terminal. */
    public static LiveTable on(Console console) {
        requireNonNull(console, "console is null");
        var size = new SttySize(new LocalProcesses());
        Signals.register("WINCH", size::forget);
        return new LiveTable(console, size);
    }

    /** Shows this now; what does not fit is left out, and said to be. */
    public void draw(TopReport report) {
        ScreenSize now = size.get();
        List<String> lines = new ArrayList<>(new TopText(style).lines(report));
        int room = Math.max(1, now.rows() - 2);
        if (lines.size() > room) {
            int more = lines.size() - room + 1;
            lines = new ArrayList<>(lines.subList(0, room - 1));
            lines.add(style.dim("and " + more + " more lines; make the terminal higher, or see --json"));
        }
        screen.draw(lines.stream()
                .map(line -> Table.fit(line, now.columns() - 1, style))
                .toList());
    }

    /** The last table stays; the cursor is shown again. */
    @Override
    public void close() {
        screen.release();
    }
}
