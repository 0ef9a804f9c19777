package org.meridian.cli.view;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Answered;
import org.meridian.core.event.RolloutEvent.ApprovalNeeded;
import org.meridian.core.event.RolloutEvent.Failed;
import org.meridian.core.event.RolloutEvent.Finished;
import org.meridian.core.event.RolloutEvent.HandedOver;
import org.meridian.core.event.RolloutEvent.Journalled;
import org.meridian.core.event.RolloutEvent.Judged;
import org.meridian.core.event.RolloutEvent.Note;
import org.meridian.core.event.RolloutEvent.PhaseEnded;
import org.meridian.core.event.RolloutEvent.PhaseStarted;
import org.meridian.core.event.RolloutEvent.ProbeFailed;
import org.meridian.core.event.RolloutEvent.Probed;
import org.meridian.core.event.RolloutEvent.Reverting;
import org.meridian.core.event.RolloutEvent.Scheduled;
import org.meridian.core.event.RolloutEvent.ServerReached;
import org.meridian.core.event.RolloutEvent.Shifted;
import org.meridian.core.event.RolloutEvent.Started;
import org.meridian.core.event.RolloutEvent.Waiting;

/**
 * A block at the end of the terminal that shows where every region is, redrawn eight times a second; what is over scrolls
 * away above it, in the words of {@link PlainView}.
 */
public final class LiveView implements View {
    private static final Duration REDRAW = Duration.ofMillis(125);

    private final Screen screen;
    private final LiveBlock block;
    private final PlainView above;
    private final Progress progress = new Progress();
    private final InstantSource clock;
    private final Supplier<ScreenSize> size;
    private final ScheduledExecutorService ticker;
    private Instant lastDrawn = Instant.MIN;
    private boolean ticking;
    private Optional<String> question = Optional.empty();

    /**
     * Draws on this console.
     *
     * @param console the streams
     * @param size    the terminal's size, asked before each redraw
     * @param clock   tells for how long things have run
     */
    public LiveView(Console console, Supplier<ScreenSize> size, InstantSource clock) {
        this.screen = new Screen(console.out());
        this.block = new LiveBlock(console.outStyle());
        this.above = new PlainView(console);
        this.size = size;
        this.clock = clock;
        this.ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("redraw").factory());
    }

    @Override
    public synchronized void emit(RolloutEvent event) {
        progress.take(event);
        if (scrolls(event)) {
            aboveBlock(() -> above.emit(event));
        }
        if (!ticking && progress.running()) {
            ticking = true;
            var unused = ticker.scheduleAtFixedRate(this::redraw, 0, REDRAW.toMillis(), MILLISECONDS);
        }
    }

    /** What is over is worth a line that stays; what runs is seen in the block. */
    private boolean scrolls(RolloutEvent event) {
        return switch (event) {
            case Started e -> true;
            case PhaseEnded e -> true;
            case Shifted e -> true;
            case HandedOver e -> true;
            case Scheduled e -> true;
            case Judged e -> true;
            case ApprovalNeeded e -> true;
            case Answered e -> true;
            case Journalled e -> false;
            case Note e -> true;
            case Failed e -> true;
            case Reverting e -> true;
            case ProbeFailed e -> true;
            case Finished e -> true;
            case PhaseStarted e -> false;
            case ServerReached e -> false;
            // Before and after a rollout there is no block that shows it.
            case Waiting e -> !progress.running();
            case Probed e -> false;
        };
    }

    @Override
    public synchronized void show(Report report) {
        aboveBlock(() -> above.show(report));
    }

    @Override
    public synchronized void problems(List<Diagnostic> problems) {
        aboveBlock(() -> above.problems(problems));
    }

    @Override
    public synchronized void remark(String line) {
        aboveBlock(() -> above.remark(line));
    }

    @Override
    public synchronized void question(String text) {
        question = Optional.of(text);
        redraw();
    }

    @Override
    public synchronized void questionOver(boolean typed) {
        question = Optional.empty();
        if (typed) {
            screen.typed();
        }
        redraw();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        synchronized (this) {
            screen.clear();
            screen.release();
            above.close();
        }
    }

    private synchronized void redraw() {
        if (progress.running() && !ticker.isShutdown()) {
            lastDrawn = clock.instant();
            screen.draw(block.lines(progress, question, lastDrawn, size.get()));
        }
    }

    /** The block comes back at once, or with the next tick when there is much to print. */
    private void aboveBlock(Runnable print) {
        screen.clear();
        print.run();
        if (lastDrawn.plus(REDRAW).isBefore(clock.instant())) {
            redraw();
        }
    }
}
