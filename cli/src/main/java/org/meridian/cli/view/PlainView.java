package org.meridian.cli.view;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RolloutRecord;

/**
 * One line an event, for pipes, files and continuous integration. In GitHub Actions what happens in a region is folded, and the
 * receipt is the job's summary too.
 */
public final class PlainView implements View {
    private final Console console;
    private final EventText events;
    private final Optional<Folds> folds;
    private final Optional<JobSummary> summary;
    private final Set<Diagnostic> shown = new HashSet<>();
    private RolloutRecord.Kind kind = RolloutRecord.Kind.DEPLOY;
    private boolean troubled;

    /** Writes to these streams. */
    public PlainView(Console console) {
        this.console = console;
        this.events = new EventText(console.outStyle());
        this.folds = console.out() instanceof ActionsLog log ? Optional.of(new Folds(log)) : Optional.empty();
        this.summary = JobSummary.of(console.env());
    }

    @Override
    public synchronized void emit(RolloutEvent event) {
        events.line(event).ifPresent(line -> print(event, line));
        switch (event) {
            case RolloutEvent.Started started -> {
                kind = started.plan().kind();
                troubled = false;
            }
            case RolloutEvent.Failed failed -> {
                troubled = true;
                problems(List.of(failed.problem()));
            }
            case RolloutEvent.Finished finished -> finished(finished.receipt());
            default -> {}
        }
        console.out().flush();
    }

    private void print(RolloutEvent event, String line) {
        folds.ifPresentOrElse(
                folded -> folded.print(event, line), () -> console.out().println(line));
    }

    private void finished(Receipt receipt) {
        folds.ifPresent(Folds::unfoldAll);
        print(new ReceiptText(console.outStyle()).lines(receipt, kind, troubled));
        summary.flatMap(job -> job.add(new ReceiptMarkdown().lines(receipt, kind, troubled)))
                .ifPresent(this::remark);
    }

    @Override
    public synchronized void show(Report report) {
        print(new ReportText(console.outStyle()).lines(report));
        console.out().flush();
    }

    @Override
    public synchronized void problems(List<Diagnostic> problems) {
        console.out().flush();
        var text = new DiagnosticText(console.errStyle());
        problems.stream()
                .filter(shown::add)
                .flatMap(problem -> text.lines(problem).stream())
                .forEach(console.err()::println);
    }

    @Override
    public synchronized void remark(String line) {
        console.out().flush();
        for (String one : line.split("\\R", -1)) {
            console.err().println(Visible.of(one));
        }
    }

    /** A line of its own, since other lines may follow before there is an answer. */
    @Override
    public synchronized void question(String text) {
        remark(text);
    }

    @Override
    public void questionOver(boolean typed) {
        // The line stays where it is.
    }

    @Override
    public void close() {
        folds.ifPresent(Folds::unfoldAll);
        console.out().flush();
    }

    private void print(List<String> lines) {
        lines.forEach(console.out()::println);
    }
}
