package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Definition;
import org.meridian.core.model.Kept;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.spi.Installation;
import org.meridian.drivers.command.CommandResult;

/**
 * Makes services that outlive releases where they are missing on a machine, and never touches one that is there.
 *
 * <p>What is made is written down on the machine before it is made, so that whoever was cut off finds it and goes on.
 */
final class KeepServices {
    private final ServerShell shell;
    private final InstallRelease install;
    private final Map<String, ReentrantLock> machines = new ConcurrentHashMap<>();

    KeepServices(ServerShell shell, InstallRelease install) {
        this.shell = requireNonNull(shell, "shell is null");
        this.install = requireNonNull(install, "install is null");
    }

    /** As {@link org.meridian.core.spi.HostDriver#keep} says. */
    List<String> keep(Server server, Installation installation, Duration within) throws InterruptedException {
        if (!installation.release().content().outliving().on(server)) {
            return List.of();
        }
        ReentrantLock alone = machines.computeIfAbsent(machine(server), unused -> new ReentrantLock());
        alone.lockInterruptibly();
        try {
            KeptState before = state(server, installation.release().content().outliving());
            makeMissing(server, installation, before, within);
            run(server, installation.release().id(), within);
            return differences(installation.release().content().outliving(), before);
        } finally {
            alone.unlock();
        }
    }

    private void makeMissing(Server server, Installation installation, KeptState before, Duration within)
            throws InterruptedException {
        Map<String, KeptService> missing =
                new TreeMap<>(installation.release().content().outliving().services());
        missing.keySet().removeAll(before.services().keySet());
        if (missing.isEmpty()) {
            return;
        }
        requireNoneBefore(server, before);
        install(server, installation, before.next(), missing, within);
    }

    /** A new volume beside one that has the data would look as if the data were lost, and then it is lost. */
    private static void requireNoneBefore(Server server, KeptState state) {
        if (!state.former().isEmpty()) {
            throw Failure.of(Diagnostic.of(
                    "data-in-a-release",
                    server.name() + ": the volume " + state.former().getFirst()
                            + " of a release on its machine has data that would be left behind",
                    "Copy the data out, give the volume another name in the Compose file, deploy, and load it"
                            + " (docs/data.md)."));
        }
    }

    /** The same for services that are there, and are going to be made again. */
    void replace(Server server, Installation installation, Map<String, KeptService> services, Duration within)
            throws InterruptedException {
        KeptState before = state(server, installation.release().content().outliving());
        install(server, installation, before.next(), services, within);
    }

    /** Everything that those services are made from, and the word that they are. */
    private void install(
            Server server,
            Installation installation,
            ReleaseId revision,
            Map<String, KeptService> services,
            Duration within)
            throws InterruptedException {
        PublishedAddresses.require(server, services.values(), shell.run(server, HostCommands.addresses()));
        install.installOutliving(server, installation, revision, services.keySet(), within);
        register(server, revision, services);
    }

    private KeptState state(Server server, Kept kept) throws InterruptedException {
        return KeptState.read(shell.run(server, shell.outliving(server).kept(shell.app(), kept))
                .expect(ServerShell.on(server, "looking at what keeps data"), ServerShell.LOOK));
    }

    private void register(Server server, ReleaseId revision, Map<String, KeptService> services)
            throws InterruptedException {
        String ignored = shell.run(server, shell.outliving(server).register(revision, services))
                .expect(ServerShell.on(server, "writing down what keeps data"), ServerShell.LOOK);
    }

    private void run(Server server, ReleaseId release, Duration within) throws InterruptedException {
        CommandResult kept = shell.write(server, shell.commands(server).keep(release, within));
        if (!kept.succeeded()) {
            String unwell = shell.run(server, shell.outliving(server).unwell()).output();
            throw Failure.of(Diagnostic.of(
                            "data-service-unwell",
                            "services that keep data are not well on the machine of " + server.name(),
                            "Fix what their logs say, then deploy again; their data is untouched.")
                    .withDetail((ServerShell.lastLines(kept.errors()) + "\n" + unwell).strip()));
        }
    }

    private List<String> differences(Kept kept, KeptState there) {
        List<String> words = new ArrayList<>();
        Set<String> known = new TreeSet<>(there.services().keySet());
        for (String service : known) {
            KeptService wanted = kept.services().get(service);
            KeptState.Made made = requireNonNull(there.services().get(service));
            if (wanted == null) {
                words.add(service
                        + " is not in the Compose file any more, or keeps no data there; it and its data stay on"
                        + " the machine of " + shell.app() + ".");
            } else if (!wanted.definition().equals(made.definition())) {
                List<String> changed = Definition.changed(made.definition(), wanted.definition());
                words.add(service + " goes on as it was defined when it was started; deploys do not start it again"
                        + (changed.isEmpty() ? "." : " (other " + String.join(", ", changed) + ")."));
            }
        }
        return words;
    }

    private static String machine(Server server) {
        return server.machine().name().value();
    }
}
