package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutRecord;

/**
 * Works on machines one after another while the others serve: the users and the work of each leave it first, and come back once it
 * is healthy. The first one that fails ends it.
 */
public final class MachineWork {
    private final Workspace workspace;

    /** On the machines of this workspace's app. */
    public MachineWork(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /** Every machine that has servers of the app. */
    public List<SeenMachine> list() throws InterruptedException {
        return SeenMachine.all(workspace.app(), workspace.observe());
    }

    /** Takes machines out of traffic until {@link #undrain}, a deploy or a scaling; once {@code confirm} agrees to which. */
    public void drain(MachineRequest request, Predicate<List<SeenMachine>> confirm) throws InterruptedException {
        each("drain", request, confirm, (turn, name) -> machine(turn, name).leave(request.downtime()));
    }

    /** Gives them their users and their work back. */
    public void undrain(MachineRequest request, Predicate<List<SeenMachine>> confirm) throws InterruptedException {
        each("drain --end", request, confirm, (turn, name) -> machine(turn, name)
                .comeBack());
    }

    /** Reboots machines. */
    public void reboot(MachineRequest request, Predicate<List<SeenMachine>> confirm) throws InterruptedException {
        each("reboot", request, confirm, (turn, name) -> {
            OneMachine machine = machine(turn, name);
            machine.requireRunning();
            machine.leave(request.downtime());
            machine.reboot();
            machine(turn, name).comeBack();
        });
    }

    /**
     * Puts new machines in the place of machines that Meridian made. Their region has one server more meanwhile, so that it
     * never has fewer.
     */
    public void replace(MachineRequest request, Predicate<List<SeenMachine>> confirm) throws InterruptedException {
        try (Turn turn = begin("replace")) {
            List<SeenMachine> chosen = chosen(request);
            chosen.forEach(OneMachine::requireMade);
            if (!confirm.test(chosen)) {
                return;
            }
            Map<RegionName, List<SeenMachine>> byRegion = chosen.stream()
                    .collect(Collectors.groupingBy(SeenMachine::region, LinkedHashMap::new, Collectors.toList()));
            for (Map.Entry<RegionName, List<SeenMachine>> region : byRegion.entrySet()) {
                Workspace more = withOneMore(region.getKey());
                scale(turn, more);
                for (SeenMachine machine : region.getValue()) {
                    audit("replace", machine);
                    machine(turn, machine.name().value()).discard();
                    scale(turn, more);
                }
                scale(turn, workspace);
            }
        }
    }

    private void each(String command, MachineRequest request, Predicate<List<SeenMachine>> confirm, Step step)
            throws InterruptedException {
        try (Turn turn = begin(command)) {
            List<SeenMachine> chosen = chosen(request);
            if (!confirm.test(chosen)) {
                return;
            }
            for (SeenMachine machine : chosen) {
                audit(command, machine);
                step.take(turn, machine.name().value());
            }
        }
    }

    private Turn begin(String command) throws InterruptedException {
        Turn turn = Turn.take(workspace, "machines " + command);
        boolean begun = false;
        try {
            workspace.history().interrupted().ifPresent(MachineWork::refuse);
            begun = true;
            return turn;
        } finally {
            if (!begun) {
                turn.close();
            }
        }
    }

    private static void refuse(RolloutRecord unfinished) {
        throw Failure.usage(Diagnostic.of(
                "rollout-unfinished",
                "the rollout to " + unfinished.to() + " did not end, so it is not said where users belong",
                "'meridian deploy' finishes it, 'meridian rollback' undoes it; then work on machines."));
    }

    private List<SeenMachine> chosen(MachineRequest request) throws InterruptedException {
        List<SeenMachine> all = SeenMachine.all(workspace.app(), workspace.observeOwn(workspace.regionNames()));
        List<SeenMachine> there = all.stream()
                .filter(machine ->
                        request.region().map(machine.region()::equals).orElse(true))
                .toList();
        if (request.names().isEmpty()) {
            return requireSome(there, all);
        }
        List<SeenMachine> chosen = new ArrayList<>();
        for (SeenMachine machine : there) {
            if (request.names().stream().anyMatch(machine::named)) {
                chosen.add(machine);
            }
        }
        List<String> unknown = request.names().stream()
                .filter(name -> chosen.stream().noneMatch(machine -> machine.named(name)))
                .toList();
        if (!unknown.isEmpty()) {
            throw Failure.usage(Diagnostic.of(
                    "unknown-machine",
                    "there is no machine " + String.join(", ", unknown),
                    all.isEmpty()
                            ? "Run 'meridian deploy' first."
                            : "There is " + names(all) + "; write one of these."));
        }
        return chosen;
    }

    private static List<SeenMachine> requireSome(List<SeenMachine> there, List<SeenMachine> all) {
        if (there.isEmpty()) {
            throw Failure.usage(Diagnostic.of(
                    "nothing-deployed",
                    "there is no machine with a server of the app",
                    all.isEmpty() ? "Run 'meridian deploy' first." : "There is " + names(all) + " in other regions."));
        }
        return there;
    }

    private static String names(List<SeenMachine> machines) {
        return machines.stream().map(machine -> machine.name().value()).collect(Collectors.joining(", "));
    }

    private OneMachine machine(Turn turn, String name) throws InterruptedException {
        return OneMachine.find(turn.outside(), workspace.observeOwn(workspace.regionNames()), name);
    }

    private Workspace withOneMore(RegionName name) {
        App app = workspace.app();
        return workspace.wanting(app.withRegions(app.regions().stream()
                .map(region -> region.name().equals(name) ? region.having(region.servers() + 1) : region)
                .toList()));
    }

    private static void scale(Turn turn, Workspace to) throws InterruptedException {
        Receipt receipt = new Scale(to).run(turn, CountsFile.NONE, plan -> true);
        boolean good = receipt.outcome() == Receipt.Outcome.SCALED || receipt.outcome() == Receipt.Outcome.UNCHANGED;
        if (!good) {
            throw Failure.of(Diagnostic.of(
                    "machine-not-replaced",
                    "a new machine did not come into traffic, so no further one is touched",
                    "See above why. 'meridian scale' gives every region its number of servers again."));
        }
    }

    private void audit(String command, SeenMachine machine) {
        new Audit(workspace)
                .write(
                        "machines " + command,
                        List.of(machine.region()),
                        machine.name().value());
    }

    /** What is done with one machine. */
    private interface Step {
        void take(Turn turn, String name) throws InterruptedException;
    }
}
