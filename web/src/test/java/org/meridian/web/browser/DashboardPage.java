package org.meridian.web.browser;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** What a person does at the dashboard and sees there. Everything waits until it is so, or fails. */
public final class DashboardPage {
    /** The menu's entries and the views' names in addresses. */
    public static final Map<String, String> VIEWS = Map.ofEntries(
            Map.entry("World", "world"),
            Map.entry("Pools", "pools"),
            Map.entry("Topology", "topology"),
            Map.entry("Jobs", "jobs"),
            Map.entry("Data", "data"),
            Map.entry("Rollouts", "rollouts"),
            Map.entry("Releases", "releases"),
            Map.entry("Secrets", "secrets"),
            Map.entry("Audit log", "audit"),
            Map.entry("Orphans", "orphans"),
            Map.entry("Lock", "lock"));

    private final Browser browser;
    private final String address;

    private DashboardPage(Browser browser, String address) {
        this.browser = browser;
        this.address = address;
    }

    /** Comes to an address without a slash at its end, and logs in there. */
    public static DashboardPage open(Browser browser, String address, String token) {
        DashboardPage page = new DashboardPage(browser, address);
        browser.driver().get(address + "/");
        page.logIn(token);
        page.awaitEntry();
        return page;
    }

    /** Comes by an address with the token in it, as {@code meridian ui} prints it. */
    public static DashboardPage follow(Browser browser, String link) {
        DashboardPage page = new DashboardPage(browser, link.substring(0, link.indexOf("/#")));
        browser.driver().get("about:blank"); // or it would be the same page, with another fragment
        browser.driver().get(link);
        page.awaitEntry();
        return page;
    }

    /** Comes to the login page and tries a token. */
    public static DashboardPage tryToken(Browser browser, String address, String token) {
        DashboardPage page = new DashboardPage(browser, address);
        browser.driver().get(address + "/login");
        page.logIn(token);
        return page;
    }

    private void awaitEntry() {
        try {
            find("main[data-view=world]");
        } catch (TimeoutException e) {
            throw new AssertionError(browser.driver().getCurrentUrl() + " shows: " + text("body"), e);
        }
    }

    private void logIn(String token) {
        find("#token:enabled").sendKeys(token, Keys.ENTER);
    }

    /** Opens a view by the menu. */
    public void show(String title) {
        find("nav.menu a[href$='#/" + viewOf(title) + "']").click();
        find("main[data-view=" + viewOf(title) + "]");
    }

    /** Comes to an address within the page, such as {@code #/rollouts/12}. */
    public void visit(String place) {
        browser.driver().get(address + "/" + place);
    }

    private static String viewOf(String title) {
        return VIEWS.getOrDefault(title, title.toLowerCase(Locale.ROOT));
    }

    /** The one element of that CSS selector, once it is there. */
    public WebElement find(String selector) {
        return browser.await(selector, () -> all(selector).stream().findFirst());
    }

    /** How many elements of that CSS selector are there now. */
    public int count(String selector) {
        return all(selector).size();
    }

    private List<WebElement> all(String selector) {
        return browser.driver().findElements(By.cssSelector(selector));
    }

    /** Waits until an element says that. */
    public void awaitText(String selector, String text) {
        browser.awaitThat(
                selector + " says '" + text + "'", () -> text(selector).contains(text));
    }

    /** What an element says now, seen or not. */
    public String text(String selector) {
        return String.valueOf(find(selector).getDomProperty("textContent"));
    }

    /** Waits until nothing of that CSS selector is there. */
    public void awaitGone(String selector) {
        browser.awaitThat(selector + " is gone", () -> count(selector) == 0);
    }

    /** Waits until the map shows a region's health. */
    public void awaitHealth(String region, String health) {
        find(".marker[data-region='" + region + "'][data-health='" + health + "']");
    }

    /** Waits until the map shows a region's users going there. */
    public void awaitUsers(String region, String servedBy) {
        find(".flow[data-from='" + region + "'][data-to='" + servedBy + "']");
    }

    /** Opens a server's branch in the topology and clicks one of its services, on the server of that name. */
    public void selectContainer(String server, String service) {
        visit("#/topology/server/" + server);
        // What runs on a server is asked for only once somebody looks.
        WebElement item = find("[role=treeitem][data-id='server/" + server + "'][aria-expanded]");
        if ("false".equals(item.getDomAttribute("aria-expanded"))) {
            item.findElement(By.cssSelector(".node-toggle")).click();
        }
        String containers = "[role=treeitem][data-id^='container/" + server + "/']";
        browser.await("the container of " + service + " on " + server, () -> all(containers).stream()
                        .filter(one -> names(one, service))
                        .findFirst())
                .findElement(By.cssSelector(".node"))
                .click();
        awaitText("#details-title", service);
    }

    private static boolean names(WebElement item, String service) {
        WebElement name = item.findElement(By.cssSelector(".node-name"));
        return service.equals(name.getDomProperty("textContent"));
    }

    /** Opens a tab of the details: facts, logs or terminal. */
    public void tab(String name) {
        find("#tab-" + name).click();
        find("#tab-" + name + "[aria-selected=true]");
    }

    /** Opens the terminal of what is selected, and waits until it is connected. */
    public void openTerminal() {
        tab("terminal");
        awaitText("live-terminal .log-state", "Connected");
    }

    /** Types into the terminal; ends with Enter. */
    public void typeIntoTerminal(String line) {
        find(".xterm-helper-textarea").sendKeys(line, Keys.ENTER);
    }

    /** Waits until a row of the terminal is exactly this. */
    public void awaitTerminalRow(String row) {
        try {
            browser.awaitThat("the terminal shows " + row, () -> terminalRows().contains(row));
        } catch (TimeoutException e) {
            throw new AssertionError("the terminal shows " + terminalRows() + ", not " + row, e);
        }
    }

    /** The terminal's rows, as a screen reader gets them, without spaces at their ends. */
    public List<String> terminalRows() {
        return all(".xterm-accessibility-tree > div").stream()
                .map(row -> String.valueOf(row.getDomProperty("textContent")).strip())
                .toList();
    }

    /** Clicks a button of that id and confirms what its dialog asks; gives the dialog's words. */
    public String act(String button) {
        String words = ask(button);
        find("dialog .dialog-actions .button:last-child").click();
        awaitGone("dialog");
        return words;
    }

    /** Clicks a button of that id and waits until its dialog says what it would do. */
    public String ask(String button) {
        find("#" + button).click();
        find("dialog .dialog-actions .button:last-child:not([disabled])");
        return text("dialog");
    }

    /** Presses keys, wherever the focus is. */
    public void press(CharSequence... keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    /** What a script expression gives in the page. */
    public @Nullable Object evaluate(String expression) {
        return browser.driver().executeScript("return " + expression);
    }
}
