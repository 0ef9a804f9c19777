package org.meridian.drivers.haproxy;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;

/**
 * A program that answers each line it is given, kept running because starting one costs a hundred times the answer.
 *
 * <p>Where the program has ended since the last line, it is started again and the line sent once more. Not for use by
 * several threads at once.
 */
final class Dialogue implements AutoCloseable {
    /** In bytes; the tables of thousands of servers take less. */
    private static final int LARGEST_ANSWER = 16 * 1024 * 1024;

    private static final int LONGEST_COMPLAINT = 1000;

    private final String partner;
    private final Start start;
    private final String greeting;
    private final byte[] endOfAnswer;
    private @Nullable Process process;

    /**
     * A dialogue with nobody yet.
     *
     * @param partner     who answers, for messages
     * @param start       starts the program
     * @param greeting    the line that it is given first; empty for none
     * @param endOfAnswer what the program writes after each answer, and never within one
     */
    Dialogue(String partner, Start start, String greeting, String endOfAnswer) {
        this.partner = requireNonNull(partner, "partner is null");
        this.start = requireNonNull(start, "start is null");
        this.greeting = requireNonNull(greeting, "greeting is null");
        this.endOfAnswer = endOfAnswer.getBytes(StandardCharsets.UTF_8);
    }

    /** Starts a program. */
    @FunctionalInterface
    interface Start {
        Process run() throws InterruptedException;
    }

    /** Whether the program runs, so that a line costs little. */
    boolean open() {
        return process != null && process.isAlive();
    }

    /** Sends a line and returns the answer; throws a Failure when none comes within the limit. */
    String ask(String line, Duration limit) throws InterruptedException {
        boolean used = process != null;
        try {
            return exchange(line, limit);
        } catch (IOException e) {
            if (!used) {
                throw silent(e);
            }
        }
        try {
            return exchange(line, limit);
        } catch (IOException e) {
            throw silent(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process = null;
        }
    }

    private String exchange(String line, Duration limit) throws IOException, InterruptedException {
        boolean greets = process == null && !greeting.isEmpty();
        Process answering = process == null ? start.run() : process;
        process = answering;
        var answer = CompletableFuture.supplyAsync(
                () -> {
                    if (greets) {
                        sendAndRead(answering, greeting);
                    }
                    return sendAndRead(answering, line);
                },
                task -> Thread.ofVirtual().start(task));
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            close();
            throw Failure.noAnswer(
                    Diagnostic.of(
                            "edge-timeout",
                            partner + " gave no answer within " + Durations.spoken(limit),
                            "See whether the machine is overloaded, then run the command again."),
                    e);
        } catch (ExecutionException e) {
            String complaint = complaint(answering);
            close();
            throw new IOException(complaint, e);
        } catch (InterruptedException e) {
            // Half an answer may still come, and must not be taken for the next one.
            close();
            throw e;
        }
    }

    private String sendAndRead(Process answering, String line) {
        try {
            answering.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            answering.getOutputStream().flush();
            return readAnswer(answering.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String readAnswer(InputStream stream) throws IOException {
        var answer = new Answer(endOfAnswer);
        byte[] buffer = new byte[8192];
        while (true) {
            int length = stream.read(buffer);
            if (length < 0) {
                throw new EOFException("the connection ended");
            }
            answer.write(buffer, 0, length);
            if (answer.size() > LARGEST_ANSWER) {
                throw new IOException("an answer has more than " + LARGEST_ANSWER + " bytes");
            }
            if (answer.whole()) {
                return answer.text();
            }
        }
    }

    /** An answer as it arrives, in pieces of any size; looked at without copying it. */
    private static final class Answer extends ByteArrayOutputStream {
        private final byte[] end;

        Answer(byte[] end) {
            this.end = end;
        }

        boolean whole() {
            int length = count - end.length;
            return length >= 0 && Arrays.equals(buf, length, count, end, 0, end.length);
        }

        String text() {
            return new String(buf, 0, count - end.length, StandardCharsets.UTF_8).strip();
        }
    }

    /** What the ended program wrote to its standard error. */
    private static String complaint(Process ended) {
        try {
            boolean over = ended.waitFor(1, TimeUnit.SECONDS);
            return over
                    ? new String(ended.getErrorStream().readNBytes(LONGEST_COMPLAINT), StandardCharsets.UTF_8)
                    : "it broke off in the midst of an answer";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private Failure silent(IOException reason) {
        return Failure.noAnswer(
                Diagnostic.of("edge-silent", partner + " does not answer", "Run the command again once the edge runs.")
                        .withDetail(String.valueOf(reason.getMessage()).strip()),
                reason);
    }
}
