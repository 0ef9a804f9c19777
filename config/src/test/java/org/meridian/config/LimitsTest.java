package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The limits that the reference names are those of the code, all of them and no other. */
class LimitsTest {
    private static final Pattern ROW = Pattern.compile("\\| (.+) \\| ([0-9,]+) \\|");

    /** What each is called there, and the constant that sets it. */
    private static final Map<String, String> CONSTANTS = Map.ofEntries(
            Map.entry("bytes of a configuration, Compose or environment file", "core.file.BoundedFile.MEGABYTE"),
            Map.entry(
                    "values in a YAML file, an alias counted as what it stands for",
                    "config.document.TreeLimits.MOST_NODES"),
            Map.entry("levels of nesting in a YAML file", "config.document.TreeLimits.DEEPEST"),
            Map.entry("characters of a key", "config.document.TreeBuilder.LONGEST_KEY"),
            Map.entry("characters of a text in `meridian.yml`", "config.document.Field.LONGEST_TEXT"),
            Map.entry("regions", "config.RegionsReader.MOST"),
            Map.entry("servers or machines of a region", "config.RegionReader.MOST_SERVERS"),
            Map.entry("services of a Compose project", "config.compose.ComposeReader.MOST_SERVICES"),
            Map.entry("services that extend one another in a row", "config.compose.Extensions.LONGEST"),
            Map.entry("files that are included, each time counted", "config.compose.Inclusions.MOST"),
            Map.entry("levels of included files", "config.compose.Inclusions.DEEPEST"),
            Map.entry("ports of all services together", "config.compose.PortReader.MOST"),
            Map.entry("entries that merging Compose files may make", "config.compose.ComposeMerge.MOST_ENTRIES"),
            Map.entry("files of a directory that a service mounts", "config.compose.PlacedFiles.MOST_FILES"),
            Map.entry("levels of defaults in a variable's default", "core.variables.Template.DEEPEST"));

    @Test
    void theReferenceNamesEveryLimitAsTheCodeHasIt() throws Exception {
        Map<String, String> limits = new TreeMap<>();
        for (Entry<String, String> constant : CONSTANTS.entrySet()) {
            limits.put(constant.getKey(), String.format(Locale.ROOT, "%,d", value(constant.getValue())));
        }
        assertThat(written()).isEqualTo(limits);
    }

    private static Map<String, String> written() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Reference.FILE.resolveSibling("README.md")));
        while (row.find()) {
            rows.put(row.group(1), row.group(2));
        }
        return rows;
    }

    private static long value(String constant) throws ReflectiveOperationException {
        int dot = constant.lastIndexOf('.');
        Field field = Class.forName("org.meridian." + constant.substring(0, dot))
                .getDeclaredField(constant.substring(dot + 1));
        field.setAccessible(true);
        return ((Number) field.get(null)).longValue();
    }
}
