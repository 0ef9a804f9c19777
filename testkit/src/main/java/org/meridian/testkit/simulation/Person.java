package org.meridian.testkit.simulation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.operation.AccessoryWork;
import org.meridian.core.operation.Answers;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.Locks;
import org.meridian.core.operation.ReadStatus;
import org.meridian.core.operation.Retire;
import org.meridian.core.operation.RollBack;
import org.meridian.core.operation.RollBackRequest;
import org.meridian.core.operation.Scale;
import org.meridian.core.operation.StatusReport;
import org.meridian.core.operation.Workspace;

/** Gives commands in a simulated world, each in a process of its own, and looks at what comes out. */
final class Person {
    /** What came out of a command whose process was killed. */
    static final String KILLED = "killed";

    private final SimulatedWorld world;

    Person(SimulatedWorld world) {
        this.world = world;
    }

    /** Does it as that deployer; what came out is looked at and counted. */
    String carryOut(Command command, Deployer deployer) throws InterruptedException {
        world.chronicle.add(deployer, "command", command);
        deployer.askedToGoBack = command instanceof Command.RollBack;
        String outcome = tried(command, deployer);
        world.chronicle.add(deployer, "ended", outcome);
        world.tally.add("command " + command.getClass().getSimpleName() + " " + outcome);
        return outcome;
    }

    private String tried(Command command, Deployer deployer) throws InterruptedException {
        try {
            return outcome(command, deployer);
        } catch (Failure e) {
            e.diagnostics().forEach(problem -> world.chronicle.add(deployer, "says", problem));
            return e.kind().toString().toLowerCase(Locale.ROOT);
        } catch (SimulatedCrash e) {
            return KILLED;
        } catch (RuntimeException e) {
            throw world.violated(new Violation("I8", deployer + " fell over: " + e, e));
        }
    }

    private String outcome(Command command, Deployer deployer) throws InterruptedException {
        Workspace workspace = world.workspace(deployer);
        return switch (command) {
            case Command.Deploy deploy -> ended(new Deploy(workspace).run(request(deploy), plan -> true), deployer);
            case Command.RollBack back ->
                ended(
                        new RollBack(workspace).run(RollBackRequest.to(back.to().map(ReleaseId::new)), plan -> true),
                        deployer);
            case Command.Scale scale -> scaled(scale, deployer);
            case Command.Edit edit -> {
                new SimulatedFile(world, deployer, edit.servers()).write();
                yield "edited";
            }
            case Command.Accessory accessory -> {
                worked(accessory, workspace, deployer);
                yield "worked";
            }
            case Command.Retire retire ->
                "retired " + new Retire(workspace).run().size();
            case Command.Status status -> told(new ReadStatus(workspace).run());
            case Command.Say say -> said(say, workspace);
            case Command.BreakLock broken -> new Locks(workspace).release().isPresent() ? "took it" : "nobody had it";
            case Command.Rest rest -> rested(rest, deployer);
        };
    }

    private String scaled(Command.Scale scale, Deployer deployer) throws InterruptedException {
        SimulatedFile file = new SimulatedFile(world, deployer, scale.servers());
        Workspace workspace = world.workspace(deployer, file.edited());
        return ended(new Scale(workspace).run(file, plan -> true), deployer);
    }

    private void worked(Command.Accessory accessory, Workspace workspace, Deployer deployer)
            throws InterruptedException {
        deployer.worksOn = Set.of(accessory.service());
        AccessoryWork work = new AccessoryWork(workspace, new SimulatedAccessories(world, deployer));
        switch (accessory.what()) {
            case RESTART -> work.restart(accessory.service());
            case UPGRADE -> work.upgrade(accessory.service());
            case REMOVE -> {
                List<String> ignored = work.remove(accessory.service());
            }
        }
    }

    private static DeployRequest request(Command.Deploy deploy) {
        Set<RegionName> regions = deploy.regions().stream().map(Shape::region).collect(Collectors.toSet());
        return new DeployRequest(Optional.empty(), Optional.of("v" + deploy.version()), regions, deploy.abandon());
    }

    private static String told(StatusReport status) {
        return status.unfinished().isPresent() ? "tells of an interruption" : "tells that all is well";
    }

    private static String said(Command.Say say, Workspace workspace) {
        Answers answers = new Answers(workspace);
        return "said " + answers.say(answers.underWay().number(), say.verdict()).verdict();
    }

    private static String rested(Command.Rest rest, Deployer deployer) throws InterruptedException {
        deployer.sleep(rest.howLong());
        return "rested";
    }

    /** A rollout that says that it ended well must have left the world in order. */
    private String ended(Receipt receipt, Deployer deployer) {
        boolean well =
                switch (receipt.outcome()) {
                    case DEPLOYED, SCALED, ROLLED_BACK -> true;
                    case UNCHANGED, PAUSED, FAILED -> false;
                };
        if (!world.state.heldLast(deployer)) {
            // It came back from its last call so late that another has begun: the world is that one's to answer for.
            return receipt.outcome().written();
        }
        boolean forward = well && (deployer.rollsBack() || receipt.outcome() != Receipt.Outcome.ROLLED_BACK);
        if (forward) {
            deployer.plan().ifPresent(plan -> world.invariants.requireCounted(deployer, plan));
        } else if (well) {
            deployer.plan().ifPresent(world.invariants::requireFormerNumbers);
        }
        if (receipt.outcome() == Receipt.Outcome.DEPLOYED) {
            world.invariants.require(
                    deployer.judgedBadAt == SimulatedServer.NEVER, "canary", () -> "deployed what was judged bad");
        }
        if (well) {
            world.invariants.requireWhole(deployer);
            world.invariants.requireNoOrphans(region -> accountedFor(region, deployer));
            world.invariants.require(
                    deployer.storeFailed || world.state.unended().isEmpty(),
                    "journal",
                    () -> "these have no end in it: " + world.state.unended());
        }
        return receipt.outcome().written();
    }

    /** What serves anywhere, what did when the rollout began, and what the last one that ended well replaced there. */
    private Set<ReleaseId> accountedFor(RegionName region, Deployer deployer) {
        Set<ReleaseId> releases = world.invariants.servingAnywhere();
        releases.addAll(deployer.servedBefore);
        world.state.rollouts.reversed().stream()
                .filter(rollout -> rollout.outcome() == RolloutRecord.Outcome.DONE)
                .filter(rollout -> !rollout.to().equals(rollout.former().getOrDefault(region, rollout.to())))
                .findFirst()
                .ifPresent(rollout -> releases.add(rollout.former().get(region)));
        if (deployer.storeFailed) {
            // How it ended may not be remembered; that it began is.
            Optional.ofNullable(world.state.rollouts.getLast().former().get(region))
                    .ifPresent(releases::add);
        }
        return releases;
    }
}
