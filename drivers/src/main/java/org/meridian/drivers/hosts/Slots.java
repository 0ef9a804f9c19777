package org.meridian.drivers.hosts;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.StoreMark;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The app's places on machines, which are the truth about them: nothing is remembered but what was seen last. */
final class Slots {
    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);
    private static final String AGAIN = "Fix what is said there, then run the command again.";

    private final SlotCommands commands;
    private final MachineAccess access;
    private final Addresses addresses = new Addresses();
    private final Map<Machine, List<Server>> seen = new ConcurrentHashMap<>();
    private final Map<Machine, Diagnostic> unknown = new ConcurrentHashMap<>();

    Slots(SlotCommands commands, MachineAccess access) {
        this.commands = requireNonNull(commands, "commands is null");
        this.access = requireNonNull(access, "access is null");
    }

    /**
     * The app's servers on a machine. One that does not answer any more has those that it had, unreachable: leaving them
     * out would say that they are gone, and who believes that may destroy them when it answers again. Of one that never
     * answered nothing is known; it is {@link #unknown} until it does.
     */
    MachineView observe(Machine machine) throws InterruptedException {
        try {
            List<Server> servers = look(machine);
            seen.put(machine, servers);
            unknown.remove(machine);
            return new MachineView(servers, Optional.empty());
        } catch (Failure e) {
            return switch (e.kind()) {
                case FAILED, NO_ANSWER -> unseen(machine, e.diagnostic());
                case NEEDS_PERSON, USAGE, LOCKED -> throw e;
            };
        }
    }

    private MachineView unseen(Machine machine, Diagnostic why) {
        LOG.warn("{}", why.summary());
        List<Server> before = seen.get(machine);
        if (before == null) {
            unknown.put(machine, why);
            return new MachineView(List.of(), Optional.of(why));
        }
        return new MachineView(
                before.stream()
                        .map(server -> server.seen(Server.State.UNREACHABLE))
                        .toList(),
                Optional.of(why));
    }

    /** Why nothing is known of a machine that has never answered; empty where it has. */
    Optional<Diagnostic> unknown(Machine machine) {
        return Optional.ofNullable(unknown.get(machine));
    }

    private List<Server> look(Machine machine) throws InterruptedException {
        List<Slot> slots = list(machine);
        String hostKey = access.hostKey(machine.ssh());
        String address = slots.isEmpty() ? "" : addresses.of(machine, access.host(machine.ssh()));
        return slots.stream().map(slot -> slot.toServer(address, hostKey)).toList();
    }

    /** The app's places on a machine; throws a Failure when it does not answer. */
    List<Slot> list(Machine machine) throws InterruptedException {
        return run(machine, commands.list(), "looking at what is on " + machine.ssh())
                .lines()
                .filter(line -> mayBeOurs(Slot.place(line)))
                .map(line -> Slot.parse(machine, line))
                .filter(slot -> slot.app().equals(commands.app()))
                .toList();
    }

    /** A marker that can't be read stops the app whose place it may be, and no other. */
    private boolean mayBeOurs(String place) {
        return place.substring(place.lastIndexOf('/') + 1).startsWith(commands.app() + "-");
    }

    void claim(Machine machine, RegionName region, ServerSpec server, Site site, Optional<StoreMark> store)
            throws InterruptedException {
        CommandResult claimed = access.to(machine.ssh()).run(commands.claim(region, server, site, store));
        if (claimed.exitCode() == SlotCommands.NO_PORT) {
            throw Failure.of(Diagnostic.of(
                    "no-port",
                    machine.ssh() + " has no free port from " + site.firstPort() + " to " + site.lastPort() + " for "
                            + server.name(),
                    "Widen 'ports' of region " + region + ", or see what listens there with 'ss -ltnp'."));
        }
        expect(machine, claimed, "making a place for " + server.name() + " on " + machine.ssh());
    }

    void start(Slot slot) throws InterruptedException {
        run(
                slot.machine(),
                commands.start(slot.name()),
                "starting " + slot.name() + " on " + slot.machine().ssh());
    }

    void remove(Slot slot) throws InterruptedException {
        run(
                slot.machine(),
                commands.remove(slot.name()),
                "removing " + slot.name() + " from " + slot.machine().ssh());
    }

    private String run(Machine machine, Command command, String attempted) throws InterruptedException {
        return expect(machine, access.to(machine.ssh()).run(command), attempted);
    }

    /** Everything is done as root; that the user may not is the first thing to go wrong on a new machine. */
    private static String expect(Machine machine, CommandResult result, String attempted) {
        String errors = result.errors();
        if (!result.succeeded() && errors.contains("sudo:")) {
            boolean missing = errors.contains("not found");
            throw Failure.of(Diagnostic.of(
                            "no-root",
                            machine.ssh() + ": the user that logs in may not become root",
                            missing
                                    ? "Install sudo there, or log in as root: root@"
                                            + machine.ssh().host() + "."
                                    : "On the machine, as root, run the command below; or log in as root.")
                    .withDetail(
                            missing
                                    ? errors.strip()
                                    : "echo 'USER ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/meridian   # with its name for"
                                            + " USER\n" + errors.strip()));
        }
        return result.expect(attempted, AGAIN);
    }
}
