package org.meridian.cli.world;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A meridian command that runs, whose JSON events are read while it does. */
final class Running implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Process process;
    private final Path output;
    private final Path errors;

    private final List<JsonNode> events = new ArrayList<>();
    private long read;

    private Running(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    static Running start(Path directory, List<String> argv) {
        try {
            Path output = Files.createTempFile("meridian-run", ".out");
            Path errors = Files.createTempFile("meridian-run", ".err");
            Process process = new ProcessBuilder(argv)
                    .directory(directory.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            return new Running(process, output, errors);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until an event like this was printed; throws AssertionError when the command ends before it. */
    Running until(String event, Predicate<JsonNode> like) throws InterruptedException {
        if (!untilOrEnd(() -> count(event, like) > 0)) {
            throw new AssertionError("the command ended before " + event + "\n" + everything());
        }
        return this;
    }

    /** Waits for the first event like this and returns it. */
    JsonNode event(String event, Predicate<JsonNode> like) throws InterruptedException {
        return until(event, like).matching(event, like).findFirst().orElseThrow();
    }

    /** Waits until this holds; false when the command ended and it did not. */
    boolean untilOrEnd(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            boolean alive = process.isAlive();
            if (condition.getAsBoolean()) {
                return true;
            }
            if (!alive) {
                return false;
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("waited in vain for " + LIMIT + "\n" + everything());
    }

    /** The number of the release that it deploys; waits until that is known. */
    String release() throws InterruptedException {
        return event("started", e -> true).path("plan").path("release").asString("");
    }

    /** How many of its events were like this so far. */
    long count(String event, Predicate<JsonNode> like) {
        return matching(event, like).count();
    }

    /** How many of its events were like this so far. */
    long count(Predicate<JsonNode> like) {
        return events().stream().filter(like).count();
    }

    private Stream<JsonNode> matching(String event, Predicate<JsonNode> like) {
        return events().stream().filter(e -> e.path("event").asString("").equals(event) && like.test(e));
    }

    long pid() {
        return process.pid();
    }

    /** Halts it, as a suspended machine does; {@link #thaw} lets it go on. */
    void freeze() {
        Shell.run(Path.of("."), "kill", "-STOP", Long.toString(process.pid()));
    }

    void thaw() {
        Shell.run(Path.of("."), "kill", "-CONT", Long.toString(process.pid()));
    }

    /** Ends it at once, as a power cut does. */
    Running kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        return this;
    }

    /** Asks it to stop, as Ctrl-C or an init system does. */
    Running terminate() {
        process.destroy();
        return this;
    }

    /** Waits for its end. */
    Shell.Ended end() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("the command did not end within " + LIMIT + "\n" + everything());
        }
        return new Shell.Ended(process.exitValue(), read(output), read(errors));
    }

    /** Leaves nothing running behind a test that failed. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Every line that it printed so far. */
    List<JsonNode> printed() {
        return events();
    }

    /** Reads what is new since the last time: some commands print much. */
    private synchronized List<JsonNode> events() {
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            byte[] bytes = new byte[(int) (file.length() - read)];
            file.seek(read);
            file.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            // The last line may be half-written.
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            read += whole.getBytes(StandardCharsets.UTF_8).length;
            whole.lines().map(JSON::readTree).forEach(events::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return List.copyOf(events);
    }

    /** All that it printed so far, for messages. */
    String everything() {
        return read(output) + "\n" + read(errors);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
