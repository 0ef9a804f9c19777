package org.meridian.cli.world;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.meridian.cli.Main;
import tools.jackson.databind.json.JsonMapper;

/**
 * Meridian as it is, but whoever writes a certain entry of the journal goes no further, so that a test can kill the process
 * at just that step. The others go on to their next event. Arguments: a pattern of entries, which of those, the command.
 */
final class HeldMain {
    private static final int MINUTES = 5;

    private HeldMain() {}

    public static void main(String[] args) {
        System.setOut(new Held(System.out, KillPoint.of(args[0], Integer.parseInt(args[1]))));
        String[] command = new String[args.length - 2];
        System.arraycopy(args, 2, command, 0, command.length);
        Main.main(command);
    }

    /** A standard output whose println of the entry does not return. */
    private static final class Held extends PrintStream {
        private final KillPoint point;
        private final JsonMapper json = new JsonMapper();
        private final AtomicInteger seen = new AtomicInteger();

        Held(PrintStream out, KillPoint point) {
            super(out, true, out.charset());
            this.point = point;
        }

        @Override
        public void println(String line) {
            super.println(line);
            flush();
            if (point.isLike(json.readTree(line)) && seen.incrementAndGet() == point.entry()) {
                hold();
            }
        }

        private static void hold() {
            try {
                boolean unused = new CountDownLatch(1).await(MINUTES, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(1);
        }
    }
}
