package org.meridian.cli.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.meridian.cli.ExitCode;
import org.meridian.cli.Logging;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.Console;
import org.meridian.cli.view.View;
import org.meridian.cli.view.Views;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.EventSink;

/** Runs a command's work between opening and closing everything, and turns what goes wrong into an exit code. */
public final class Session {
    private final MeridianCommand options;
    private final Tools tools;
    private final Console console;

    Session(MeridianCommand options, Tools tools, Console console) {
        this.options = options;
        this.tools = tools;
        this.console = console;
    }

    MeridianCommand options() {
        return options;
    }

    Tools tools() {
        return tools;
    }

    Console console() {
        return console;
    }

    /** Work with an app; {@code afterwards} is what to do once it was interrupted, for people. */
    int withApp(boolean json, String afterwards, AppWork work) {
        return run(json, afterwards, view -> {
            var desk = new ApprovalDesk(console, view);
            EventSink events = console.interactive() && !json ? desk : view;
            try (Meridian meridian = tools.opener().open(options.config(), events)) {
                return work.run(desk.answering(meridian), view);
            }
        });
    }

    /**
     * Work with an app that goes on until it is interrupted, or that passes a terminal on: what is remarked meanwhile does not get
     * into its output.
     */
    int attended(boolean json, AppWork work) {
        return run(json, "", view -> {
            EventSink events = json ? view : Views.beside(view);
            try (Meridian meridian = tools.opener().open(options.config(), events)) {
                return work.run(meridian, view);
            }
        });
    }

    /** Work without an app. */
    int run(boolean json, Work work) {
        return run(json, "Nothing was changed.", work);
    }

    private int run(boolean json, String afterwards, Work work) {
        try (View view = Views.of(console, json);
                Interruption interruption = new Interruption(view, tools.halt(), afterwards.isEmpty()).listen()) {
            Logging.begin(options.verbose(), view::remark);
            try {
                return work.run(view);
            } catch (Throwable e) {
                return ended(e, view, interruption, afterwards);
            }
        }
    }

    private int ended(Throwable e, View view, Interruption interruption, String afterwards) {
        if (options.verbose()) {
            view.remark(trace(e));
        }
        if (e instanceof InterruptedException || interruption.happened()) {
            if (!afterwards.isEmpty()) {
                view.remark("Stopped. " + afterwards);
            }
            return ExitCode.INTERRUPTED;
        }
        if (e instanceof CancellationException) {
            view.remark("Nothing was changed.");
            return ExitCode.INTERRUPTED;
        }
        if (e instanceof Failure failure && Console.isUnread(failure)) {
            return ExitCode.DONE;
        }
        if (e instanceof Failure failure) {
            view.problems(failure.diagnostics());
            return ExitCode.of(failure.kind());
        }
        view.problems(List.of(bug(e)));
        return ExitCode.NEEDS_PERSON;
    }

    /** What to say of an exception that nobody expected. */
    static Diagnostic bug(Throwable e) {
        if (e instanceof OutOfMemoryError) {
            return Diagnostic.of(
                    "out-of-memory",
                    "there is not enough memory for this",
                    "Give the process more memory, or end what is not needed.");
        }
        String message = e.getMessage() == null
                ? ""
                : ": " + e.getMessage().lines().findFirst().orElse("");
        return Diagnostic.of(
                "bug",
                "this is a bug in Meridian (" + e.getClass().getSimpleName() + message + ")",
                "Run the command again with --verbose and report what it prints.");
    }

    static String trace(Throwable e) {
        var text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing();
    }

    /** Work that shows what it finds; returns an exit code. */
    @FunctionalInterface
    interface Work {
        int run(View view) throws Exception;
    }

    /** Work with an app; returns an exit code. */
    @FunctionalInterface
    interface AppWork {
        int run(Meridian meridian, View view) throws Exception;
    }
}
