package org.meridian.cli.view;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Failure;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandRunner;

/**
 * The controlling terminal's size, as {@code stty} (POSIX) tells it. A terminal library would know it too, and costs more
 * time at start than all the rest of a view.
 */
public final class SttySize implements Supplier<ScreenSize> {
    private static final Command ASK =
            Command.of("sh", "-c", "stty size < /dev/tty").within(Duration.ofSeconds(2));

    private final CommandRunner commands;
    private volatile @Nullable ScreenSize known;

    /** Asks with these commands when the size is first wanted. */
    public SttySize(CommandRunner commands) {
        this.commands = commands;
    }

    /** Asks again next time, because the terminal says that its size changed. */
    public void forget() {
        known = null;
    }

    @Override
    public ScreenSize get() {
        ScreenSize size = known;
        if (size == null) {
            size = ask();
            known = size;
        }
        return size;
    }

    private ScreenSize ask() {
        try {
            return ScreenSize.parse(commands.run(ASK).output());
        } catch (Failure e) {
            // Without stty lines may be too long or too short; that is no reason to stop.
            return ScreenSize.USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ScreenSize.USUAL;
        }
    }
}
