package org.meridian.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.meridian.cli.ExitCode;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.Console;
import org.meridian.cli.view.LogLines;
import org.meridian.core.logs.LogQuery;
import org.meridian.core.model.Region;
import org.meridian.core.model.ReleaseId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what the app's containers write. */
@Command(
        name = "logs",
        description = {
            "Shows what the app's containers write on all servers, in the order of its times (UTC).",
            "Control characters in it are shown and not sent to the terminal."
        },
        footer = {
            "",
            "Examples:",
            "  meridian logs -f",
            "  meridian logs --region eu-west --service web --since 15m",
            "  meridian logs --since 1h --grep ' 5[0-9][0-9] ' --json | jq -r .text"
        })
final class LogsCommand implements Callable<Integer> {
    private static final int USUAL_TAIL = 100;

    /** A terminal that is this far behind is of no use to whoever looks at it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on, also by servers that come; until Ctrl-C.")
    private boolean follow;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Option(names = "--release", paramLabel = "RELEASE", description = "Only this one, such as r12.")
    private Optional<ReleaseId> release = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only what was written since: a duration such as 15m, or a time such as 2026-01-02T03:04:05Z.")
    private Optional<String> since = Optional.empty();

    @Option(
            names = "--tail",
            paramLabel = "LINES",
            description = "How many of the last lines of each container. Default: 100, and all with --since.")
    private Optional<Integer> tail = Optional.empty();

    @Option(names = "--grep", paramLabel = "REGEX", description = "Only lines in which this is found.")
    private Optional<String> grep = Optional.empty();

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Session session;

    LogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        LogQuery query = query();
        return session.attended(json.wanted(), (meridian, view) -> {
            Console console = session.console();
            boolean skips = follow && console.live() && !json.wanted();
            int unread =
                    meridian.logs(query, skips ? Optional.of(PATIENCE) : Optional.empty(), lines(meridian, console));
            return unread == 0 ? ExitCode.DONE : ExitCode.FAILED;
        });
    }

    private LogLines lines(Meridian meridian, Console console) {
        return new LogLines(
                console,
                json.wanted(),
                meridian.app().regions().stream().map(Region::name).toList());
    }

    private LogQuery query() {
        Optional<Instant> from = since.map(this::time);
        int lines = tail.orElse(from.isPresent() ? Integer.MAX_VALUE : USUAL_TAIL);
        if (lines < 0) {
            throw wrong("--tail is 0 or more, not " + lines);
        }
        return new LogQuery(
                place.region(), place.server(), place.service(), release, from, lines, grep.map(this::pattern), follow);
    }

    private Instant time(String text) {
        try {
            return Character.isDigit(text.charAt(0)) && text.contains("T")
                    ? Instant.parse(text)
                    : Instant.now().minus(TypedDuration.parse(text));
        } catch (RuntimeException e) {
            throw wrong("--since '" + text + "' is neither a duration such as 15m nor a time such as"
                    + " 2026-01-02T03:04:05Z");
        }
    }

    private Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw wrong("--grep '" + text + "' is not a regular expression: " + e.getDescription());
        }
    }

    private ParameterException wrong(String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
