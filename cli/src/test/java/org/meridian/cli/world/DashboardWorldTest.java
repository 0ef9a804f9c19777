package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.meridian.web.browser.Browser;
import org.meridian.web.browser.DashboardPage;

/** The dashboard as a person has it: {@code meridian ui} beside a real local world, in a browser. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardWorldTest {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+/#token=[A-Za-z0-9_-]+");

    /** Two checks of at most 1 s, 300 ms apart, and the dashboard's look each second; the rest is for a busy machine. */
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(10);

    private static final Duration ROLLED_BACK_WITHIN = Duration.ofMinutes(3);

    private LocalWorld world;
    private Running dashboard;
    private Browser browser;
    private DashboardPage page;
    private Users users;

    @BeforeAll
    void deployAndOpenTheDashboard() throws Exception {
        world = LocalWorld.create("dashboard");
        String config = Files.readString(world.directory().resolve("meridian.yml"));
        world.write(
                "meridian.yml",
                config.replace("SHOWN: everywhere }", "SHOWN: everywhere, LINES_PER_SECOND: \"2\" }")
                        .replace("keep_previous: 10m", "keep_previous: 30m"));
        LocalWorld.Receipt receipt = world.deploy("v1");
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        dashboard = world.start("ui", "--port", "0");
        assertThat(dashboard.untilOrEnd(() -> link().find()))
                .as(dashboard.everything())
                .isTrue();
        browser = Browser.start();
    }

    private Matcher link() {
        return LINK.matcher(dashboard.everything());
    }

    @BeforeEach
    void comeByThePrintedAddress() {
        users = Users.of(world.address());
        browser.resize(1280, 900);
        Matcher link = link();
        assertThat(link.find()).isTrue();
        page = DashboardPage.follow(browser, link.group());
    }

    @AfterEach
    void nothingWasRefused() {
        users.close();
        assertThat(browser.complaints()).isEmpty();
    }

    @AfterAll
    void end() {
        if (browser != null) {
            browser.close();
        }
        if (dashboard != null) {
            dashboard.close();
        }
        world.close();
    }

    @Test
    void theMapAndThePoolsShowBothRegions() {
        page.awaitHealth("eu", "healthy");
        page.awaitHealth("us", "healthy");
        page.awaitUsers("eu", "eu");
        page.awaitUsers("us", "us");
        browser.photograph(PICTURES.resolve("local-world.png"));

        page.show("Pools");
        page.awaitText("[data-pool=eu]", "2 of 2");
        page.awaitText("[data-pool=us]", "2 of 2");
        browser.photograph(PICTURES.resolve("local-pools.png"));
    }

    @Test
    void aContainerHasATerminalAndItsLogsAreLive() {
        String server = world.server("us", world.release(), 1);
        page.show("Topology");
        page.selectContainer(server, "web");
        page.awaitText("#details", server);
        page.openTerminal();
        page.typeIntoTerminal("echo $((6*7))");
        page.awaitTerminalRow("42");
        browser.photograph(PICTURES.resolve("local-terminal.png"));

        page.tab("logs");
        page.awaitText("live-logs .log", "line ");
        Shell.Ended said =
                world.meridian("exec", "--server", server, "--", "sh", "-c", "echo said just now >/proc/1/fd/1");
        assertThat(said.exitCode()).as(said.errors()).isZero();
        page.awaitText("live-logs .log", "said just now");
        browser.photograph(PICTURES.resolve("local-logs.png"));
    }

    @Test
    void aRolloutOfAnotherProcessIsWatchedToItsReceiptAndRolledBackByTheButton() throws Exception {
        String before = world.release();
        page.show("Rollouts");
        LocalWorld.Receipt receipt = watchADeploy();
        page.awaitText("#receipt", "of %,d requests failed".formatted(receipt.probesSent()));
        page.awaitText(".status", receipt.release());
        browser.photograph(PICTURES.resolve("local-receipt.png"));

        String asked = page.act("roll-back");

        assertThat(asked).contains("Roll back from " + receipt.release() + " to " + before, "only traffic moves");
        page.awaitText(".rollout h2", "back from " + receipt.release() + " to " + before);
        Wait.until("the receipt of the rollback", ROLLED_BACK_WITHIN, () -> page.count("#receipt") > 0);
        page.awaitText(".status", before);
        browser.photograph(PICTURES.resolve("local-rolled-back.png"));
        world.requireServing(before);
        assertThat(users.failures()).isEmpty();
    }

    private LocalWorld.Receipt watchADeploy() throws Exception {
        try (Running deploy = world.start("deploy", "--tag", "v2", "--yes", "--json")) {
            page.awaitText(".rollout[data-outcome=running] h2", "to " + deploy.release());
            page.find(".timeline [data-region=us] .phase.prepare.going");
            deploy.until("shifted", e -> e.path("region").asString("").equals("us"));
            page.find(".timeline [data-region=us] .phase.shift");
            page.awaitText(".timeline [data-region=us] .dots title", "probes answered, 0 failed");
            browser.photograph(PICTURES.resolve("local-rollout.png"));
            LocalWorld.Receipt receipt = world.receipt(deploy.end());
            assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
            page.find(".rollout[data-outcome=done] .timeline [data-region=eu] .phase.shift");
            return receipt;
        }
    }

    @Test
    void aRegionThatIsCutOffIsShownAsDownAndItsUsersElsewhere() {
        page.awaitHealth("us", "healthy");
        page.awaitUsers("us", "us");

        Shell.docker("network", "disconnect", world.network("us"), world.edge());
        try {
            Wait.until(
                    "the map shows us as down",
                    SHOWN_WITHIN,
                    () -> page.count(".marker[data-region=us][data-health=down]") > 0);
            page.awaitUsers("us", "eu");
            page.awaitText("#news", "us is down. Its users go to eu.");
            browser.photograph(PICTURES.resolve("local-cut-off.png"));
            page.show("Pools");
            page.awaitText("[data-pool=us]", "0 of 2");
        } finally {
            Shell.docker("network", "connect", world.network("us"), world.edge());
        }
        page.awaitText("[data-pool=us]", "2 of 2");
    }
}
