import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.meridian.cli.view.Console;
import org.meridian.cli.view.LogLines;
import org.meridian.core.logs.LogMerge;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;

/**
 * Merges the lines that several servers in this process write, as 'logs -f' does, and prints them to nowhere. Lines arrive up to
 * 200 ms after they were written, later ones of a server never before earlier ones.
 *
 * <p>Arguments: servers, lines a second of all of them, seconds, and for how many microseconds the terminal takes each line.
 * Prints: sent, shown, skipped, the most milliseconds that a line came after a later one, the share of a core in percent.
 */
final class Logs {
    private static final int LATE_MILLIS = 200;
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Logs() {}

    public static void main(String[] arguments) throws InterruptedException {
        int servers = Integer.parseInt(arguments[0]);
        int perSecond = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        long slow = Long.parseLong(arguments[3]) * 1000;
        LogMerge merge = new LogMerge(Duration.ofMillis(300), 4000, Optional.of(Duration.ofSeconds(2)));
        AtomicLong sent = new AtomicLong();
        List<LogMerge.Feed> feeds = IntStream.range(0, servers).mapToObj(n -> merge.open()).toList();
        for (int n = 0; n < servers; n++) {
            int server = n;
            Thread.ofVirtual().start(() -> write(feeds.get(server), server, perSecond / servers, seconds, sent));
        }
        merge.end();
        show(merge, slow, sent);
    }

    private static void write(LogMerge.Feed feed, int server, int perSecond, int seconds, AtomicLong sent) {
        Random random = new Random(server);
        ServerName name = new ServerName("bench-eu-r1-" + (server + 1));
        RegionName region = new RegionName("r" + server % 6);
        long begun = System.nanoTime();
        Instant clock = Instant.now();
        // Of ten a second each, so that one server is sometimes silent and sometimes brings much at once.
        int batch = Math.max(1, perSecond / 10);
        try (feed) {
            for (int tick = 0; tick < seconds * 10; tick++) {
                long due = begun + tick * 100_000_000L + random.nextInt(LATE_MILLIS) * 1_000_000L;
                LockSupport.parkNanos(due - System.nanoTime());
                for (int i = 0; i < batch; i++) {
                    Instant at = clock.plusNanos(tick * 100_000_000L + i * (100_000_000L / batch));
                    feed.add(new LogLine(at, region, name, "web", new ReleaseId(1),
                            "GET /posts/" + sent.incrementAndGet() + " 200 in 12 ms, as a usual line of a log goes on"));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void show(LogMerge merge, long slow, AtomicLong sent) throws InterruptedException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Console console = new Console(
                new BufferedReader(new StringReader("")), nowhere, nowhere, Set.of(1), Map.of("TERM", "xterm"));
        LogLines lines = new LogLines(
                console, false, IntStream.range(0, 6).mapToObj(n -> new RegionName("r" + n)).toList());
        long begun = System.nanoTime();
        long cpuBefore = PROCESS.getProcessCpuTime();
        long shown = 0;
        long skipped = 0;
        Instant latest = Instant.EPOCH;
        Duration worst = Duration.ZERO;
        for (Optional<LogLine> next = merge.take(); next.isPresent(); next = merge.take()) {
            LogLine line = next.get();
            Duration late = Duration.between(line.at(), latest);
            worst = late.compareTo(worst) > 0 ? late : worst;
            latest = line.at().isAfter(latest) ? line.at() : latest;
            lines.line(line);
            skipped += merge.skipped();
            shown++;
            if (slow > 0) {
                LockSupport.parkNanos(slow);
            }
        }
        skipped += merge.skipped();
        long cpu = PROCESS.getProcessCpuTime() - cpuBefore;
        System.out.printf(
                "%d\t%d\t%d\t%d\t%.0f%n",
                sent.get(), shown, skipped, worst.toMillis(), 100.0 * cpu / (System.nanoTime() - begun));
    }
}
