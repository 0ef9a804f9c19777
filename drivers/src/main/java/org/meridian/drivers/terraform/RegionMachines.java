package org.meridian.drivers.terraform;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.rollout.WaitNotice;
import org.meridian.core.spi.FleetDriver.Preview;
import org.meridian.core.spi.MachineProvider.Found;
import org.meridian.drivers.command.CommandResult;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** One region's machines: its state read, and Terraform run on its directory. */
final class RegionMachines {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int READS = 40;
    private static final Duration BETWEEN_READS = Duration.ofMillis(50);

    private final FleetProvider provider;
    private final Region region;
    private final boolean configured;
    private final RegionModule module;
    private final MachineMaterial material;
    private final Terraform terraform;
    private final RootModule root;
    private final RegionDirectory directory;
    private final TerraformCommands commands;

    RegionMachines(
            FleetProvider provider,
            Region region,
            boolean configured,
            RegionModule module,
            MachineMaterial material,
            Terraform terraform) {
        this.provider = provider;
        this.region = region;
        this.configured = configured;
        this.module = module;
        this.material = material;
        this.terraform = terraform;
        this.root =
                new RootModule(material.app(), provider, terraform.settings().backend());
        this.directory = new RegionDirectory(terraform.directory(region.name()), root, material);
        this.commands = new TerraformCommands(terraform.settings(), directory.path());
    }

    /** What Terraform knows of the region; costs no run of a provider, and nothing at all where the state is a file here. */
    RegionState state() throws InterruptedException {
        JsonNode state = terraform.settings().backend().local() ? localState() : pulledState();
        return new RegionState(material.app(), region.name(), state);
    }

    /** A state that Terraform writes just now may be half there. */
    private JsonNode localState() throws InterruptedException {
        for (int read = 1; ; read++) {
            Optional<String> text = directory.localState();
            if (text.isEmpty()) {
                return MissingNode.getInstance();
            }
            try {
                return checked(JSON.readTree(text.get()));
            } catch (JacksonException e) {
                if (read == READS) {
                    throw unreadable("it is cut off");
                }
                terraform.time().sleep(BETWEEN_READS);
            }
        }
    }

    private JsonNode pulledState() throws InterruptedException {
        TerraformCommands reader = new TerraformCommands(terraform.settings(), directory.writeReader(region));
        terraform.open(region.name(), reader.directory(), () -> terraform
                .runs()
                .run(region.name(), "opening Terraform's backend", reader, reader.initReader(), report -> {}));
        CommandResult pulled = terraform.processes().run(reader.pull());
        String text = pulled.expect(region.name() + ": reading Terraform's state", "Put right what Terraform says.");
        try {
            return text.isBlank() ? MissingNode.getInstance() : checked(JSON.readTree(text));
        } catch (JacksonException e) {
            throw unreadable("it is no JSON");
        }
    }

    private JsonNode checked(JsonNode state) {
        if (!RegionState.readable(state)) {
            throw unreadable("it has version " + state.path("version").asInt(0));
        }
        try {
            new RegionState(material.app(), region.name(), state).check();
        } catch (IllegalArgumentException e) {
            throw unreadable("a server in it bears tags that Meridian did not write, " + e.getMessage());
        }
        return state;
    }

    private Failure unreadable(String why) {
        return Failure.of(Diagnostic.of(
                "terraform-state",
                region.name() + ": Terraform's state can't be read: " + why,
                "Look at it with 'terraform -chdir=" + directory.path() + " state pull'."));
    }

    /** Makes the region consist of these machines. */
    void converge(List<MachineSpec> wanted) throws InterruptedException {
        terraform.alone(region.name(), () -> {
            RegionState state = state();
            requireSameProvider(state);
            if (wanted.isEmpty() && state.empty()) {
                return wanted;
            }
            List<AskedMachine> asked = asked(state, wanted);
            terraform.credentials().require(provider, region.name());
            prepare(state);
            directory.writeServers(region, asked);
            RunReport unused = forgettingUserData(
                    () -> terraform.withRoom(() -> provider.bundled() ? apply(wanted.size()) : applyChecked(wanted)));
            return wanted;
        });
    }

    private RunReport apply(int servers) throws InterruptedException {
        return terraform
                .runs()
                .run(
                        region.name(),
                        "terraform apply",
                        commands,
                        commands.apply(servers),
                        new Progress(terraform, region.name())::tell);
    }

    /** A module of the team's own is looked at before it acts: it must not touch a machine that stays. */
    private RunReport applyChecked(List<MachineSpec> wanted) throws InterruptedException {
        Path plan = Path.of(RegionDirectory.PLAN);
        RunReport report = terraform
                .runs()
                .run(
                        region.name(),
                        "terraform plan",
                        commands,
                        commands.plan(plan),
                        new Progress(terraform, region.name())::tell);
        requireStaying(wanted, report);
        WaitNotice applying = terraform.waitingQuietly(region.name(), "Terraform to apply its plan");
        return terraform
                .runs()
                .run(
                        region.name(),
                        "terraform apply",
                        commands,
                        commands.apply(plan, wanted.size()),
                        news -> applying.still(news.progress()));
    }

    private void requireStaying(List<MachineSpec> wanted, RunReport report) throws InterruptedException {
        Set<String> staying = state().machines().stream()
                .filter(machine -> machine.state() == Server.State.RUNNING
                        && (wanted.contains(machine.spec())
                                || !material.ownership().owns(machine.store())))
                .map(Found::label)
                .collect(Collectors.toSet());
        List<RunReport.Change> bad = report.changes().stream()
                .filter(change -> change.destroys() && staying.contains(change.key()))
                .toList();
        if (!bad.isEmpty()) {
            List<MachineName> machines = bad.stream()
                    .map(change -> new MachineName(change.key()))
                    .distinct()
                    .toList();
            throw TerraformFailures.wouldDestroy(region.name(), machines, bad);
        }
    }

    /** What Terraform itself would do. */
    Preview preview(List<MachineSpec> wanted) throws InterruptedException {
        RegionState state = state();
        requireSameProvider(state);
        terraform.credentials().require(provider, region.name());
        return terraform.alone(region.name(), () -> {
            List<AskedMachine> asked = asked(state, wanted);
            prepare(state);
            Path variables = directory.writePreview(region, asked);
            return Previews.of(forgettingUserData(() -> terraform.withRoom(() -> terraform
                    .runs()
                    .run(region.name(), "terraform plan", commands, commands.preview(variables), news -> {}))));
        });
    }

    /** What Terraform says is the reason, also where the files can't be deleted either. */
    private RunReport forgettingUserData(Terraform.Work<RunReport> run) throws InterruptedException {
        RunReport report;
        try {
            initialize();
            report = run.run();
        } catch (InterruptedException | RuntimeException e) {
            forgetUserDataAfter(e);
            throw e;
        }
        directory.forgetUserData();
        return report;
    }

    private void forgetUserDataAfter(Exception first) {
        try {
            directory.forgetUserData();
        } catch (Failure e) {
            first.addSuppressed(e);
        }
    }

    /** Destroys all that Terraform made in the region, and then forgets the region. */
    void destroy() throws InterruptedException {
        terraform.alone(region.name(), () -> {
            RegionState state = state();
            material.ownership().requireOwn(state.machines());
            if (!state.empty()) {
                terraform.credentials().require(provider, region.name());
                prepare(state);
                initialize();
                terraform.withRoom(() -> terraform
                        .runs()
                        .run(
                                region.name(),
                                "terraform destroy",
                                commands,
                                commands.destroy(state.machines().size()),
                                new Progress(terraform, region.name())::tell));
            }
            directory.delete();
            return state;
        });
    }

    /** A region that left the configuration is run with the root module that it has. */
    private void prepare(RegionState state) {
        if (configured || !directory.exists()) {
            directory.writeRoot(at(state), module);
        }
    }

    private Region at(RegionState state) {
        if (configured || state.location().isEmpty()) {
            return region;
        }
        return new Region(
                region.name(),
                region.provider(),
                state.location().get(),
                region.servers(),
                region.size(),
                region.networks(),
                region.env(),
                region.secrets());
    }

    private void initialize() throws InterruptedException {
        if (directory.initialized(module)) {
            return;
        }
        WaitNotice fetching = terraform.waiting(region.name(), "Terraform to fetch what it needs");
        terraform.withCache(() -> terraform
                .runs()
                .run(region.name(), "terraform init", commands, commands.init(), report -> fetching.still("")));
        directory.rememberInitialized(module);
    }

    private void requireSameProvider(RegionState state) {
        state.provider().filter(made -> !made.equals(provider.word())).ifPresent(made -> {
            throw TerraformMachines.otherProvider(region.name(), made, provider.word());
        });
    }

    /** What is asked for: of a machine that there is, the same as before, whatever the configuration says by now;
     * and whatever another state made. */
    private List<AskedMachine> asked(RegionState state, List<MachineSpec> wanted) {
        Map<MachineName, AskedMachine> before = state.asked();
        Set<MachineName> stopped = state.stopped();
        List<AskedMachine> asked = new ArrayList<>();
        material.ownership()
                .requireFree(
                        wanted.stream().map(spec -> spec.name().value()).collect(Collectors.toSet()), state.machines());
        before.values().stream()
                .filter(server -> !material.ownership().owns(server.store()))
                .forEach(asked::add);
        for (MachineSpec spec : wanted) {
            Optional<AskedMachine> known = Optional.ofNullable(before.get(spec.name()))
                    .filter(server -> server.spec().equals(spec));
            if (known.isPresent() && !stopped.contains(spec.name())) {
                asked.add(known.get());
            } else {
                asked.add(fresh(spec, known));
            }
        }
        return asked;
    }

    /** One that was stopped is made again: not every cloud lets Terraform start a server. */
    private AskedMachine fresh(MachineSpec spec, Optional<AskedMachine> former) {
        String generation = former.map(machine -> machine.generation() + "+").orElseGet(() -> first(spec));
        String text = material.userData(spec.name(), generation).reveal();
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > provider.longestUserData()) {
            throw Failure.of(Diagnostic.of(
                    "user-data-too-long",
                    region.name() + ": the user data has " + length + " bytes, and " + provider.word() + " takes "
                            + provider.longestUserData(),
                    "Shorten what is added to it."));
        }
        return new AskedMachine(
                spec,
                region.size(),
                material.port(spec),
                generation,
                material.hostKeys().of(spec.name(), generation).publicKey(),
                former.map(AskedMachine::store).orElseGet(material.ownership()::mark));
    }

    private static String first(MachineSpec spec) {
        return spec.lifetime() instanceof MachineSpec.Lifetime.Release(ReleaseId release, String revision)
                ? revision
                : "1";
    }

    /** Tells how much a run is going to change, and now and then how much of it is done. */
    private static final class Progress {
        private final Terraform terraform;
        private final RegionName region;
        private WaitNotice notice;
        private boolean told;

        Progress(Terraform terraform, RegionName region) {
            this.terraform = terraform;
            this.region = region;
            this.notice = terraform.waitingQuietly(region, "Terraform to say what it changes");
        }

        void tell(RunReport report) {
            if (!told && report.planned().filter(summary -> !summary.nothing()).isPresent()) {
                told = true;
                notice = terraform.waiting(
                        region, "Terraform: " + report.planned().get().words());
            }
            notice.still(report.progress());
        }
    }
}
