package org.meridian.cli.world;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** The kill points that are behind us, in a file, so that a long run can be stopped and gone on with. */
final class TortureLog {
    private static final System.Logger LOG = System.getLogger(TortureLog.class.getName());
    private static final Path FILE = Path.of("target", "torture.txt");

    private final int all;
    private final long startedAt = System.nanoTime();
    private int now;

    private TortureLog(int all) {
        this.all = all;
    }

    /** Begins, or goes on; the points that are left. */
    static List<KillPoint> left(List<KillPoint> points) throws IOException {
        List<String> done = Files.exists(FILE) ? Files.readAllLines(FILE) : List.of();
        List<KillPoint> left = points.stream()
                .filter(point -> !done.contains(point.toString()))
                .toList();
        if (!left.isEmpty()) {
            return left;
        }
        Files.deleteIfExists(FILE);
        return points;
    }

    static TortureLog of(int all) {
        return new TortureLog(all);
    }

    /** Remembers that a point passed, and says how far we are. */
    void passed(KillPoint point) throws IOException {
        Files.writeString(FILE, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        now++;
        Duration each = Duration.ofNanos(System.nanoTime() - startedAt).dividedBy(now);
        LOG.log(
                Level.INFO,
                "torture: {0} of {1} passed, {2} s each, about {3} min left",
                now,
                all,
                each.toSeconds(),
                each.multipliedBy(all - now).toMinutes());
    }
}
