package org.meridian.cli.fake;

import java.nio.file.Path;
import java.util.Map;
import org.meridian.cli.ConfigFiles;
import org.meridian.cli.Meridian;
import org.meridian.cli.command.Commands;
import org.meridian.cli.command.Tools;
import org.meridian.config.Initializer;
import org.meridian.config.ServerCounts;
import org.meridian.config.Starter;
import org.meridian.core.model.App;
import org.meridian.core.model.RegionName;
import org.meridian.drivers.command.CommandResult;

/** Runs a command line against stand-ins. */
public final class CommandLineRun {
    private CommandLineRun() {}

    /** Runs it with this app; returns the exit code. */
    public static int of(FakeMeridian meridian, FakeConsole console, String... args) {
        return of((file, events) -> meridian.open(events), console, args);
    }

    /** Runs it with what this opens; returns the exit code. */
    public static int of(Meridian.Opener opener, FakeConsole console, String... args) {
        return Commands.run(tools(opener), console.console(), args);
    }

    /** Stand-ins for what commands use. */
    public static Tools tools(Meridian.Opener opener) {
        return new Tools(
                opener,
                new FakeConfig(),
                command -> new CommandResult(command, 1, "", "no engine in this test"),
                code -> {
                    throw new AssertionError("halted with " + code);
                });
    }

    private static final class FakeConfig implements ConfigFiles {
        @Override
        public App load(Path file) {
            return Samples.APP;
        }

        @Override
        public Counts counts(Path file, Map<RegionName, Integer> servers) {
            ServerCounts counts = ServerCounts.in(file, servers);
            return new Counts(counts.configuration().app(), counts);
        }

        @Override
        public String schema() {
            return "{\"type\":\"object\"}";
        }

        @Override
        public Starter starter(Path file) {
            return new Initializer(file).propose();
        }
    }
}
