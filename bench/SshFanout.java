import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.meridian.core.model.SshAddress;
import org.meridian.core.model.SshSettings;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.ssh.SshConnections;

/**
 * Runs one command on many machines with Meridian's SSH driver and prints what each said; with more than one round, what
 * each round took and the heap after the rounds 1, 5 and so on instead.
 *
 * <p>Arguments: the directory that SshServers wrote to, how many machines, how many rounds, and {@code kept} or {@code new}:
 * whether a round has the connections of the one before it.
 */
final class SshFanout {
    private final SshSettings settings;
    private final int machines;

    private SshFanout(Path directory, int machines) {
        this.settings = new SshSettings(
                Optional.empty(),
                List.of(directory.resolve("id")),
                Optional.empty(),
                Optional.of(directory.resolve("config")),
                List.of(directory.resolve("known_hosts")),
                List.of(),
                SshSettings.USUAL_CONNECTIONS,
                Duration.ofSeconds(30));
        this.machines = machines;
    }

    public static void main(String[] arguments) throws Exception {
        SshFanout fanout = new SshFanout(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        int rounds = Integer.parseInt(arguments[2]);
        if (rounds == 1) {
            try (SshConnections connections = new SshConnections(fanout.settings)) {
                fanout.round(connections).forEach(System.out::print);
            }
        } else if (arguments[3].equals("kept")) {
            try (SshConnections connections = new SshConnections(fanout.settings)) {
                fanout.measure(rounds, () -> fanout.round(connections));
            }
        } else {
            fanout.measure(rounds, () -> {
                try (SshConnections connections = new SshConnections(fanout.settings)) {
                    return fanout.round(connections);
                }
            });
        }
    }

    private void measure(int rounds, Round round) throws Exception {
        for (int number = 1; number <= rounds; number++) {
            long start = System.nanoTime();
            int answers = round.run().size();
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("round %d %.3f %d%n", number, seconds, answers);
            if (number == 1 || number % 5 == 0) {
                System.out.printf("heap %d %.1f%n", number, heapInUse());
            }
        }
    }

    private List<String> round(SshConnections connections) throws InterruptedException, ExecutionException {
        Command command = Command.of("hostname");
        List<Future<String>> answers = new ArrayList<>();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 1; number <= machines; number++) {
                SshAddress machine = SshAddress.parse("bench-" + number);
                answers.add(tasks.submit(() ->
                        machine + ": " + connections.to(machine).run(command).expect("asking " + machine, "")));
            }
        }
        List<String> said = new ArrayList<>();
        for (Future<String> answer : answers) {
            said.add(answer.get());
        }
        return said;
    }

    /** In MiB, after a collection. */
    private static double heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
    }

    private interface Round {
        List<String> run() throws Exception;
    }
}
