package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Kept;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.SshAddress;
import org.meridian.core.spi.Accessories;
import org.meridian.core.spi.Installation;
import org.meridian.core.spi.OpenBackup;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;

/** Services that keep data on a machine, over SSH. */
public final class SshAccessories implements Accessories {
    private static final String LOOK = "See 'meridian accessories', then run the command again.";
    private static final Duration LOOKING = Duration.ofSeconds(30);
    private static final Duration LISTING = Duration.ofMinutes(2);
    private static final Duration REMOVING = Duration.ofMinutes(5);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);
    /** Where in the command of the script it says what is done. */
    private static final int WHAT = 5;

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
                .run(
                        place,
                        script("accessories", Scripts.read("accessories"), place)
                                .within(LOOKING))
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
        String ignored = act(
                place, service, within, accessory(place, "restart", service).with(Long.toString(within.toSeconds())));
    }

    @Override
    public void replace(Server place, Installation installation, String service, Duration within)
            throws InterruptedException {
        KeptService wanted = requireNonNull(
                installation.release().content().outliving().services().get(service), service);
        hosts.kept().replace(place, installation, Map.of(service, wanted), within);
        String ignored = act(
                place,
                service,
                within,
                accessory(place, "replace", service).with(Long.toString(within.toSeconds()), app.value()));
    }

    @Override
    public List<String> remove(Server place, String service) throws InterruptedException {
        return act(place, service, REMOVING, accessory(place, "remove", service))
                .lines()
                .toList();
    }

    @Override
    public String backUp(Server place, String service, OpenBackup backup, Duration within) throws InterruptedException {
        return act(
                place,
                service,
                within,
                BackupText.opening(
                        accessory(place, "backup", service)
                                .with(
                                        Integer.toString(backup.backup().keep()),
                                        BackupText.place(backup.backup()),
                                        backup.backup().command().orElseThrow()),
                        backup));
    }

    @Override
    public void schedule(Server place, Map<String, OpenBackup> backups) throws InterruptedException {
        String ignored = hosts.connections()
                .run(
                        place,
                        script("schedules", BackupText.SCRIPT + Scripts.read("schedules"), place)
                                .with(BackupText.scheduled(backups).toArray(String[]::new))
                                .reading(BackupText.keys(backups) + BackupText.ACCESSORY)
                                .within(LOOKING))
                .expect("scheduling backups on " + machine(place), LOOK);
    }

    @Override
    public List<String> backups(Server place, String service, OpenBackup backup) throws InterruptedException {
        Command names = accessory(place, "backups", service).with(BackupText.place(backup.backup()));
        return act(place, service, LISTING, BackupText.opening(names, backup))
                .lines()
                .sorted()
                .toList();
    }

    @Override
    public String restore(Server place, String service, OpenBackup backup, Optional<String> name, Duration within)
            throws InterruptedException {
        return act(
                place,
                service,
                within,
                BackupText.opening(
                        accessory(place, "restore", service)
                                .with(
                                        BackupText.place(backup.backup()),
                                        name.orElse(""),
                                        backup.backup().restore().orElseThrow()),
                        backup));
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

    private String act(Server place, String service, Duration within, Command work) throws InterruptedException {
        CommandResult result = hosts.connections().run(place, work.within(within.plusSeconds(30)));
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
        return result.expect(work.argv().get(WHAT) + " of " + service + " on " + machine(place), LOOK)
                .strip();
    }

    private static Command accessory(Server place, String what, String service) {
        return script("accessory", BackupText.ACCESSORY, place).with(what, service);
    }

    private static Command script(String name, String text, Server place) {
        return Command.of("sh", "-c", text, name, place.name().value());
    }

    private static String machine(Server place) {
        return place.machine().name().value();
    }
}
