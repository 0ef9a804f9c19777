package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Backup;
import org.meridian.core.model.Kept;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.SshAddress;
import org.meridian.core.spi.Accessories;
import org.meridian.core.spi.Installation;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;

/** Services that keep data on a machine, over SSH. */
public final class SshAccessories implements Accessories {
    private static final String LOOK = "See 'meridian accessories', then run the command again.";
    private static final Duration LOOKING = Duration.ofSeconds(30);
    private static final Duration REMOVING = Duration.ofMinutes(5);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);
    private static final int NOT_THERE = 66;
    private static final int BUSY = 75;

    private final AppName app;
    private final SshHosts hosts;
    private final Optional<Machine> machine;

    /**
     * Those of an app on one machine; empty where it has no one machine that stays.
     *
     * @param app     the app
     * @param hosts   reach the machine
     * @param machine the machine
     */
    public SshAccessories(AppName app, SshHosts hosts, Optional<Machine> machine) {
        this.app = requireNonNull(app, "app is null");
        this.hosts = requireNonNull(hosts, "hosts is null");
        this.machine = requireNonNull(machine, "machine is null");
    }

    /**
     * A machine that stays.
     *
     * @param region the region that it is in
     * @param ssh    how one logs in to it
     */
    public record Machine(RegionName region, SshAddress ssh) {
        /** Checks that no part is null. */
        public Machine {
            requireNonNull(region, "region is null");
            requireNonNull(ssh, "ssh is null");
        }
    }

    /** Its project has a directory like a server's, by which commands and logs find it. */
    @Override
    public Optional<Server> place() {
        return machine.map(one -> new Server(
                Kept.home(app),
                one.region(),
                new ReleaseId(1),
                "",
                org.meridian.core.model.Machine.listed(one.ssh(), Optional.empty(), Optional.empty()),
                OptionalInt.of(1),
                Server.State.RUNNING,
                Optional.empty()));
    }

    @Override
    public List<Accessory> list(Server place) throws InterruptedException {
        return hosts.connections()
                .run(place, script("accessories", place).within(LOOKING))
                .expect("looking at what keeps data on " + machine(place), LOOK)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.split("\t", -1))
                .map(field -> new Accessory(
                        field[0],
                        field[2],
                        field[3],
                        field[4],
                        field[5].isEmpty()
                                ? Optional.empty()
                                : Optional.of(Duration.ofSeconds(Long.parseLong(field[5]))),
                        backups(field[6]),
                        List.of(field).subList(7, field.length).stream()
                                .filter(data -> !data.contains(" /opt/meridian/") && !data.contains(" /run/meridian/"))
                                .toList()))
                .toList();
    }

    @Override
    public void restart(Server place, String service, Duration within) throws InterruptedException {
        String ignored = act(place, "restart", service, within, Long.toString(within.toSeconds()));
    }

    @Override
    public void replace(Server place, Installation installation, String service, Duration within)
            throws InterruptedException {
        KeptService wanted = requireNonNull(
                installation.release().content().outliving().services().get(service), service);
        hosts.kept().replace(place, installation, Map.of(service, wanted), within);
        String ignored = act(place, "replace", service, within, Long.toString(within.toSeconds()), app.value());
    }

    @Override
    public List<String> remove(Server place, String service) throws InterruptedException {
        return act(place, "remove", service, REMOVING).lines().toList();
    }

    @Override
    public String backUp(Server place, String service, String command, int keep, Duration within)
            throws InterruptedException {
        return act(place, "backup", service, within, Integer.toString(keep), command);
    }

    @Override
    public void schedule(Server place, Map<String, Backup> backups) throws InterruptedException {
        List<String> all = new ArrayList<>();
        new TreeMap<>(backups)
                .forEach((service, backup) -> all.addAll(List.of(
                        service,
                        Integer.toString(backup.keep()),
                        backup.command().orElseThrow(),
                        String.join("\n", backup.schedule().orElseThrow().calendar()))));
        String ignored = hosts.connections()
                .run(
                        place,
                        script("schedules", place)
                                .with(all.toArray(String[]::new))
                                .reading(Scripts.read("accessory"))
                                .within(LOOKING))
                .expect("scheduling backups on " + machine(place), LOOK);
    }

    @Override
    public List<String> backups(Server place, String service) throws InterruptedException {
        return act(place, "backups", service, LOOKING).lines().sorted().toList();
    }

    @Override
    public String restore(Server place, String service, String command, Optional<String> backup, Duration within)
            throws InterruptedException {
        return act(place, "restore", service, within, backup.orElse(""), command);
    }

    /** The newest's name and size, and times in seconds since 1970; "-" for what there is not. */
    private static Backups backups(String words) {
        String[] word = words.split(" ", -1);
        return new Backups(
                word[0].equals("-")
                        ? Optional.empty()
                        : Optional.of(new Saved(
                                LocalDateTime.parse(word[0], NAME).toInstant(ZoneOffset.UTC), Long.parseLong(word[1]))),
                time(word[2]),
                time(word[3]));
    }

    private static Optional<Instant> time(String word) {
        return word.equals("-") ? Optional.empty() : Optional.of(Instant.ofEpochSecond(Long.parseLong(word)));
    }

    private String act(Server place, String what, String service, Duration within, String... arguments)
            throws InterruptedException {
        CommandResult result = hosts.connections()
                .run(
                        place,
                        script("accessory", place)
                                .with(what, service)
                                .with(arguments)
                                .within(within.plusSeconds(30)));
        if (result.exitCode() == NOT_THERE) {
            throw Failure.usage(Diagnostic.of(
                    "not-there",
                    machine(place) + ": " + result.errors().strip().lines().reduce("", (first, last) -> last),
                    "'meridian accessories' lists what there is."));
        }
        if (result.exitCode() == BUSY) {
            throw Failure.locked(Diagnostic.of(
                    "backing-up",
                    machine(place) + ": a backup of " + service + " is being made or taken back",
                    "Wait until it is done, then run the command again."));
        }
        return result.expect(what + " of " + service + " on " + machine(place), LOOK)
                .strip();
    }

    private static Command script(String name, Server place) {
        return Command.of("sh", "-c", Scripts.read(name), name, place.name().value());
    }

    private static String machine(Server place) {
        return place.machine().name().value();
    }
}
