package org.meridian.drivers.hosts;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.StoreMark;

/**
 * A server's place on a machine, as the machine tells of it.
 *
 * @param machine the machine
 * @param app     whose it is
 * @param region  the region it was made for
 * @param spec    the server that it was made for
 * @param port    the port that the server was given
 * @param stopped whether it was started once and does not run any more
 * @param store   the state that it was made from; empty where the marker has none
 */
record Slot(
        Machine machine,
        AppName app,
        RegionName region,
        ServerSpec spec,
        int port,
        boolean stopped,
        Optional<StoreMark> store) {
    /** Those that every marker has had; later versions add some behind. */
    private static final int FIELDS = 6;

    Slot {
        requireNonNull(machine, "machine is null");
        requireNonNull(app, "app is null");
        requireNonNull(region, "region is null");
        requireNonNull(spec, "spec is null");
        requireNonNull(store, "store is null");
    }

    /** Reads a line that the script {@code list} printed; throws a Failure for a marker that is not Meridian's. */
    static Slot parse(Machine machine, String line) {
        String[] fields = line.split("\t", -1);
        String[] marker = Arrays.copyOfRange(fields, Math.min(2, fields.length), fields.length);
        try {
            if (marker.length < FIELDS) {
                throw new IllegalArgumentException("it has " + marker.length + " fields of " + FIELDS);
            }
            return new Slot(
                    machine,
                    new AppName(marker[1]),
                    new RegionName(marker[2]),
                    new ServerSpec(new ServerName(marker[0]), ReleaseId.parse(marker[3]), marker[4]),
                    Integer.parseInt(marker[5]),
                    fields[1].equals("stopped"),
                    marker.length < FIELDS + 2 ? Optional.empty() : StoreMark.parse(marker[6], marker[7]));
        } catch (IllegalArgumentException e) {
            throw unreadable(machine, fields[0], e);
        }
    }

    /** The directory of a line's marker, whether the marker can be read or not. */
    static String place(String line) {
        return line.split("\t", 2)[0];
    }

    private static Failure unreadable(Machine machine, String place, IllegalArgumentException cause) {
        return Failure.of(
                Diagnostic.of(
                        "bad-marker",
                        machine.ssh() + ": " + place + "/server does not say which server lies there: "
                                + cause.getMessage(),
                        "If a newer Meridian wrote it, use that one. Otherwise, on the machine, see what runs with"
                                + " 'docker ps', and remove the directory and the unit of its name if nothing does."),
                cause);
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
                machine.known(address, hostKey),
                OptionalInt.of(port),
                stopped ? Server.State.STOPPED : Server.State.RUNNING,
                store);
    }
}
