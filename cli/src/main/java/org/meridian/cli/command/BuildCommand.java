package org.meridian.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.ImageReference;
import org.meridian.drivers.build.BuildRequest;
import org.meridian.drivers.build.ImageBuild;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.LocalProcesses;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds the app's image. */
@picocli.CommandLine.Command(
        name = "build",
        description = {
            "Builds the configured image with Docker and pushes it to the registry that its name begins with.",
            "Where every region is local it stays in this machine's engine. Standard output has the image, by digest"
                    + " when it was pushed; all else goes to standard error."
        },
        footer = {
            "",
            "Examples:",
            "  meridian build",
            "  meridian build --tag v2 --platform linux/amd64 --file Dockerfile.web app",
            "  meridian deploy --image \"$(meridian build)\" --yes"
        })
final class BuildCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "What to build from. Default: the configuration's directory.")
    private Optional<Path> context = Optional.empty();

    @Option(names = "--tag", paramLabel = "TAG", description = "Default: the commit that is checked out, in 12 digits.")
    private Optional<String> tag = Optional.empty();

    @Option(names = "--file", paramLabel = "FILE", description = "The Dockerfile. Default: the one in DIR.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "What the servers are. Default: what this machine is.")
    private Optional<String> platform = Optional.empty();

    @Option(
            names = "--within",
            paramLabel = "TIME",
            description = "How long it may take. Default: ${DEFAULT-VALUE}.",
            defaultValue = "30m")
    private Duration within = Duration.ofMinutes(30);

    private final Session session;
    private final LocalProcesses processes = new LocalProcesses();

    BuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.run(false, view -> {
            ImageReference built = new ImageBuild(processes, view::remark).run(request());
            view.show(new Report.Verbatim(built.toString()));
            return ExitCode.DONE;
        });
    }

    private BuildRequest request() throws InterruptedException {
        App app = session.tools().config().load(session.options().config());
        Path directory = context.orElse(session.options().directory());
        boolean push =
                app.regions().stream().anyMatch(region -> !region.provider().equals("local"));
        String version = tag.isPresent() ? tag.get() : commit(directory);
        return new BuildRequest(app.image().withTag(version), directory, file, platform, push, within);
    }

    /** A tag that says what was built; what is not committed has no name that could be found again. */
    private String commit(Path directory) throws InterruptedException {
        CommandResult head = git(directory, "rev-parse", "--short=12", "HEAD");
        if (!head.succeeded()) {
            throw Failure.usage(Diagnostic.of(
                    "no-tag", directory + " is in no Git repository that could give the tag", "Name one with --tag."));
        }
        if (!git(directory, "status", "--porcelain", ".").output().isBlank()) {
            throw Failure.usage(Diagnostic.of(
                    "not-committed",
                    directory
                            + " has changes that are not committed, so the commit would not tell what is in the image",
                    "Commit them, or name a tag with --tag."));
        }
        return head.output().strip();
    }

    private CommandResult git(Path directory, String... arguments) throws InterruptedException {
        return processes.run(Command.of("git", "-C", directory.toString()).with(arguments));
    }
}
