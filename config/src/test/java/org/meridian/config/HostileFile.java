package org.meridian.config;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Files of less than a megabyte that were written to keep Meridian busy or to break it.
 *
 * @param name what is in it
 * @param file where it is to be written
 * @param text its text
 * @param says what the first problem has to say
 */
record HostileFile(String name, String file, String text, String says) {
    private static final String APP = "image: registry.example.com/journal";

    static Stream<HostileFile> all() {
        return Stream.of(composeFiles()).flatMap(files -> files);
    }

    private static Stream<HostileFile> composeFiles() {
        return Stream.of(
                compose("900 services that extend one another", services(900, HostileFile::extendsNext), "extend"),
                compose(
                        "8,000 services that extend one another",
                        services(8_000, HostileFile::extendsNext),
                        "8001 services"),
                compose("a long cycle of extends", services(900, i -> extending((i + 1) % 900)), "extend"),
                compose("a short cycle of extends", services(3, i -> extending((i + 1) % 3)), "extends-cycle"),
                compose("a long list, extended again and again", growing(), "extends-size"),
                compose("20,000 services", services(20_000, i -> "{ image: a }"), "20001 services"),
                compose("100,000 nested defaults", web("x: '" + "${a:-".repeat(100_000) + "'"), "defaults"),
                compose(
                        "nested and closed defaults",
                        web("x: '" + "${a:-".repeat(60_000) + "}".repeat(60_000) + "'"),
                        "defaults"),
                compose("300,000 variables that don't end", web("x: '" + "${".repeat(300_000) + "'"), "defaults"),
                compose("300,000 variables without a brace", web("x: '" + "$".repeat(300_001) + "'"), ""),
                compose(
                        "2,000 full port ranges",
                        web("ports: [" + "\"1-65535:1-65535\",".repeat(2_000) + "]"),
                        "ports"));
    }

    private static HostileFile compose(String name, String text, String says) {
        return new HostileFile(name, "compose.yaml", text, says);
    }

    private static String web(String line) {
        return "services:\n  web:\n    " + APP + "\n    expose: [3000]\n    " + line + "\n";
    }

    private static String services(int count, IntFunction<String> body) {
        return "services:\n  web: { " + APP + ", expose: [3000] }\n"
                + lines(count, i -> "  s" + i + ": " + body.apply(i));
    }

    private static String extendsNext(int i) {
        return extending(i + 1);
    }

    private static String extending(int i) {
        return "{ image: a, extends: s" + i + " }";
    }

    private static String growing() {
        return "services:\n  web: { " + APP + ", expose: [3000] }\n  s0: { image: a, dns: [" + "a,".repeat(30_000)
                + "] }\n" + lines(40, i -> "  s" + (i + 1) + ": { dns: [a], extends: s" + i + " }");
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }

    @Override
    public String toString() {
        return name;
    }
}
