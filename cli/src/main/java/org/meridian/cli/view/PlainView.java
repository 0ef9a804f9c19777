package org.meridian.cli.view;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.RolloutRecord;

/** One line an event, for pipes, files and continuous integration. */
public final class PlainView implements View {
    private final Console console;
    private final EventText events;
    private final Set<Diagnostic> shown = new HashSet<>();
    private RolloutRecord.Kind kind = RolloutRecord.Kind.DEPLOY;
    private boolean troubled;

    /** Writes to these streams. */
    public PlainView(Console console) {
        this.console = console;
        this.events = new EventText(console.outStyle());
    }

    @Override
    public synchronized void emit(RolloutEvent event) {
        events.line(event).ifPresent(console.out()::println);
        switch (event) {
            case RolloutEvent.Started started -> {
                kind = started.plan().kind();
                troubled = false;
            }
            case RolloutEvent.Failed failed -> {
                troubled = true;
                problems(List.of(failed.problem()));
            }
            case RolloutEvent.Finished finished ->
                print(new ReceiptText(console.outStyle()).lines(finished.receipt(), kind, troubled));
            default -> {}
        }
        console.out().flush();
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
        console.err().println(line);
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
        console.out().flush();
    }

    private void print(List<String> lines) {
        lines.forEach(console.out()::println);
    }
}
