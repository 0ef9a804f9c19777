package org.meridian.cli.command;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.meridian.cli.view.Console;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Puts the commands together. */
public final class Commands {
    private Commands() {}

    /** The whole command line; {@code execute} runs it and returns the exit code. */
    public static CommandLine of(Tools tools, Console console) {
        var options = new MeridianCommand();
        var session = new Session(options, tools, console);
        var commandLine = new CommandLine(options)
                .addSubcommand(new InitCommand(session))
                .addSubcommand(new PlanCommand(session))
                .addSubcommand(new DeployCommand(session))
                .addSubcommand(new RollbackCommand(session))
                .addSubcommand(new StatusCommand(session))
                .addSubcommand(new ReleasesCommand(session))
                .addSubcommand(new ServersCommand(session))
                .addSubcommand(new RetireCommand(session))
                .addSubcommand(new DestroyCommand(session))
                .addSubcommand(new DoctorCommand(session))
                .addSubcommand(new SchemaCommand(session))
                .addSubcommand(new CompletionCommand(session))
                .addSubcommand(new VersionCommand(session));
        var problems = new Problems(options, console);
        return commandLine
                .registerConverter(ReleaseId.class, checked(ReleaseId::parse))
                .registerConverter(RegionName.class, checked(RegionName::new))
                .setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        console.outStyle().colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setUsageHelpWidth(100)
                .setUsageHelpAutoWidth(false)
                .setAbbreviatedOptionsAllowed(false)
                .setParameterExceptionHandler(problems)
                .setExecutionExceptionHandler(problems);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
    }

    /** Lets a type's own words explain what is wrong with an argument. */
    private static <T> ITypeConverter<T> checked(ITypeConverter<T> parse) {
        return text -> {
            try {
                return parse.convert(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }
}
