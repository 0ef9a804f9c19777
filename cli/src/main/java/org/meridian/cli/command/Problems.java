package org.meridian.cli.command;

import java.util.List;
import java.util.stream.Collectors;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Console;
import org.meridian.cli.view.PlainView;
import org.meridian.core.diagnostic.Diagnostic;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and catches what no command expected. */
final class Problems implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final MeridianCommand options;
    private final Console console;

    Problems(MeridianCommand options, Console console) {
        this.options = options;
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName(" ");
        String seeHelp = "'" + command + " --help' shows what it takes.";
        report(Diagnostic.of("usage", summary(e), didYouMean(e) + seeHelp), e);
        return ExitCode.USAGE;
    }

    /** What picocli says, without the word that we put before every problem. */
    private static String summary(ParameterException e) {
        return String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
    }

    private static String didYouMean(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        List<String> alike = unmatched.getSuggestions();
        return alike.isEmpty()
                ? ""
                : alike.stream().limit(2).collect(Collectors.joining(" or ", "Did you mean ", "?\n"));
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        return unexpected(e);
    }

    /** Also for errors of the JVM, such as a stack or a memory that is full. */
    int unexpected(Throwable e) {
        report(Session.bug(e), e);
        return ExitCode.NEEDS_PERSON;
    }

    /** Says that standard output was not written; returns the exit code. */
    int outputLost(Diagnostic problem) {
        try (var view = new PlainView(console)) {
            view.problems(List.of(problem));
        }
        return ExitCode.NEEDS_PERSON;
    }

    private void report(Diagnostic problem, Throwable e) {
        try (var view = new PlainView(console)) {
            view.problems(List.of(problem));
            if (options.verbose()) {
                view.remark(Session.trace(e));
            }
        }
    }
}
