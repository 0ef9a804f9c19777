package org.meridian.cli.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.meridian.config.Configuration;
import org.meridian.config.ConfigurationLoader;
import org.meridian.config.Initializer;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.SecretStore.Wanted;
import org.meridian.drivers.envfile.EnvFileSecrets;
import org.meridian.testkit.fuzz.Mutations;

/**
 * Changes configuration, Compose and environment files together and reads them as {@code init} and {@code plan} do: that
 * ends with a result or with problems that have a place, and within a limit of processor time. A seed gives the same
 * files again.
 */
final class FileFuzz {
    /** Usually it is milliseconds; in processor time, which a busy machine does not change. */
    private static final Duration MOST = Duration.ofSeconds(5);

    private static final List<Charset> ENCODINGS =
            List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16, StandardCharsets.UTF_16LE);

    private final Path directory;
    private final List<SeedFiles> seeds;
    private long refused;

    FileFuzz(Path directory) throws IOException {
        this.directory = directory;
        this.seeds = SeedFiles.all();
        for (int i = 0; i < seeds.size(); i++) {
            seeds.get(i).write(place(i));
        }
    }

    private Path place(int seedFiles) {
        return directory.resolve(Integer.toString(seedFiles));
    }

    /** How many inputs were refused so far. */
    long refused() {
        return refused;
    }

    /** Reads what no one has changed; throws Failure unless it is right. */
    void readSeeds() throws InterruptedException {
        for (int i = 0; i < seeds.size(); i++) {
            read(place(i), seeds.get(i));
        }
    }

    /** Reads the files of a seed; what is wrong with how that ended, if anything. */
    Optional<String> run(long seed) {
        Random random = new Random(seed);
        int which = random.nextInt(seeds.size());
        SeedFiles files = seeds.get(which);
        List<String> paths = files.changeable();
        String first = paths.get(random.nextInt(paths.size()));
        String second = random.nextInt(3) == 0 ? paths.get(random.nextInt(paths.size())) : first;
        List<String> changed = first.equals(second) ? List.of(first) : List.of(first, second);
        changed.forEach(path -> change(place(which), files, path, random));
        long before = processorTime();
        Optional<String> wrong = wrong(place(which), files);
        Duration spent = Duration.ofNanos(processorTime() - before);
        changed.forEach(path -> files.write(place(which), path));
        String what = "seed " + seed + " (" + files.name() + ", " + changed + "): ";
        return wrong.or(() -> spent.compareTo(MOST) > 0 ? Optional.of("it took " + spent) : Optional.empty())
                .map(text -> what + text);
    }

    private void change(Path place, SeedFiles files, String path, Random random) {
        String text = new Mutations(random).of(files.text(path));
        boolean odd = random.nextInt(50) == 0;
        Charset encoding = odd ? ENCODINGS.get(random.nextInt(ENCODINGS.size())) : StandardCharsets.UTF_8;
        try {
            Files.write(place.resolve(path), text.getBytes(encoding));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> wrong(Path place, SeedFiles files) {
        try {
            read(place, files);
            return Optional.empty();
        } catch (Failure failure) {
            refused++;
            return failure.kind() == Failure.Kind.USAGE
                    ? failure.diagnostics().stream()
                            .flatMap(problem -> incomplete(problem, place).stream())
                            .findFirst()
                    : Optional.of("it failed with " + failure.kind() + ": " + failure.diagnostic());
        } catch (InterruptedException | RuntimeException | Error e) {
            return Optional.of("it threw " + e + " in "
                    + List.of(e.getStackTrace()).stream().limit(12).toList());
        }
    }

    private static Optional<String> incomplete(Diagnostic problem, Path place) {
        boolean located = problem.where().isPresent()
                || problem.summary().contains(place.toString())
                || problem.summary().contains(".env")
                || problem.suggestion().contains("compose");
        return located && !problem.summary().isBlank() && !problem.suggestion().isBlank()
                ? Optional.empty()
                : Optional.of("a problem without a place or advice: " + problem);
    }

    private static void read(Path place, SeedFiles files) throws InterruptedException {
        if (!files.texts().containsKey("meridian.yml")) {
            new Initializer(place.resolve("meridian.yml")).propose();
        }
        for (String path : files.changeable()) {
            if (path.endsWith(".env")) {
                new EnvFileSecrets(place).fetch(new Wanted(path, Optional.empty(), "DE"));
            }
        }
        if (files.texts().containsKey("meridian.yml")) {
            Configuration configuration = new ConfigurationLoader().load(place.resolve("meridian.yml"));
            if (configuration.app().regions().isEmpty()) {
                throw new IllegalStateException("an app without a region was accepted");
            }
        }
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
