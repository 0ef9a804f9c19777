package org.meridian.cli.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.meridian.cli.command.ArgumentFuzz;

/** {@code make fuzz}: many changed files and command lines; exit 1 where one is read wrongly, with the seed that gives it again. */
public final class FuzzMain {
    private FuzzMain() {}

    /** Arguments: how many inputs, and the first seed if it shall not be by chance. */
    public static void main(String[] arguments) throws IOException {
        long runs = arguments.length > 0 ? Long.parseLong(arguments[0]) : 100_000;
        long first = arguments.length > 1 ? Long.parseLong(arguments[1]) : new Random().nextInt(Integer.MAX_VALUE);
        System.exit(run(System.out, runs, first));
    }

    private static int run(PrintStream out, long runs, long first) throws IOException {
        Path directory = Files.createTempDirectory("meridian-fuzz");
        FileFuzz fuzz = new FileFuzz(directory);
        ArgumentFuzz arguments = new ArgumentFuzz();
        out.printf("%,d inputs from seed %d in %s%n", runs, first, directory);
        int wrong = 0;
        for (long seed = first; seed < first + runs; seed++) {
            // A command line takes as long as ten files.
            long number = seed;
            Optional<String> told =
                    fuzz.run(seed).or(() -> number % 10 == 0 ? arguments.run(number) : Optional.empty());
            if (told.isPresent()) {
                wrong++;
                out.printf("%s%nAgain: make fuzz RUNS=1 SEED=%d%n", told.get(), seed);
            }
        }
        out.printf("%,d inputs, %,d refused, %d read wrongly%n", runs, fuzz.refused(), wrong);
        return wrong == 0 ? 0 : 1;
    }
}
