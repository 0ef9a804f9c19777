package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Backup;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.model.Region;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.rollout.Installations;
import org.meridian.core.spi.Accessories;
import org.meridian.core.spi.Accessories.Accessory;
import org.meridian.core.spi.OpenBackup;

/**
 * What people do with services that keep data and outlive releases. Each names its service; what changes something takes the
 * app's lock, and is in the audit log before it begins.
 */
public final class AccessoryWork {
    private static final Duration STARTING = Duration.ofMinutes(5);
    private static final Duration COPYING = Duration.ofHours(2);
    private static final String SAY =
            "Write 'services: { %s: { backup: { command: …, restore: … } } }' in meridian.yml" + " (docs/data.md).";

    private final Workspace workspace;
    private final Accessories accessories;
    private final KnownSecrets secrets;

    /** Works in this workspace. */
    public AccessoryWork(Workspace workspace, Accessories accessories) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.accessories = requireNonNull(accessories, "accessories is null");
        this.secrets = new KnownSecrets(workspace);
    }

    /** Those that were started; empty where the app has no one machine that stays. */
    public List<SeenAccessory> list() throws InterruptedException {
        Optional<Server> place = accessories.place();
        return place.isEmpty()
                ? List.of()
                : workspace.world().patience().retry(() -> seen(accessories.list(place.get())));
    }

    /** Where a service is, for commands and logs; throws a Failure of kind USAGE when it was never started. */
    public Server place(String service) throws InterruptedException {
        Server place = place();
        requireThere(service);
        return place;
    }

    /** Writes into the audit log that somebody works on a service by hand. */
    public void record(String action, String service, String what) throws InterruptedException {
        write(workspace, action, service, what);
    }

    private void write(Workspace where, String action, String service, String what) throws InterruptedException {
        new Audit(where).write("accessories " + action, List.of(place().name()), service + what);
    }

    /** Starts a service again as it is. */
    public void restart(String service) throws InterruptedException {
        alone("restart", service, place -> accessories.restart(place, service, STARTING));
    }

    /** Makes a service again as the Compose file has it now, with the same data. */
    public void upgrade(String service) throws InterruptedException {
        if (!wanted().containsKey(service)) {
            throw Failure.usage(Diagnostic.of(
                    "unknown-service",
                    "the Compose file has no service '" + service + "' that keeps data",
                    "It has " + (wanted().isEmpty() ? "none" : String.join(", ", new TreeSet<>(wanted().keySet())))
                            + "."));
        }
        Secrets secrets = Secrets.complete(workspace.app(), workspace.secretSources());
        Release.Content content = new ReleaseContent(
                        workspace.app(),
                        workspace.patientRegistry(),
                        workspace.world().tasks())
                .outliving(secrets);
        Release files =
                new Release(new ReleaseId(1), "", workspace.world().time().now(), service, content);
        Installations installations =
                new Installations(workspace.app().name(), workspace.app().primary(), files, secrets.values());
        alone("upgrade", service, place -> accessories.replace(place, installations.of(place), service, STARTING));
    }

    /** Writes a backup of a service on its machine; returns its path and size. */
    public String backUp(String service) throws InterruptedException {
        requireThere(service);
        if (backup(service).command().isEmpty()) {
            throw unknown(service, "how it is backed up", SAY);
        }
        OpenBackup backup = open(service);
        record("backup", service, "");
        List<String> made = new ArrayList<>();
        masked(place -> made.add(accessories.backUp(place, service, backup, COPYING)));
        return made.getFirst();
    }

    /** Throws a Failure, before anything is begun, where {@link #schedule} would not get what opens a backup's bucket. */
    public void requireKeys() throws InterruptedException {
        if (accessories.place().isPresent()) {
            Map<String, OpenBackup> ignored = scheduled();
        }
    }

    /** Has the machine make the backups for which there is a schedule, and no others. */
    public void schedule() throws InterruptedException {
        if (accessories.place().isPresent()) {
            try {
                Map<String, OpenBackup> scheduled = scheduled();
                masked(place -> accessories.schedule(place, scheduled));
            } catch (Failure e) {
                throw Failure.needsPerson(Diagnostic.of(
                                "backups-not-scheduled",
                                "the release serves, and backups are not made by the schedule in the configuration: "
                                        + e.diagnostic().summary(),
                                "Deploy again.")
                        .withDetail(e.diagnostic().detail()));
            }
        }
    }

    private Map<String, OpenBackup> scheduled() throws InterruptedException {
        Map<String, OpenBackup> scheduled = new TreeMap<>();
        for (String service : wanted().keySet()) {
            if (backup(service).schedule().isPresent()) {
                scheduled.put(service, open(service));
            }
        }
        return scheduled;
    }

    /** The names of a service's backups, oldest first. */
    public List<String> backups(String service) throws InterruptedException {
        requireThere(service);
        return accessories.backups(place(), service, open(service));
    }

    /** Puts a backup, the newest where none is named, in the place of a service's data; returns where it is. */
    public String restore(String service, Optional<String> name) throws InterruptedException {
        requireThere(service);
        if (backup(service).restore().isEmpty()) {
            throw unknown(service, "how a backup is taken back", SAY);
        }
        OpenBackup backup = open(service);
        List<String> restored = new ArrayList<>();
        locked("restore", service, place -> restored.add(accessories.restore(place, service, backup, name, COPYING)));
        return restored.getFirst();
    }

    /** Removes a service and its data; returns what was removed and what is left, for people. */
    public List<String> remove(String service) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        alone("remove", service, place -> lines.addAll(accessories.remove(place, service)));
        return lines;
    }

    private void alone(String action, String service, Work work) throws InterruptedException {
        requireThere(service);
        locked(action, service, work);
    }

    /** Of a service that is there. */
    private void locked(String action, String service, Work work) throws InterruptedException {
        try (Turn turn = Turn.take(workspace, "accessories " + action)) {
            write(turn.outside(), action, service, "");
            masked(work);
        }
    }

    /** What a container says of why it failed may have a secret in it. */
    void masked(Work work) throws InterruptedException {
        Server place = place();
        try {
            work.on(place);
        } catch (Failure e) {
            throw secrets.redaction().mask(e);
        }
    }

    /** Every one of these was started; throws a Failure of kind USAGE that names the others. */
    void requireAll(Set<String> services) throws InterruptedException {
        if (services.isEmpty()) {
            return;
        }
        List<String> there =
                accessories.list(place()).stream().map(Accessory::name).toList();
        for (String service : services) {
            requireAmong(there, service);
        }
    }

    private void requireThere(String service) throws InterruptedException {
        requireAll(Set.of(service));
    }

    private void requireAmong(List<String> there, String service) {
        if (!there.contains(service)) {
            throw Failure.usage(Diagnostic.of(
                    "unknown-service",
                    "no service '" + service + "' that keeps data runs for "
                            + workspace.app().name(),
                    there.isEmpty()
                            ? "A deploy starts what the Compose file has."
                            : "There is " + String.join(", ", there) + "."));
        }
    }

    private Server place() throws InterruptedException {
        return accessories
                .place()
                .orElseThrow(() -> Failure.usage(Diagnostic.of(
                        "no-accessories",
                        "no machine of this app keeps data: it has not one machine that stays, and names none of several",
                        "Write 'services: { NAME: { machine: … } }' (docs/data.md).")));
    }

    private Map<String, KeptService> wanted() {
        return workspace.app().compose().kept().services();
    }

    private Backup backup(String service) {
        return Optional.ofNullable(wanted().get(service))
                .map(KeptService::backup)
                .orElse(Backup.NONE);
    }

    private OpenBackup open(String service) throws InterruptedException {
        Server place = place();
        String location = workspace.app().regions().stream()
                .filter(region -> region.name().equals(place.region()))
                .map(Region::location)
                .findFirst()
                .orElse("");
        return new BackupKeys(workspace.secretSources(), location).open(backup(service));
    }

    private static Failure unknown(String service, String what, String advice) {
        return Failure.usage(Diagnostic.of(
                "no-backup-command", "nobody has said " + what + ": " + service, advice.formatted(service)));
    }

    private List<SeenAccessory> seen(List<Accessory> there) {
        return there.stream()
                .map(one -> SeenAccessory.of(
                        one,
                        Optional.ofNullable(wanted().get(one.name())),
                        workspace.world().time().now()))
                .toList();
    }

    /** What is done on the machine. */
    interface Work {
        void on(Server place) throws InterruptedException;
    }
}
