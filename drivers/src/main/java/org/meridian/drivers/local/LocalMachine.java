package org.meridian.drivers.local;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Machine;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.Owned;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.StoreMark;
import org.meridian.core.spi.MachineProvider.Found;

/**
 * A machine's container as Docker shows it.
 *
 * @param id        the container's full id
 * @param status    Docker's word for its state
 * @param spec      what it was made for, from its labels
 * @param region    its region, from its labels
 * @param address   its address on the region's network; empty while it has none
 * @param store     the state that it was made from, from its labels; empty where it has no such label
 */
record LocalMachine(
        String id,
        String status,
        MachineSpec spec,
        RegionName region,
        Optional<String> address,
        Optional<StoreMark> store)
        implements Owned {
    private static final int FIELDS = 9;

    LocalMachine {
        requireNonNull(id, "id is null");
        requireNonNull(status, "status is null");
        requireNonNull(spec, "spec is null");
        requireNonNull(region, "region is null");
        requireNonNull(address, "address is null");
        requireNonNull(store, "store is null");
    }

    /** The Go template that makes {@code docker inspect} print the fields, separated by tabs. */
    static String template(LocalNames names) {
        String network = "printf \"meridian-%s-%s\" \"" + names.app() + "\" " + labelled(LocalNames.REGION);
        return String.join(
                "\t",
                "{{.Id}}",
                "{{.State.Status}}",
                "{{" + labelled(LocalNames.SERVER) + "}}",
                "{{with " + labelled(LocalNames.RELEASE) + "}}{{.}}{{end}}",
                "{{with " + labelled(LocalNames.REVISION) + "}}{{.}}{{end}}",
                "{{" + labelled(LocalNames.REGION) + "}}",
                "{{with index .NetworkSettings.Networks (" + network + ")}}{{.IPAddress}}{{end}}",
                "{{" + labelled(LocalNames.STORE) + "}}",
                "{{" + labelled(LocalNames.MAKER) + "}}");
    }

    private static String labelled(String label) {
        return "(index .Config.Labels \"" + label + "\")";
    }

    /** Reads a line that {@link #template} made. */
    static LocalMachine parse(String line) {
        String[] fields = line.split("\t", -1);
        try {
            return parse(fields);
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                    Diagnostic.of(
                            "bad-labels",
                            "the container " + fields[0] + " bears the app's labels, and they name no machine: "
                                    + e.getMessage(),
                            "If a newer Meridian made it, use that one. Otherwise remove it: docker rm --force "
                                    + fields[0]),
                    e);
        }
    }

    private static LocalMachine parse(String[] fields) {
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("there are " + fields.length + " fields, not " + FIELDS);
        }
        MachineName name = new MachineName(new ServerName(fields[2]).value());
        MachineSpec spec = fields[3].isEmpty()
                ? MachineSpec.staying(name)
                : new MachineSpec(name, new MachineSpec.Lifetime.Release(ReleaseId.parse(fields[3]), fields[4]));
        Optional<String> address = Optional.of(fields[6]).filter(ip -> !ip.isEmpty());
        Optional<StoreMark> store = StoreMark.parse(fields[7], fields[8]);
        return new LocalMachine(fields[0], fields[1], spec, new RegionName(fields[5]), address, store);
    }

    MachineName name() {
        return spec.name();
    }

    boolean running() {
        return status.equals("running");
    }

    boolean paused() {
        return status.equals("paused");
    }

    /** Whether it was started once; what was not has no user data for certain and is made again. */
    boolean whole() {
        return running() || paused() || status.equals("exited") || status.equals("restarting");
    }

    @Override
    public String label() {
        return name().value();
    }

    Found seen(Optional<String> hostKey) {
        Server.State state = running() ? Server.State.RUNNING : Server.State.STOPPED;
        return new Found(spec, region, Machine.made(name(), address, hostKey), state, store);
    }
}
