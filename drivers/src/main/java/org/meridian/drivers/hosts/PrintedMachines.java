package org.meridian.drivers.hosts;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/** The machines that a program of this machine prints as JSON; it is run once, when they are first asked for. */
public final class PrintedMachines implements MachineSource {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final String region;
    private final Path directory;
    private final List<String> argv;
    private final CommandRunner processes;
    private @Nullable List<Machine> machines;

    /**
     * What a command prints.
     *
     * @param region    whose machines they are, for messages
     * @param directory where the command is run
     * @param argv      the command
     * @param processes runs it
     */
    public PrintedMachines(String region, Path directory, List<String> argv, CommandRunner processes) {
        this.region = requireNonNull(region, "region is null");
        this.directory = requireNonNull(directory, "directory is null");
        this.argv = List.copyOf(argv);
        this.processes = requireNonNull(processes, "processes is null");
    }

    /** What Terraform says of an output of the root module in that directory. */
    public static PrintedMachines ofTerraform(String region, Path directory, String output, CommandRunner processes) {
        return new PrintedMachines(
                region, directory, List.of("terraform", "output", "-no-color", "-json", output), processes);
    }

    @Override
    public synchronized List<Machine> machines() throws InterruptedException {
        if (machines == null) {
            machines = MachineList.parse(region, printed());
        }
        return machines;
    }

    private String printed() throws InterruptedException {
        // The shell changes the directory and reads nothing of the rest.
        List<String> inDirectory =
                new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", directory.toString()));
        inDirectory.addAll(argv);
        CommandResult result = processes.run(Command.of(inDirectory).within(WITHIN));
        if (!result.succeeded()) {
            throw Failure.usage(Diagnostic.of(
                            "no-machines",
                            "the machines of region " + region + " are not known: '" + String.join(" ", argv)
                                    + "' ended with exit code " + result.exitCode(),
                            "Run it in " + directory + " by hand and fix what it says.")
                    .withDetail(result.errors().strip()));
        }
        return result.output();
    }
}
