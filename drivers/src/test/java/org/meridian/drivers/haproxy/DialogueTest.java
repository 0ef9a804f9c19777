package org.meridian.drivers.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;

final class DialogueTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String ECHO = "while read -r line; do printf 'got %s\\n> ' \"$line\"; done";

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void asks_one_program_again_and_again() throws InterruptedException {
        try (Dialogue dialogue = dialogue(ECHO, "")) {
            assertThat(dialogue.ask("one", LIMIT)).isEqualTo("got one");
            assertThat(dialogue.ask("two", LIMIT)).isEqualTo("got two");
        }

        assertThat(started).hasSize(1);
    }

    @Test
    void greets_each_program_once() throws InterruptedException {
        try (Dialogue dialogue = dialogue(
                "read -r first; printf '\\n> '; read -r line; echo \"$first $line\"; printf '\\n> '", "hello")) {
            assertThat(dialogue.ask("one", LIMIT)).isEqualTo("hello one");
        }
    }

    @Test
    void starts_the_program_anew_when_it_ended_in_between() throws Exception {
        try (Dialogue dialogue = dialogue(ECHO, "")) {
            dialogue.ask("one", LIMIT);
            started.getFirst().destroyForcibly().waitFor();

            assertThat(dialogue.ask("two", LIMIT)).isEqualTo("got two");
        }

        assertThat(started).hasSize(2);
    }

    @Test
    void tells_what_a_program_that_does_not_start_complains_about() {
        try (Dialogue dialogue = dialogue("echo 'no such container' >&2; exit 1", "")) {
            assertThatThrownBy(() -> dialogue.ask("one", LIMIT))
                    .isInstanceOf(Failure.class)
                    .hasMessage("the partner does not answer")
                    .satisfies(
                            e -> assertThat(((Failure) e).diagnostic().detail()).isEqualTo("no such container"));
        }
    }

    @Test
    void gives_up_on_a_program_that_never_answers_and_ends_it() throws InterruptedException {
        try (Dialogue dialogue = dialogue("read -r line; printf '\\n>'; read -r line", "")) {
            assertThatThrownBy(() -> dialogue.ask("one", Duration.ofMillis(300)))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("no answer within");
        }

        assertThat(started.getFirst().waitFor()).isNotZero();
    }

    @Test
    void an_answer_in_a_hundred_thousand_pieces_is_not_copied_for_each_of_them() throws InterruptedException {
        byte[] large = ("x".repeat(4 * 1024 * 1024) + "\n> ").getBytes(StandardCharsets.UTF_8);
        try (Dialogue dialogue = new Dialogue("the partner", () -> new Dribbling(large), "", "\n> ")) {
            // Copied for each piece, it took minutes; it takes a fraction of a second.
            assertThat(dialogue.ask("one", LIMIT)).hasSize(4 * 1024 * 1024);
        }
    }

    /** A program that answers in small pieces. */
    private static final class Dribbling extends Process {
        private static final int PIECE = 40;

        private final InputStream answer;

        Dribbling(byte[] answer) {
            this.answer = new FilterInputStream(new ByteArrayInputStream(answer)) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    return super.read(buffer, offset, Math.min(length, PIECE));
                }
            };
        }

        @Override
        public InputStream getInputStream() {
            return answer;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() {
            return 0;
        }

        @Override
        public int exitValue() {
            return 0;
        }

        @Override
        public Stream<ProcessHandle> descendants() {
            return Stream.empty();
        }

        @Override
        public Process destroyForcibly() {
            return this;
        }

        @Override
        public void destroy() {
            // Nothing runs.
        }
    }

    private Dialogue dialogue(String script, String greeting) {
        return new Dialogue(
                "the partner",
                () -> {
                    started.add(new LocalProcesses().open(Command.of("bash", "-c", script)));
                    return started.getLast();
                },
                greeting,
                "\n> ");
    }
}
