package org.meridian.cli.command;

import java.util.concurrent.CountDownLatch;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.cli.view.Console;
import org.meridian.drivers.command.LocalProcesses;

/** A process of its own whose deploy takes for ever; with the argument "deaf" it can't be interrupted either. */
final class BlockingMain {
    private BlockingMain() {}

    /** Runs the deploy. */
    public static void main(String[] args) {
        boolean deaf = args.length > 0;
        var meridian = new FakeMeridian().rollsOut(events -> {
            System.out.println("running");
            block(deaf);
            throw new AssertionError("nothing ends this");
        });
        var tools = new Tools(
                (file, events) -> meridian.open(events),
                new NoConfig(),
                new LocalProcesses(),
                Runtime.getRuntime()::halt);
        System.exit(Commands.run(tools, Console.system(), "deploy", "--yes"));
    }

    private static void block(boolean deaf) throws InterruptedException {
        var never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException e) {
                if (!deaf) {
                    throw e;
                }
            }
        }
    }
}
