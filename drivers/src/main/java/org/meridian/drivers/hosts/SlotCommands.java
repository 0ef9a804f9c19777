package org.meridian.drivers.hosts;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.StoreMark;
import org.meridian.drivers.command.Command;

/**
 * What is run on a machine to keep places for servers there, as data.
 *
 * @param app   the app
 * @param home  the directory that has a directory for each server
 * @param units the directory of systemd's units
 */
record SlotCommands(AppName app, String home, String units) {
    /** What the script {@code claim} ends with when all ports are taken. */
    static final int NO_PORT = 75;

    private static final Duration LISTING = Duration.ofSeconds(20);
    private static final Duration REMOVING = Duration.ofMinutes(3);

    SlotCommands {
        requireNonNull(app, "app is null");
        requireNonNull(home, "home is null");
        requireNonNull(units, "units is null");
    }

    /** The places that systemd and the SSH driver look at. */
    static SlotCommands usual(AppName app) {
        return new SlotCommands(app, "/opt/meridian", "/etc/systemd/system");
    }

    /** Prints a line for each server of any app, as {@link Slot} reads it. */
    Command list() {
        return script("list", home).within(LISTING);
    }

    /** Makes a place for a server; does nothing when there is one. */
    Command claim(RegionName region, ServerSpec server, Site site, Optional<StoreMark> store) {
        return script(
                "claim",
                home,
                units,
                server.name().value(),
                app.value(),
                region.value(),
                server.release().toString(),
                server.revision(),
                Integer.toString(site.firstPort()),
                Integer.toString(site.lastPort()),
                store.map(mark -> mark.store().toString()).orElse(""),
                store.map(StoreMark::maker).orElse(""));
    }

    Command start(ServerName server) {
        return Command.of("systemctl", "start", "meridian-" + server + ".service")
                .within(REMOVING);
    }

    /** Stops what runs there and removes all of it; does nothing when there is nothing. */
    Command remove(ServerName server) {
        return script("remove", home, units, server.value(), app.value()).within(REMOVING);
    }

    private static Command script(String name, String... arguments) {
        return Command.of("sh", "-c", read(name), name).with(arguments);
    }

    private static String read(String name) {
        try (InputStream script =
                requireNonNull(SlotCommands.class.getResourceAsStream(name), name + " is not packaged")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
