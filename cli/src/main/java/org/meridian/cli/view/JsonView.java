package org.meridian.cli.view;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.event.RolloutEvent;
import tools.jackson.databind.node.ObjectNode;

/** One JSON object a line on standard output; everything for people goes to standard error. */
public final class JsonView implements View {
    private final Console console;
    private final Set<Diagnostic> shown = new HashSet<>();

    /** Writes to these streams. */
    public JsonView(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void emit(RolloutEvent event) {
        print(EventJson.of(event));
        if (event instanceof RolloutEvent.Failed failed) {
            shown.add(failed.problem());
            tellPeople(failed.problem());
        }
    }

    @Override
    public synchronized void show(Report report) {
        print(ReportJson.of(report));
    }

    /** Problems that were no event yet: text on standard error, and an error event each for programs. */
    @Override
    public synchronized void problems(List<Diagnostic> problems) {
        for (Diagnostic problem : problems) {
            if (shown.add(problem)) {
                ObjectNode error = Json.object().put("event", "error");
                error.set("problem", EventJson.problem(problem));
                print(error);
                tellPeople(problem);
            }
        }
    }

    @Override
    public synchronized void remark(String line) {
        console.err().println(line);
    }

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

    private void tellPeople(Diagnostic problem) {
        new DiagnosticText(console.errStyle()).lines(problem).forEach(console.err()::println);
    }

    private void print(ObjectNode json) {
        console.out().println(Json.line(json));
        console.out().flush();
    }
}
