import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Secret;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.spi.Ownership;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.terraform.Backend;
import org.meridian.drivers.terraform.FleetProvider;
import org.meridian.drivers.terraform.HostKeyPair;
import org.meridian.drivers.terraform.MemoryBudget;
import org.meridian.drivers.terraform.MachineMaterial;
import org.meridian.drivers.terraform.Terraform;
import org.meridian.core.placement.AloneOnMachines;
import org.meridian.drivers.terraform.TerraformMachines;
import org.meridian.drivers.terraform.TerraformSettings;
import org.meridian.testkit.ec2.Ec2Cloud;
import org.meridian.testkit.ec2.Machines;

/**
 * A region's Terraform step, by Meridian's fleet driver and by {@code terraform apply} alone on a copy of what the driver
 * wrote, each against a cloud of its own; then three regions at once. Real Terraform, real AWS provider.
 *
 * <p>Prints lines of words: {@code step PAIR WHAT OURS_MS BARE_MS} and
 * {@code memory REGIONS PEAK_MIB ANONYMOUS_MIB SECONDS AT_ONCE}.
 *
 * <p>Arguments: a directory that does not exist yet, and how many pairs. The environment has the access key of the test
 * cloud, and TF_CLI_CONFIG_FILE where Terraform finds the provider.
 */
final class TerraformStep {
    private static final AppName APP = new AppName("bench");
    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA+oSfsvJpwAh5W6I3ENPiDBCSXCVEJlMDvC/ufLJyB7";
    private static final int SERVERS = 2;

    private final Path directory;
    private final Ec2Cloud cloud;
    private final Ec2Cloud other;

    private TerraformStep(Path directory, Ec2Cloud cloud, Ec2Cloud other) {
        this.directory = directory;
        this.cloud = cloud;
        this.other = other;
    }

    public static void main(String[] arguments) throws Exception {
        // Terraform would outlive this process when it is ended.
        Runtime.getRuntime().addShutdownHook(new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy), "end-terraform"));
        Path directory = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        Ec2Cloud cloud = Ec2Cloud.start(Machines.none(), 100);
        Ec2Cloud other = Ec2Cloud.start(Machines.none(), 100);
        TerraformStep step = new TerraformStep(directory, cloud, other);
        step.compare(Integer.parseInt(arguments[1]));
        step.measureMemory(1);
        step.measureMemory(3);
        System.exit(0);
    }

    // ---- the step beside the bare command

    private void compare(int pairs) throws Exception {
        Path bare = Files.createDirectories(directory.resolve("bare"));
        Path capture = Files.createDirectories(directory.resolve("capture"));
        AloneOnMachines fleet = fleet("east", capture, List.of(region("east")), 1);
        fleet.converge(region("east"), servers("east", 1));
        copyTree(directory.resolve("east/east"), bare);
        terraform(bare, "init", "-input=false");
        copyFiles(capture, bare);
        apply(bare);
        for (int pair = 1; pair <= pairs; pair++) {
            List<ServerSpec> next = servers("east", pair + 1);
            turn(pair, "replace", fleet, next, capture, bare);
            turn(pair, "nothing", fleet, next, capture, bare);
        }
        fleet.destroyAll();
        terraform(bare, "destroy", "-input=false", "-auto-approve", "-parallelism=10");
        if (!cloud.empty() || !other.empty()) {
            throw new IllegalStateException("a cloud is not empty at the end");
        }
    }

    private void turn(int pair, String what, AloneOnMachines fleet, List<ServerSpec> wanted, Path capture, Path bare)
            throws Exception {
        long start = System.nanoTime();
        fleet.converge(region("east"), wanted);
        long ours = System.nanoTime() - start;
        copyFiles(capture, bare);
        start = System.nanoTime();
        apply(bare);
        long theirs = System.nanoTime() - start;
        if (!cloud.instances().keySet().equals(other.instances().keySet())) {
            throw new IllegalStateException("not the same servers: " + cloud.instances() + ", " + other.instances());
        }
        System.out.printf("step %d %s %d %d%n", pair, what, ours / 1_000_000, theirs / 1_000_000);
    }

    private void apply(Path bare) throws Exception {
        terraform(bare, "apply", "-input=false", "-auto-approve", "-parallelism=10");
    }

    private void terraform(Path in, String... words) throws Exception {
        List<String> argv = new ArrayList<>(List.of("terraform", "-chdir=" + in));
        argv.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
        builder.environment().putAll(Map.of(
                "AWS_ENDPOINT_URL", other.endpoint().toString(),
                "TF_PLUGIN_CACHE_DIR", directory.resolve("plugins").toString(),
                "CHECKPOINT_DISABLE", "1"));
        Path log = directory.resolve("bare.log");
        Process process = builder.redirectOutput(log.toFile()).start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("'terraform " + words[0] + "' failed; see " + log);
        }
    }

    // ---- memory

    private void measureMemory(int regions) throws Exception {
        List<Region> all = IntStream.rangeClosed(1, regions)
                .mapToObj(number -> region("region-" + number))
                .toList();
        AloneOnMachines fleet = fleet("memory-" + regions, directory.resolve("unused"), all, regions);
        long start = System.nanoTime();
        try (MemoryWatch watch = MemoryWatch.start()) {
            new VirtualThreads().forEach(all, region ->
                    fleet.converge(region, servers(region.name().value(), 1)));
            System.out.printf(
                    "memory %d %.0f %.0f %.1f %d%n",
                    regions, watch.peak(), watch.anonymous(), (System.nanoTime() - start) / 1e9, MemoryBudget.runsAtOnce());
        }
        fleet.destroyAll();
    }

    /** Looks ten times a second at Terraform and its providers below this process. */
    private static final class MemoryWatch implements AutoCloseable {
        private final Thread thread = new Thread(this::look, "memory");
        private volatile boolean over;
        private volatile double peak;
        private volatile double anonymous;

        static MemoryWatch start() {
            MemoryWatch watch = new MemoryWatch();
            watch.thread.setDaemon(true);
            watch.thread.start();
            return watch;
        }

        private void look() {
            while (!over) {
                double all = 0;
                double own = 0;
                for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
                    String status = status(process.pid());
                    if (status.startsWith("Name:\tterraform")) {
                        all += mib(status, "VmRSS:");
                        own += mib(status, "RssAnon:");
                    }
                }
                peak = Math.max(peak, all);
                anonymous = Math.max(anonymous, own);
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        /** proc_pid_status(5); empty for a process that has just ended. */
        private static String status(long pid) {
            try {
                return Files.readString(Path.of("/proc/" + pid + "/status"));
            } catch (IOException e) {
                return "";
            }
        }

        private static double mib(String status, String key) {
            return status.lines()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum() / 1024.0;
        }

        double peak() {
            return peak;
        }

        double anonymous() {
            return anonymous;
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            thread.join();
        }
    }

    // ---- the fleet

    private AloneOnMachines fleet(String name, Path capture, List<Region> regions, int atOnce) throws IOException {
        TerraformSettings settings = new TerraformSettings(
                program(name, capture).toString(),
                LocalDirectory.at(directory.resolve(name)),
                Backend.LOCAL,
                directory.resolve("plugins"),
                atOnce,
                Duration.ofMinutes(5),
                Duration.ofSeconds(2));
        MachineMaterial material = new MachineMaterial(
                APP, machine -> 3000, () -> UserData.of(APP, "deploy", KEY), () -> KEY,
                (server, generation) -> new HostKeyPair(KEY, Secret.of("PRIVATE KEY OF " + server + "\n")),
                new Ownership(Optional::empty));
        return new AloneOnMachines(new TerraformMachines(
                FleetProvider.AWS,
                regions,
                Map.of(),
                material,
                new Terraform(settings, new LocalProcesses(), event -> {}, new SystemTime()),
                new VirtualThreads()), new Ownership(Optional::empty));
    }

    /** Terraform with the cloud's address; it keeps what the driver deletes after a run, for the bare command. */
    private Path program(String name, Path capture) throws IOException {
        Path script = directory.resolve("terraform-" + name);
        Files.writeString(script, """
                #!/bin/sh
                export AWS_ENDPOINT_URL='%s'
                if [ -d '%s' ] && [ "$2" = apply ]; then cp "${1#-chdir=}"/*.auto.tfvars.json '%s'; fi
                exec terraform "$@"
                """.formatted(cloud.endpoint(), capture, capture));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " can't be made executable");
        }
        return script;
    }

    private static Region region(String name) {
        return new Region(
                new RegionName(name), "aws", "us-east-1", SERVERS, Optional.of("t3.small"), List.of(), Map.of(), List.of());
    }

    private static List<ServerSpec> servers(String region, int release) {
        ReleaseId id = new ReleaseId(release);
        return IntStream.rangeClosed(1, SERVERS)
                .mapToObj(n -> new ServerSpec(ServerName.of(APP, new RegionName(region), id, n), id, "revision" + release))
                .toList();
    }

    // ---- files

    private static void copyFiles(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The root module and the module, without a state. */
    private static void copyTree(Path from, Path to) throws IOException {
        Files.copy(from.resolve("main.tf.json"), to.resolve("main.tf.json"));
        Path lock = from.resolve(".terraform.lock.hcl");
        if (Files.exists(lock)) {
            Files.copy(lock, to.resolve(lock.getFileName()));
        }
        copyFiles(from.resolve("module"), Files.createDirectories(to.resolve("module")));
    }
}
