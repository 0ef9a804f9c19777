package org.meridian.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.meridian.web.fixture.MadeRollout;
import org.meridian.web.fixture.MadeWorld;
import org.meridian.web.fixture.PageFixture;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;

/** The page in a browser, against a made-up world in the midst of a rollout that waits for approval. */
@Tag("browser")
class PageTest {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final String SERVER = "journal-eu-west-r7-1";
    private static final Duration WAITING = Duration.ofSeconds(90);

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    @SuppressWarnings("NullAway.Init")
    private PageFixture fixture;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
    }

    @BeforeEach
    void startFixture() {
        MadeRollout rollout = new MadeRollout(WAITING);
        fixture = PageFixture.start(MadeWorld.small(rollout), rollout);
        browser.forget();
        browser.resize(1280, 800);
        browser.prefer("light");
        browser.complaints();
    }

    @AfterEach
    void stopFixture() {
        browser.driver().get("about:blank");
        fixture.close();
    }

    @Test
    void eachViewOpensAndTheContentPolicyHasNothingToRefuse() {
        DashboardPage page = logIn();
        DashboardPage.VIEWS.forEach((title, view) -> {
            page.show(title);
            page.find("main[data-view=" + view + "] :is(table, svg, .tree, .sheet)");
            browser.photograph(PICTURES.resolve(view + ".png"));
        });
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aWrongTokenIsToldSo() {
        DashboardPage page = DashboardPage.tryToken(browser, fixture.address(), "guessed");
        page.awaitText("#problem", "This is not the token.");
        assertThat(page.count("nav.menu")).isZero();
    }

    @Test
    void thePrintedAddressLogsInAndItsTokenStaysNowhere() {
        DashboardPage page = DashboardPage.follow(browser, fixture.address() + "/#token=" + PageFixture.OPERATOR);
        assertThat(browser.driver().getCurrentUrl()).isEqualTo(fixture.address() + "/");

        page.evaluate("location.hash = '#token=" + PageFixture.VIEWER + "'");
        page.awaitText(".who", "viewer");
        assertThat(browser.driver().getCurrentUrl()).isEqualTo(fixture.address() + "/");

        page.visit("login#token=guessed");
        page.awaitText("#problem", "This is not the token.");
        assertThat(browser.driver().getCurrentUrl()).isEqualTo(fixture.address() + "/login");
    }

    @Test
    void aNewTabGetsTheKeyFromOneThatIsOpenAndTheCookieAloneIsNotEnough() {
        try (Browser tabs = Browser.start()) {
            DashboardPage page = DashboardPage.open(tabs, fixture.address(), PageFixture.OPERATOR);
            String first = tabs.driver().getWindowHandle();

            tabs.driver().switchTo().newWindow(WindowType.TAB);
            tabs.driver().get(fixture.address() + "/");
            page.find("main[data-view=world]");
            tabs.driver().navigate().refresh();
            page.find("main[data-view=world]");
            tabs.driver().close();

            tabs.driver().switchTo().window(first);
            page.evaluate("sessionStorage.clear()");
            tabs.driver().get(fixture.address() + "/");
            page.find("#token:enabled");
            assertThat(tabs.driver().getCurrentUrl()).isEqualTo(fixture.address() + "/login");
        }
    }

    @Test
    void aFallenRegionIsShownAndItsUsersGoToTheFallback() {
        DashboardPage page = logIn();
        page.awaitHealth("us-west", "healthy");
        page.awaitUsers("us-west", "us-west");

        fixture.world().fall("us-west");

        page.awaitHealth("us-west", "down");
        page.awaitUsers("us-west", "eu-west");
        page.awaitText("#news", "us-west is down. Its users go to eu-west.");
        page.awaitText("#unseen", "us-west: no SSH connection to us-west-1. See that it runs.");
        browser.photograph(PICTURES.resolve("world-fallen.png"));
        page.show("Pools");
        page.awaitText("[data-pool=us-west]", "0 of 2");

        fixture.world().rise("us-west");
        page.show("World");
        page.awaitHealth("us-west", "healthy");
    }

    @Test
    void markupInALogLineIsShownAsText() {
        String line = "<img src=x onerror='window.hit=1'><script>window.hit=2</script>";
        fixture.say(line);
        DashboardPage page = logIn();
        page.visit("#/topology/server/" + SERVER);
        page.tab("logs");
        page.awaitText("live-logs .log", line);
        assertThat(page.count("live-logs img, live-logs script")).isZero();
        assertThat(page.evaluate("window.hit")).isNull();
    }

    @Test
    void markupInAProcessNameIsShownAsText() {
        DashboardPage page = logIn();
        page.selectContainer(SERVER, "web");
        page.find("[role=treeitem][data-id^='container/" + SERVER + "'][aria-selected=true] .node-toggle")
                .click();
        page.awaitText("[data-kind=process]:last-child", "<b>not bold</b>");
        assertThat(page.count("[data-kind=process] .node-name b")).isZero();
    }

    @Test
    void aTerminalInAContainerAnswers() {
        DashboardPage page = logIn();
        page.selectContainer(SERVER, "web");
        page.openTerminal();
        page.typeIntoTerminal("echo $((6*7))");
        page.awaitTerminalRow("42");
        browser.photograph(PICTURES.resolve("terminal.png"));
        page.typeIntoTerminal("exit");
        page.awaitText("live-terminal .log-state", "exit code 0");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theKeyboardReachesTheContentAndWalksTheTopology() {
        DashboardPage page = logIn();
        page.show("Topology");
        browser.driver().navigate().refresh();
        page.find("[role=treeitem]");
        page.press(Keys.TAB);
        assertThat(focused(page)).contains("Skip to content");
        page.press(Keys.ENTER);
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main");

        page.evaluate("document.querySelector('[role=treeitem][tabindex=\"0\"]').focus()");
        page.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        assertThat(page.evaluate("document.activeElement.dataset.kind")).isEqualTo("server");
        page.press(Keys.ARROW_DOWN);
        assertThat(page.evaluate("document.querySelectorAll('[role=treeitem][tabindex=\"0\"]').length"))
                .as("only one node is in the tab order")
                .isEqualTo(1L);
        Object server = page.evaluate("document.activeElement.dataset.id");
        page.press(Keys.ENTER);
        page.find("#details");
        page.press(Keys.ESCAPE);
        page.awaitGone("#details");
        assertThat(page.evaluate("document.activeElement.dataset.id")).isEqualTo(server);
    }

    @Test
    void promotingAsksFirstAndSaysWhatItDoes() {
        DashboardPage page = logIn();
        page.show("Rollouts");
        assertThat(page.ask("abort")).contains("goes back to");
        page.press(Keys.ESCAPE);
        page.awaitGone("dialog");
        assertThat(fixture.asked()).isEmpty();

        assertThat(page.act("promote")).contains("eu-west").contains("r8");
        assertThat(fixture.asked()).containsExactly("POST /api/answer {\"rollout\":12,\"verdict\":\"promote\"}");
        page.find(".timeline [data-region=eu-west][data-doing=canary]");
    }

    @Test
    void goingBackToAReleaseShowsThePlanFirst() {
        fixture.close();
        MadeRollout over = MadeRollout.none();
        fixture = PageFixture.start(MadeWorld.small(over), over);
        DashboardPage page = logIn();
        page.show("Rollouts");
        page.awaitText("#receipt", "of 1,440 requests failed");
        assertThat(page.act("roll-back")).contains("Roll back from r7 to r6").contains("eu-west (primary)");
        assertThat(fixture.asked()).containsExactly("POST /api/rollback {\"to\":null}");
    }

    @Test
    void whoMayOnlyLookHasNoButtonsAndNoTerminal() {
        DashboardPage page = DashboardPage.open(browser, fixture.address(), PageFixture.VIEWER);
        page.show("Rollouts");
        page.find(".rollout");
        assertThat(page.count("#promote, #abort, #roll-back")).isZero();
        page.show("Releases");
        page.find("#releases tbody tr");
        assertThat(page.count("#releases button")).isZero();
        page.selectContainer(SERVER, "web");
        page.find("#tab-logs");
        assertThat(page.count("#tab-terminal")).isZero();
    }

    @Test
    void aLostConnectionIsToldUntilItIsBack() {
        DashboardPage page = logIn();
        page.find(".marker");
        fixture.cut(true);
        page.awaitText("#disconnected", "No connection to Meridian");
        fixture.cut(false);
        page.awaitGone("#disconnected");
        fixture.world().fall("tokyo");
        page.awaitHealth("tokyo", "down");
    }

    @Test
    void coloursFollowTheSystemUntilSomebodyChooses() {
        DashboardPage page = logIn();
        Object light = background(page);
        browser.prefer("dark");
        Object dark = background(page);
        assertThat(dark).isNotEqualTo(light);

        page.find("[aria-label='Use light colours']").click();
        assertThat(background(page)).isEqualTo(light);
        browser.driver().navigate().refresh();
        page.find("main");
        assertThat(background(page)).as("it is remembered").isEqualTo(light);
        page.evaluate("localStorage.clear()");
    }

    @Test
    void nothingIsWiderThanAPhone() {
        browser.resize(360, 740);
        DashboardPage page = logIn();
        DashboardPage.VIEWS.forEach((title, view) -> {
            page.show(title);
            page.find("main[data-view=" + view + "] :is(table, svg, .tree, .sheet)");
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(title)
                    .isEqualTo(360L);
            browser.photograph(PICTURES.resolve("phone-" + view + ".png"));
        });
    }

    @Test
    void whatIsDrawnHasWords() {
        DashboardPage page = logIn();
        assertThat(page.find(".marker[data-region=eu-west]").getDomAttribute("aria-label"))
                .contains("eu-west, primary: healthy, 2 of 2 servers");
        page.show("Rollouts");
        page.find(".timeline svg[aria-label]");
        assertThat(nameless(page)).isEmpty();
    }

    private static List<?> nameless(DashboardPage page) {
        Object found = page.evaluate("[...document.querySelectorAll('button, a, input, svg[role=img]')]"
                + ".filter(e => !(e.ariaLabel || e.getAttribute('aria-label') || e.textContent.trim()))"
                + ".map(e => e.outerHTML)");
        return (List<?>) java.util.Objects.requireNonNull(found);
    }

    private DashboardPage logIn() {
        DashboardPage page = DashboardPage.open(browser, fixture.address(), PageFixture.OPERATOR);
        browser.complaints(); // the first was that nobody was logged in
        return page;
    }

    private static String focused(DashboardPage page) {
        return String.valueOf(page.evaluate("document.activeElement.textContent"));
    }

    private static Object background(DashboardPage page) {
        return java.util.Objects.requireNonNull(page.evaluate("getComputedStyle(document.body).backgroundColor"));
    }
}
