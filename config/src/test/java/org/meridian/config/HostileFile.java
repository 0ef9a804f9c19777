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
        return Stream.of(composeFiles(), aliases(), configurations()).flatMap(files -> files);
    }

    private static Stream<HostileFile> composeFiles() {
        return Stream.of(
                compose("490 services that extend one another", services(490, HostileFile::extendsNext), "extend"),
                compose(
                        "8,000 services that extend one another",
                        services(8_000, HostileFile::extendsNext),
                        "8001 services"),
                compose("a cycle of 2,000 extends", services(2_000, i -> extending((i + 1) % 2_000)), "2001 services"),
                compose("a long cycle of extends", services(490, i -> extending((i + 1) % 490)), "extend"),
                compose(
                        "services that extend none",
                        services(490, i -> "{ image: a, extends: " + "s".repeat(60) + (100_000 + i) + " }"),
                        "unknown-service"),
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
                        "40,000 variables without a value",
                        web("environment: ["
                                + lines(40_000, i -> "'V=${V" + i + "}',").replace("\n", "") + "]"),
                        ""),
                compose("90,000 places of a variable", web("command: [" + "'${V}',".repeat(90_000) + "]"), ""),
                compose(
                        "a mount with 100,000 variables",
                        web("volumes: ['" + "${V:?a}".repeat(100_000) + ":/a']"),
                        "keeps data in"),
                compose(
                        "2,000 full port ranges",
                        web("ports: [" + "\"1-65535:1-65535\",".repeat(2_000) + "]"),
                        "ports"),
                compose(
                        "50,000 full port ranges",
                        web("ports: [" + "\"1-65535\",".repeat(50_000) + "]"),
                        "more than 131070 ports"),
                compose(
                        "a file that includes itself 20,000 times",
                        "include: [" + "compose.yaml,".repeat(20_000) + "]\n" + web("tty: true"),
                        "more than 200 files are included"));
    }

    private static Stream<HostileFile> aliases() {
        String bomb = lines(9, i -> "x" + (i + 1) + ": &x" + (i + 1) + " [" + ("*x" + i + ", ").repeat(9) + "]");
        String merges = lines(3_000, i -> "x" + (i + 1) + ": &x" + (i + 1) + " { k" + i + ": 1, <<: *x" + i + " }");
        String chain = lines(30_000, i -> "x" + (i + 1) + ": &x" + (i + 1) + " [*x" + i + "]");
        return Stream.of(
                compose("30,000 chained aliases", "x0: &x0 [a]\n" + chain + web("tty: true"), "nested"),
                compose("a billion laughs", "x0: &x0 [ha]\n" + bomb + web("tty: true"), "aliases"),
                compose("mappings that merge one another", "x0: &x0 { a: b }\n" + merges + web("tty: true"), "nested"),
                config(
                        "a billion laughs in variables",
                        Folder.GOOD + "x0: &x0 [ha]\n" + bomb + "terraform: { variables: { laugh: *x9 } }\n",
                        "aliases"),
                config("a deep list", "app: " + "[".repeat(400_000), "nested"));
    }

    private static Stream<HostileFile> configurations() {
        return Stream.of(
                config(
                        "an image with 3,000 parts",
                        good("image: registry.example.com/journal", "image: a" + "/a".repeat(3_000)),
                        "image"),
                config(
                        "an image with 300,000 parts",
                        good("image: registry.example.com/journal", "image: a" + "/a".repeat(300_000)),
                        "image"),
                config("10,000 unknown keys", Folder.GOOD + lines(10_000, i -> "servce" + i + ": 1"), "servce"),
                config(
                        "30,000 unknown keys in a section",
                        good(
                                "  service: web",
                                "  service: web\n"
                                        + lines(30_000, i -> "  servce" + i + ": 1")
                                                .stripTrailing()),
                        "servce"),
                config(
                        "a key of 500,000 characters",
                        Folder.GOOD + "? " + "k".repeat(500_000) + "\n: 1\n",
                        "1024 characters"),
                config("long keys in long keys", Folder.GOOD + deep(), "unknown-key"),
                config(
                        "3,000 colons in an address",
                        hosts("{ ssh: a, address: '" + ":".repeat(3_000) + "' }"),
                        "address"),
                config(
                        "30,000 machines",
                        hosts(lines(30_000, i -> "h" + i + ",").replace("\n", "")),
                        "30000 machines"),
                config(
                        "10,000 regions",
                        Folder.GOOD.replace(
                                "  us:",
                                lines(10_000, i -> "  r" + i + ": { provider: local, location: DE }") + "  us:"),
                        "10002 regions"),
                config(
                        "190 regions in 20,000 waves",
                        Folder.GOOD
                                .replace(
                                        "  us:",
                                        lines(190, i -> "  r" + i + ": { provider: local, location: DE }") + "  us:")
                                .replace("[[us], [eu]]", "[" + "[us],".repeat(20_000) + "[eu]]"),
                        "waves"),
                config(
                        "190 regions and 20,000 that are none",
                        Folder.GOOD
                                .replace(
                                        "  us:",
                                        lines(190, i -> "  region-number-" + i + ": { provider: local, location: DE }")
                                                + "  us:")
                                .replace("[[us], [eu]]", "[[" + "region-numbre-xyz,".repeat(20_000) + "us], [eu]]"),
                        "waves"),
                config(
                        "90,000 networks",
                        good(
                                "networks: [database]",
                                "networks: ["
                                        + lines(90_000, i -> "n" + i + ",").replace("\n", "") + "]"),
                        ""),
                config(
                        "a bucket with 300,000 parts",
                        good("state: records", "state: s3://journal/" + "a/".repeat(300_000)),
                        "state"),
                config("a path with a NUL", good("state: records", "state: \"a\\0b\""), "state"),
                config(
                        "a secret's name with 100,000 hyphens",
                        good(
                                "secrets: env-file:secrets.env",
                                "secrets: 'aws-secretsmanager:eu" + "-a".repeat(100_000) + ":x'"),
                        "secrets"),
                config(
                        "a word of 900,000 letters",
                        good("on_failure: pause", "on_failure: " + "p".repeat(900_000)),
                        "on_failure"),
                config("a number of 900,000 digits", good("servers: 2", "servers: " + "1".repeat(900_000)), "servers"),
                config("a hook of 300,000 words", good("end]", "end" + ", a".repeat(90_000) + "]"), ""));
    }

    private static String hosts(String items) {
        return good(
                "us: { provider: local, location: us-east-1, secrets: [env-file:secrets.env] }",
                "us: { provider: hosts, hosts: [" + items + "] }");
    }

    private static String deep() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 90; i++) {
            text.append(" ".repeat(i)).append("k".repeat(1_000)).append(":\n");
        }
        return text.append(lines(9_000, i -> " ".repeat(90) + "k" + i + ": 1")).toString();
    }

    private static String good(String part, String other) {
        return Folder.replaced(Folder.GOOD, part, other);
    }

    private static HostileFile config(String name, String text, String says) {
        return new HostileFile(name, "meridian.yml", text, says);
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
        return "services:\n  web: { " + APP + ", expose: [3000] }\n  s0: { image: a, dns: ["
                + IntStream.range(0, 30_000).mapToObj(i -> "a" + i + ",").collect(Collectors.joining()) + "] }\n"
                + lines(40, i -> "  s" + (i + 1) + ": { dns: [a], extends: s" + i + " }");
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }

    @Override
    public String toString() {
        return name;
    }
}
