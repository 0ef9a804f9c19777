import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * Visits the dashboard with a browser and prints what it took, a line each, tab separated:
 *
 * <p>{@code open}: milliseconds from opening the link until all regions are painted, with nothing in the browser's cache; and of a
 * core that the server and the browser used for it.
 * {@code world} and {@code topology}: percent of a core that the server, the page's process and the browser's other processes take
 * while that view is looked at. {@code heap}: minutes, MiB that live in the server, MiB that live in the page.
 *
 * <p>Arguments: a directory for the browser, the link, the server's process id, jcmd, containers in all, seconds to look at each
 * view, minutes to look at the heap.
 */
final class DashboardVisit {
    private static final int OPENINGS = 5;
    private static final int LOOKS = 5;
    private static final Duration SETTLES = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(230);

    /** Calls usable() once the map and every region with its figures were painted. */
    private static final String TELL = """
            (() => {
              if (top !== self || !location.protocol.startsWith('http')) return;
              const there = () => document.querySelectorAll('.marker').length >= 10
                && document.querySelectorAll('.regions .region-rate strong').length >= 10;
              const look = () => there() ? requestAnimationFrame(() => setTimeout(() => usable(''))) : requestAnimationFrame(look);
              look();
            })()""";

    private final DevTools tools;
    private final ProcessHandle server;
    private final Duration seconds;

    private DashboardVisit(DevTools tools, ProcessHandle server, Duration seconds) {
        this.tools = tools;
        this.server = server;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        ProcessHandle server = ProcessHandle.of(Long.parseLong(arguments[2])).orElseThrow();
        Duration seconds = Duration.ofSeconds(Long.parseLong(arguments[5]));
        try (DevTools tools = new DevTools(directory)) {
            DashboardVisit visit = new DashboardVisit(tools, server, seconds);
            visit.open(arguments[1]);
            visit.look("world");
            visit.openTopology(Integer.parseInt(arguments[4]));
            visit.look("topology");
            visit.heaps(arguments[3], Integer.parseInt(arguments[6]));
        }
    }

    private void open(String link) throws Exception {
        tools.page("Page.enable", Map.of());
        tools.page("Runtime.enable", Map.of());
        tools.page("Network.enable", Map.of());
        tools.page("Runtime.addBinding", Map.of("name", "usable"));
        tools.page("Page.addScriptToEvaluateOnNewDocument", Map.of("source", TELL));
        for (int i = 0; i < OPENINGS; i++) {
            tools.page("Page.navigate", Map.of("url", "about:blank"));
            tools.page("Network.clearBrowserCookies", Map.of());
            tools.page("Network.clearBrowserCache", Map.of());
            tools.forgetEvents();
            double before = total(used());
            long begin = System.nanoTime();
            tools.page("Page.navigate", Map.of("url", link));
            tools.awaitCall("usable");
            long took = System.nanoTime() - begin;
            print("open", Long.toString(took / 1_000_000), String.format("%.0f", 1000 * (total(used()) - before)));
        }
        // Events that nobody reads would cost the browser something.
        tools.page("Network.disable", Map.of());
        tools.page("Page.disable", Map.of());
    }

    private void openTopology(int containers) throws Exception {
        tools.evaluate("location.hash = '#/topology'");
        tools.await("document.querySelector('.tree-tools button') !== null");
        tools.evaluate("document.querySelector('.tree-tools button').click()");
        tools.await("document.querySelectorAll('[data-kind=container]').length >= " + containers);
    }

    private void look(String view) throws Exception {
        Thread.sleep(SETTLES);
        Map<String, Double> before = used();
        long begin = System.nanoTime();
        Thread.sleep(seconds);
        double took = (System.nanoTime() - begin) / 1e9;
        Map<String, Double> after = used();
        after.replaceAll((who, used) -> 100 * (used - before.getOrDefault(who, 0.0)) / took);
        print(view, percent(after, "server"), percent(after, "renderer"), percent(after, "others"));
    }

    private static double total(Map<String, Double> used) {
        return used.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static String percent(Map<String, Double> used, String who) {
        return String.format("%.2f", used.getOrDefault(who, 0.0));
    }

    /** Seconds of a core that each has used so far. */
    private Map<String, Double> used() throws Exception {
        Map<String, Double> used = new TreeMap<>();
        for (JsonNode process : tools.browser("SystemInfo.getProcessInfo").path("processInfo")) {
            String who = process.path("type").asString().equals("renderer") ? "renderer" : "others";
            used.merge(who, process.path("cpuTime").asDouble(), Double::sum);
        }
        used.put("server", server.info().totalCpuDuration().orElseThrow().toNanos() / 1e9);
        return used;
    }

    private void heaps(String jcmd, int minutes) throws Exception {
        for (int minute = 0; minute <= minutes; minute++) {
            print("heap", Integer.toString(minute), mebibytes(least(jcmd)), mebibytes(ofPage()));
            if (minute < minutes) {
                Thread.sleep(Duration.ofMinutes(1));
            }
        }
    }

    /** Of several looks, since a world that is just being written lives too, with its buffers of some megabytes. */
    private double least(String jcmd) throws Exception {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < LOOKS; i++) {
            least = Math.min(least, ofServer(jcmd));
            Thread.sleep(BETWEEN_LOOKS);
        }
        return least;
    }

    /** What a full collection leaves, which a class histogram begins with. */
    private double ofServer(String jcmd) throws Exception {
        Process process = new ProcessBuilder(jcmd, Long.toString(server.pid()), "GC.class_histogram").start();
        String text = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("jcmd does not end");
        }
        String total = text.lines().filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
        return Double.parseDouble(total.trim().split(" +")[2]);
    }

    private double ofPage() throws Exception {
        tools.page("HeapProfiler.collectGarbage", Map.of());
        return tools.page("Runtime.getHeapUsage", Map.of()).path("usedSize").asDouble();
    }

    private static String mebibytes(double bytes) {
        return String.format("%.2f", bytes / (1 << 20));
    }

    private static void print(String... values) {
        System.out.println(String.join("\t", values));
    }
}
