package org.meridian.cli.view;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.meridian.core.logs.LogSink;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import tools.jackson.databind.node.ObjectNode;

/** Shows lines of logs: in their region's colour on a terminal, whole times and names elsewhere, one JSON object each. */
public final class LogLines implements LogSink {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WHOLE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Console console;
    private final boolean json;
    private final List<RegionName> regions;
    private final int regionWidth;
    private int serviceWidth;

    /** Shows them there; regions have colours by their order. */
    public LogLines(Console console, boolean json, List<RegionName> regions) {
        this.console = requireNonNull(console, "console is null");
        this.json = json;
        this.regions = List.copyOf(regions);
        this.regionWidth = regions.stream()
                .mapToInt(region -> region.value().length())
                .max()
                .orElse(0);
    }

    @Override
    public void line(LogLine line) {
        if (json) {
            print(Json.line(object(line)));
        } else if (console.live()) {
            print(forTerminal(line));
        } else {
            print(WHOLE_TIME.format(line.at()) + " " + line.region() + " " + line.server() + " " + line.service() + " "
                    + Visible.of(line.text()));
        }
    }

    @Override
    public void remark(ServerName server, String text) {
        if (json) {
            print(Json.line(Json.object()
                    .put("event", "remark")
                    .put("at", Instant.now().toString())
                    .put("server", server.value())
                    .put("text", text)));
        } else {
            tell(server + ": " + Visible.of(text));
        }
    }

    @Override
    public void skipped(long lines) {
        if (json) {
            print(Json.line(Json.object().put("event", "skipped").put("lines", lines)));
        } else {
            tell(lines + (lines == 1 ? " line" : " lines") + " skipped: they come faster than they are shown");
        }
    }

    private String forTerminal(LogLine line) {
        Style style = console.outStyle();
        serviceWidth = Math.max(serviceWidth, line.service().length());
        String place = Table.pad(line.region().value(), regionWidth, false) + " " + LiveBlock.shortName(line.server())
                + " " + Table.pad(line.service(), serviceWidth, false);
        return style.dim(TIME.format(line.at())) + " " + style.nth(regions.indexOf(line.region()), place) + "  "
                + Visible.of(line.text());
    }

    private static ObjectNode object(LogLine line) {
        return Json.object()
                .put("event", "line")
                .put("at", line.at().toString())
                .put("region", line.region().value())
                .put("server", line.server().value())
                .put("service", line.service())
                .put("release", line.release().toString())
                .put("text", line.text());
    }

    private void tell(String text) {
        console.out().flush();
        console.err().println(console.errStyle().dim("-- " + text));
    }

    /** Following ends with whoever reads. */
    private void print(String line) {
        console.out().println(line);
        console.requireWritable();
    }
}
