package org.meridian.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.ServerName;
import org.meridian.web.browser.Browser;
import org.meridian.web.browser.DashboardPage;
import org.openqa.selenium.Keys;

/** The page in a browser against the dashboard's own server, over a simulated world. */
@Tag("browser")
final class DashboardPageTest {
    private static final ServerName EU = new ServerName("journal-eu-r1-1");

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    @SuppressWarnings("NullAway.Init")
    private Stage stage;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
    }

    @BeforeEach
    void startStage() throws Exception {
        stage = Stage.withFirstRelease();
        browser.forget();
        browser.resize(1280, 800);
    }

    @AfterEach
    void stopStage() {
        browser.driver().get("about:blank");
        stage.close();
    }

    @Test
    void every_view_shows_the_world_and_nothing_is_refused_by_the_content_policy() {
        DashboardPage page = logIn(Stage.OPERATOR);
        page.awaitHealth("eu", "healthy");
        DashboardPage.VIEWS.forEach((title, view) -> {
            page.show(title);
            page.find("main[data-view=" + view + "] :is(table, svg, .tree, .sheet, .empty-title)");
        });
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_page_of_which_a_part_did_not_arrive_is_loaded_again() {
        DashboardPage page = logIn(Stage.OPERATOR);
        page.find("main[data-view=world]");

        browser.driver()
                .executeScript("window.before = true;"
                        + "document.querySelector('script[src=\"/app.js\"]').dispatchEvent(new Event('error'))");

        browser.awaitThat(
                "another page",
                () -> Boolean.TRUE.equals(browser.driver().executeScript("return window.before === undefined")));
        page.find("main[data-view=world]");
        browser.awaitThat(
                "an end of counting",
                () -> Boolean.TRUE.equals(
                        browser.driver().executeScript("return sessionStorage.getItem('meridian.reloads') === null")));
    }

    @Test
    void a_wrong_token_is_refused_in_words() {
        DashboardPage page = DashboardPage.tryToken(browser, address(), "guessed");
        page.find("#problem:not([hidden])");
        assertThat(page.count("nav.menu")).isZero();
    }

    @Test
    void a_deploy_by_another_process_is_watched_from_the_pool_to_the_receipt() throws Exception {
        DashboardPage page = logIn(Stage.OPERATOR);
        page.show("Pools");
        page.awaitText("[data-pool=eu] .weights", "r1 100 %");

        var unused = stage.simulation.deploy(2);

        page.awaitText("[data-pool=eu] .weights", "r2 100 %");
        page.visit("#/rollouts");
        page.find(".rollout[data-rollout='2'][data-outcome=done]");
        page.find("#receipt");
        page.find(".timeline .phase.shift, .timeline .phase.canary");
    }

    @Test
    void a_log_line_with_script_in_it_is_shown_as_text() {
        String script = "<img src=x onerror='window.hit=1'><script>window.hit=2</script>";
        stage.access.write(EU, script);
        DashboardPage page = logIn(Stage.VIEWER);
        page.visit("#/topology/server/" + EU);
        page.tab("logs");
        page.awaitText("live-logs .log", script);
        assertThat(page.count("live-logs img, live-logs script")).isZero();
        assertThat(page.evaluate("window.hit")).isNull();
    }

    @Test
    void a_shell_in_a_container_answers() {
        DashboardPage page = logIn(Stage.OPERATOR);
        page.selectContainer(EU.value(), "web");
        page.openTerminal();
        // The stand-in's shell has no terminal that would turn Enter's carriage return into a line's end.
        page.find(".xterm-helper-textarea").sendKeys("echo $((6*7))", Keys.chord(Keys.CONTROL, "j"));
        page.awaitTerminalRow("42");
    }

    @Test
    void a_rollback_by_button_says_what_it_does_and_does_it() throws Exception {
        var unused = stage.simulation.deploy(2);
        DashboardPage page = logIn(Stage.OPERATOR);
        page.show("Rollouts");
        assertThat(page.act("roll-back")).contains("Roll back from r2 to r1");
        page.find(".rollout[data-rollout='3'][data-outcome=done]");
        page.show("Pools");
        page.awaitText("[data-pool=eu] .weights", "r1 100 %");
    }

    @Test
    void a_viewer_finds_no_button_and_no_terminal() throws Exception {
        var unused = stage.simulation.deploy(2);
        DashboardPage page = logIn(Stage.VIEWER);
        page.show("Rollouts");
        page.find(".rollout");
        assertThat(page.count("#promote, #abort, #roll-back")).isZero();
        page.selectContainer("journal-eu-r2-1", "web");
        page.find("#tab-logs");
        assertThat(page.count("#tab-terminal")).isZero();
    }

    @Test
    void jobs_workers_and_what_keeps_data_are_shown_as_they_are_and_their_words_as_text() throws Exception {
        stage.close();
        stage = Stage.withServices();
        DashboardPage page = logIn(Stage.VIEWER);
        page.show("Jobs");
        page.awaitText("[data-job=digest] .badge.bad", "exit code 3");
        page.awaitText("[data-job=tidy] .badge.ok", "running for");
        page.awaitText("[data-worker=mail] .badge", "running");
        page.show("Data");
        page.awaitText("[data-kept=db] .badge.bad", FakeServices.UNWELL);
        page.awaitText("[data-kept=db]", "2 MB");
        page.awaitText("[data-kept=db]", "the backup of db begun at 2026-11-24T03:00:00Z failed");
        page.visit("#/topology/data/eu/db");
        page.awaitText("[data-kind=data] .node-name", "db");
        page.awaitText("#panel", "the backup of db begun at 2026-11-24T03:00:00Z failed");
        page.awaitText("#panel", "2 MB");
        assertThat(page.count("#main img")).isZero();
        assertThat(page.evaluate("window.hit")).isNull();
    }

    private DashboardPage logIn(String token) {
        DashboardPage page = DashboardPage.open(browser, address(), token);
        browser.complaints(); // the first was that nobody was logged in
        return page;
    }

    private String address() {
        String address = stage.address().toString();
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
