package org.meridian.drivers.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.RegionName;
import tools.jackson.databind.json.JsonMapper;

final class TerraformFailuresTest {
    private static final RegionName REGION = new RegionName("eu");
    private static final TerraformCommands COMMANDS = new TerraformCommands(
            new TerraformSettings(
                    "terraform",
                    LocalDirectory.at(Path.of("/states")),
                    Backend.LOCAL,
                    Path.of("/plugins"),
                    1,
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(1)),
            Path.of("/states/eu"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    No valid credential sources found|cloud-credentials|credentials
                    creating EC2 Instance: operation error EC2: RunInstances, api error AuthFailure: AWS was not able to validate|cloud-credentials|credentials
                    Error creating droplet: POST https://api.example.com/v2/droplets: 401 Unable to authenticate you|cloud-credentials|credentials
                    Error: no matching EC2 VPC found|cloud-network|vpc: own
                    api error RequestLimitExceeded: Request limit exceeded.|cloud-throttled|wait some minutes
                    api error Throttling: Rate exceeded|cloud-throttled|wait some minutes
                    No argument or block type is named "use_lockfile".|terraform-old|1.10
                    api error VcpuLimitExceeded: You have requested more vCPU capacity|cloud-quota|limit
                    422 creating this/these droplet(s) will exceed your droplet limit|cloud-quota|limit
                    api error InvalidParameterValue: Invalid value 't9.huge' for InstanceType.|cloud-size|'size'
                    422 Size is not available in this region.|cloud-size|'size'
                    Failed to query available provider packages|provider-download|mirror
                    setsid: failed to execute terraform: No such file or directory|terraform-missing|Install
                    something nobody has seen before|terraform-failed|goes on where it was
                    """)
    void say_what_to_do(String words, String code, String advice) {
        Failure failure = TerraformFailures.of(REGION, "terraform apply", COMMANDS, report(words, "more of it"));

        assertThat(failure.diagnostic().code()).isEqualTo(code);
        assertThat(failure.diagnostic().summary()).isEqualTo("eu: terraform apply: " + words);
        assertThat(failure.diagnostic().detail()).contains(words, "more of it");
        assertThat(failure.diagnostic().suggestion()).contains(advice);
    }

    @Test
    void name_whoever_holds_a_lock() {
        Failure failure = TerraformFailures.of(
                REGION, "terraform apply", COMMANDS, report("Error acquiring the state lock", """
                ConditionalCheckFailedException: The conditional request failed
                Lock Info:
                  ID:        8b1d-77
                  Path:      journal-states/eu.tfstate
                  Operation: OperationTypeApply
                  Who:       ann@runner-3
                  Version:   1.11.4
                  Created:   2026-01-02 03:04:05.6 +0000 UTC
                """));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.LOCKED);
        assertThat(failure.diagnostic().summary())
                .isEqualTo("eu: Terraform's state is locked by ann@runner-3 since 2026-01-02 03:04:05.6 +0000 UTC");
        assertThat(failure.diagnostic().suggestion()).endsWith("terraform -chdir=/states/eu force-unlock 8b1d-77");
    }

    @Test
    void keep_what_is_said_before_all_json() {
        RunReport report = new RunReport();
        report.line("flag provided but not defined: -json");

        assertThat(TerraformFailures.of(REGION, "terraform init", COMMANDS, report)
                        .diagnostic()
                        .summary())
                .isEqualTo("eu: terraform init: flag provided but not defined: -json");
    }

    @Test
    void say_at_once_that_there_are_no_credentials(@TempDir Path home) {
        CloudCredentials none = new CloudCredentials(Map.of(), home, home.resolve("vendor"));

        assertThatThrownBy(() -> none.require(FleetProvider.AWS, REGION))
                .hasMessage("eu: there are no credentials for aws")
                .satisfies(
                        e -> assertThat(((Failure) e).diagnostic().suggestion()).contains("AWS_PROFILE"))
                .satisfies(e -> assertThat(((Failure) e).kind()).isEqualTo(Failure.Kind.USAGE));
        assertThatThrownBy(() -> none.require(FleetProvider.DIGITALOCEAN, REGION))
                .satisfies(
                        e -> assertThat(((Failure) e).diagnostic().suggestion()).contains("DIGITALOCEAN_TOKEN"));
        none.require(FleetProvider.TERRAFORM, REGION);
        new CloudCredentials(Map.of("AWS_PROFILE", "x"), home, home).require(FleetProvider.AWS, REGION);
        new CloudCredentials(Map.of("DIGITALOCEAN_TOKEN", "x"), home, home).require(FleetProvider.DIGITALOCEAN, REGION);
    }

    @ParameterizedTest
    @CsvSource({"100, 1", "1000, 1", "2100, 2", "19000, 16", "24000, 16", "8000, 10"})
    void run_as_many_as_there_is_memory_for(long megabytes, int runs) {
        String meminfo = "MemTotal:       99999999 kB\nMemAvailable:   " + megabytes * 1024 + " kB\nBuffers: 1 kB\n";

        assertThat(MemoryBudget.runsAtOnce(meminfo)).isEqualTo(runs);
        assertThat(MemoryBudget.runsAtOnce("nothing")).isEqualTo(2);
    }

    private static RunReport report(String summary, String detail) {
        var line = JsonMapper.shared().createObjectNode().put("type", "diagnostic");
        line.putObject("diagnostic")
                .put("severity", "error")
                .put("summary", summary)
                .put("detail", detail);
        RunReport report = new RunReport();
        report.line(line.toString());
        return report;
    }
}
