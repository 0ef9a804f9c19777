package org.meridian.web.browser;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window, as Debian packages it; {@code scripts/setup} installs it. */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final List<String> CHROMIUM =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final List<String> DRIVERS =
            List.of("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one with nothing remembered; fails when the machine has none. */
    public static Browser start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(present(CHROMIUM));
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(present(DRIVERS)))
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static String present(List<String> places) {
        return places.stream()
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("none of " + places + " is there; run scripts/setup"));
    }

    /** The window's size in CSS pixels, however small. */
    public void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What the system prefers: {@code light} or {@code dark}. */
    public void prefer(String colours) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /** Forgets all cookies: those of an address hold for all its ports. */
    public void forget() {
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    /** Selenium's handle, for what the page object has no words for. */
    public ChromeDriver driver() {
        return driver;
    }

    /** Waits until there is something; a failure names what was waited for. */
    public <T> T await(String what, Supplier<Optional<T>> wanted) {
        AtomicReference<@Nullable T> found = new AtomicReference<>();
        awaitThat(what, () -> {
            wanted.get().ifPresent(found::set);
            return found.get() != null;
        });
        return requireNonNull(found.get());
    }

    /** Waits until it is so; a failure names what was waited for. */
    public void awaitThat(String what, BooleanSupplier condition) {
        patience(what).until(any -> condition.getAsBoolean());
    }

    private WebDriverWait patience(String what) {
        WebDriverWait patience = new WebDriverWait(driver, PATIENCE, LOOK_EVERY);
        patience.ignoring(NoSuchElementException.class, StaleElementReferenceException.class)
                .ignoring(JavascriptException.class)
                .withMessage(what);
        return patience;
    }

    /**
     * What the page complained about since the last call: errors, and what the content policy refused. That this machine's network
     * changed, as with each container that comes or goes, is no fault of the page, which loads again what was dropped.
     */
    public List<String> complaints() {
        Stream<LogEntry> entries = driver.manage().logs().get(LogType.BROWSER).getAll().stream();
        return entries.filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("ERR_NETWORK_CHANGED"))
                .toList();
    }

    /** Keeps a picture of what is seen now; its directory is made. */
    public void photograph(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
