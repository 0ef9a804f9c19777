package org.meridian.drivers.terraform;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.RegionName;

/** Terraform's errors as ones that a person can act on: the region in front, Terraform's words, and what to do. */
final class TerraformFailures {
    /** A file or directory of ours that can't be read or written. */
    static Failure files(Path path, IOException cause) {
        return Failure.of(
                Diagnostic.of(
                        "terraform-files",
                        "can't read or write " + path + ": " + cause.getMessage(),
                        "See whether the disk is full and whom it belongs to, then run the command again."),
                cause);
    }

    private static final Pattern LOCK = Pattern.compile("Error acquiring the state lock|state blob is already locked");
    /** The backend http tells the other's ID so, and its own run's details where those of the other belong. */
    private static final Pattern HTTP_LOCK_ID = Pattern.compile("already locked: ID=(\\S+)");

    private static final Pattern LOCK_ID = Pattern.compile("ID:\\s+(\\S+)");
    private static final Pattern LOCK_WHO = Pattern.compile("Who:\\s+(\\S+)");
    private static final Pattern LOCK_SINCE = Pattern.compile("Created:\\s+([^\\n]+)");

    /** Kinds of error that Terraform and the providers tell in these words, and what to do about each. */
    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "terraform-old",
                    "(argument|type) (is )?named \"use_lockfile\"|Unsupported argument.*use_lockfile",
                    "Install Terraform 1.10 or later, which locks a state in S3 by a file beside it, or write the"
                            + " dynamodb_table that holds the locks."),
            new Kind(
                    "cloud-throttled",
                    "RequestLimitExceeded|Throttling|Rate exceeded|TooManyRequests|429 .*(limit|many)",
                    "The provider limits how often it may be asked. See what else uses this account, wait some minutes"
                            + " and deploy again; it goes on where it was."),
            new Kind(
                    "cloud-network",
                    "no matching EC2 VPC found|no matching VPC found|InvalidVpcID.NotFound|InvalidSubnetID.NotFound"
                            + "|no matching EC2 Subnet",
                    "There is no default VPC there, or no subnet that gives public addresses. Write 'variables: { vpc: own }'"
                            + " to have one made, or an existing VPC's ID under 'networks'."),
            new Kind(
                    "cloud-credentials",
                    "No valid credential sources found|failed to refresh cached credentials|InvalidClientTokenId"
                            + "|AuthFailure|UnrecognizedClientException|SignatureDoesNotMatch|ExpiredToken"
                            + "|Unable to authenticate you|UnauthorizedOperation|AccessDenied",
                    "Check the provider's credentials in the environment and what they may do; 'docs/clouds.md' lists both."),
            new Kind(
                    "cloud-quota",
                    "VcpuLimitExceeded|InstanceLimitExceeded|AddressLimitExceeded|exceed your droplet limit"
                            + "|VpcLimitExceeded|quota|Quota",
                    "Ask the provider for a higher limit, or retire servers there ('meridian retire'), then deploy again."),
            new Kind(
                    "cloud-size",
                    "InvalidInstanceType|instance type .* (does not exist|is not supported)|Unsupported: .*instance type"
                            + "|InvalidParameterValue: Invalid value '.*' for InstanceType|size is not available"
                            + "|Size is not available|invalid size|InsufficientInstanceCapacity",
                    "Write a 'size' that the provider has in that location, then deploy again."),
            new Kind("user-data-too-long", "User data is limited to", "Shorten what the module adds to the user data."),
            new Kind(
                    "terraform-missing",
                    "failed to execute .*: No such file",
                    "Install Terraform 1.5 or later, or name the program under 'terraform: { program: … }'."),
            new Kind(
                    "provider-download",
                    "Failed to query available provider packages|Failed to install provider|Could not retrieve the list of"
                            + " available versions|Failed to resolve provider packages",
                    "See whether this machine reaches the registry of providers, or set up a mirror of it in Terraform's"
                            + " CLI configuration, then run the command again."));

    private TerraformFailures() {}

    /** A run that ended with errors. */
    static Failure of(RegionName region, String attempted, TerraformCommands commands, RunReport report) {
        String text = Stream.concat(report.problems().stream().map(RunReport.Problem::text), Stream.of(report.plain()))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining("\n"));
        if (LOCK.matcher(text).find()) {
            return Failure.locked(locked(region, commands, text));
        }
        Kind kind = KINDS.stream()
                .filter(one -> one.words().matcher(text).find())
                .findFirst()
                .orElse(Kind.OTHER);
        String what = report.problems().isEmpty()
                ? firstLine(report.plain())
                : report.problems().getFirst().summary();
        return Failure.of(Diagnostic.of(kind.code(), region + ": " + attempted + ": " + what, kind.suggestion())
                .withDetail(text));
    }

    private static Diagnostic locked(RegionName region, TerraformCommands commands, String text) {
        boolean http = HTTP_LOCK_ID.matcher(text).find();
        String id = found(http ? HTTP_LOCK_ID : LOCK_ID, text, "ID");
        String who = http
                ? "another run"
                : found(LOCK_WHO, text, "another run") + " since " + found(LOCK_SINCE, text, "some time");
        return Diagnostic.of(
                        "terraform-locked",
                        region + ": Terraform's state is locked by " + who,
                        "Let that run end and try again. Only if it is certain that it is dead: "
                                + commands.settings().program() + " -chdir=" + commands.directory()
                                + " force-unlock " + id)
                .withDetail(text);
    }

    private static String found(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1).strip() : otherwise;
    }

    private static String firstLine(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("it ended with an error and said nothing");
    }

    /** A run that took too long and was asked to stop. */
    static Failure tookTooLong(RegionName region, String attempted, Duration within, boolean stopped) {
        return Failure.of(Diagnostic.of(
                "terraform-timeout",
                region + ": " + attempted + " did not end within " + Durations.spoken(within)
                        + (stopped
                                ? "; Terraform was interrupted and has put its state in order"
                                : "; Terraform was interrupted and is still busy with stopping"),
                "See at the provider what takes so long, or give it longer with 'terraform: { within: … }', then deploy"
                        + " again; it goes on where it was."));
    }

    /** The apply would destroy what has to stay. */
    static Failure wouldDestroy(RegionName region, List<MachineName> servers, List<RunReport.Change> changes) {
        return Failure.of(Diagnostic.of(
                        "would-destroy",
                        region + ": the module would destroy or replace " + servers
                                + ", which must stay; nothing was done",
                        "Make the module ignore changes of what a running server was made with (lifecycle,"
                                + " ignore_changes), such as its image and user data.")
                .withDetail(changes.stream()
                        .map(change -> change.action() + " " + change.address())
                        .collect(Collectors.joining("\n"))));
    }

    private record Kind(String code, Pattern words, String suggestion) {
        static final Kind OTHER = new Kind(
                "terraform-failed",
                "",
                "Put right what Terraform says, then run the command again; it goes on where it was.");

        Kind(String code, String words, String suggestion) {
            this(code, Pattern.compile(words), suggestion);
        }
    }
}
