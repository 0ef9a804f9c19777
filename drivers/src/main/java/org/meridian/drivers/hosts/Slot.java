package org.meridian.drivers.hosts;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Seat;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;

/**
 * A server's place on a machine, as the machine tells of it.
 *
 * @param machine the machine
 * @param app     whose it is
 * @param region  the region it was made for
 * @param spec    the server that it was made for
 * @param port    the port that the server was given
 * @param stopped whether it was started once and does not run any more
 */
record Slot(Machine machine, AppName app, RegionName region, ServerSpec spec, int port, boolean stopped) {
    private static final int FIELDS = 7;

    Slot {
        requireNonNull(machine, "machine is null");
        requireNonNull(app, "app is null");
        requireNonNull(region, "region is null");
        requireNonNull(spec, "spec is null");
    }

    /** Reads a line that the script {@code list} printed; throws IllegalArgumentException for another. */
    static Slot parse(Machine machine, String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("not " + FIELDS + " fields: " + line);
        }
        return new Slot(
                machine,
                new AppName(fields[1]),
                new RegionName(fields[2]),
                new ServerSpec(new ServerName(fields[0]), ReleaseId.parse(fields[3]), fields[4]),
                Integer.parseInt(fields[5]),
                fields[6].equals("stopped"));
    }

    ServerName name() {
        return spec.name();
    }

    Server toServer(String address, String hostKey) {
        return new Server(
                spec.name(),
                region,
                spec.release(),
                spec.revision(),
                Optional.of(address),
                Optional.of(hostKey),
                stopped ? Server.State.STOPPED : Server.State.RUNNING,
                Optional.of(new Seat(machine.ssh(), port)));
    }
}
