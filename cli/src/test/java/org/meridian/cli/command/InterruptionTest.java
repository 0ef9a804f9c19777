package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.cli.view.PlainView;

@Timeout(600)
final class InterruptionTest {
    private final FakeConsole console = FakeConsole.pipe();

    @Test
    void an_interrupted_deploy_says_how_to_go_on_and_exits_with_130() {
        var meridian = new FakeMeridian().rollsOut(events -> {
            throw new InterruptedException();
        });

        assertThat(CommandLineRun.of(meridian, console, "deploy")).isEqualTo(130);

        assertThat(console.err()).contains("'meridian deploy'", "finish", "'meridian rollback'", "undo");
        assertThat(meridian.calls()).endsWith("close");
    }

    @Test
    void a_signal_interrupts_the_work_and_says_so_at_once() {
        try (var interruption = new Interruption(new PlainView(console.console()), this::mustNotEnd)) {
            interruption.signal();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(interruption.happened()).isTrue();
            assertThat(console.err()).contains("Interrupted: stopping what runs");
        }
    }

    @Test
    void a_second_signal_ends_at_once() {
        var ended = new AtomicInteger();
        try (var interruption = new Interruption(new PlainView(console.console()), ended::set)) {
            interruption.signal();
            interruption.signal();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(ended).hasValue(130);
        }
    }

    @Test
    void work_that_does_not_stop_is_ended_after_some_seconds() throws InterruptedException {
        var ended = new CountDownLatch(1);
        try (var interruption = new Interruption(new PlainView(console.console()), code -> ended.countDown())) {
            interruption.signal();
            assertThat(Thread.interrupted()).isTrue();

            ended.await();
            assertThat(console.err()).contains("did not stop within 5 s");
        }
    }

    private void mustNotEnd(int code) {
        throw new AssertionError("ended with " + code);
    }
}
