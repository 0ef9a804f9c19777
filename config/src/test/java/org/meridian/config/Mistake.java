package org.meridian.config;

import java.util.List;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Location;

/**
 * One wrong configuration: a part of the good one, what stands in its place, and what the loader says about it.
 *
 * @param part    in {@link Folder#GOOD}
 * @param other   in its place, with a # where the problem is
 * @param summary the beginning of what is wrong
 * @param hint    a part of what to write instead
 * @param schema  whether a schema can tell as well
 */
record Mistake(String part, String other, String summary, String hint, boolean schema) {
    private static final String SERVERS = "Write a whole number from 1 to 1000, without quotes.";
    private static final String HEALTH = "{ path: /up, interval: 500ms, timeout: 2s, rise: 3, within: 2m }";
    private static final String TRAFFIC = "{ driver: haproxy, port: 8081, sticky: { cookie: _session } }";
    private static final String COMMAND = "bin/migrate --name \"two words\"";

    static Stream<Mistake> all() {
        return Stream.of(
                        keys(),
                        types(),
                        values(),
                        names(),
                        waves(),
                        CanaryMistakes.all(),
                        LogMistakes.all(),
                        OutsideMistakes.all(),
                        RoleMistakes.all(),
                        JobMistakes.all(),
                        SecretMistakes.all(),
                        StateMistakes.all())
                .flatMap(List::stream);
    }

    static Stream<Mistake> forSchema() {
        return all().filter(Mistake::schema);
    }

    private static List<Mistake> keys() {
        return List.of(
                both("app: journal", "#ap: journal", "there is no key 'ap'", "Did you mean 'app'?"),
                both("app: journal\n", "#", "app is missing", "app: journal"),
                both(
                        "app: journal\ncompose: compose.yaml\nimage: registry.example.com/journal\n",
                        "#app: journal\n",
                        "image is missing",
                        "image: journal"),
                both("servers: 2", "#server: 2", "there is no key 'server' in regions.eu", "Did you mean 'servers'?"),
                both("state: records", "#color: red", "there is no key 'color'", "Remove it; the keys here are app"),
                both("state: records", "#drain: 5m", "there is no key 'drain'", "'drain' belongs in rollout."),
                both(
                        "provider: local,",
                        "provider: local, #primary: yes,",
                        "there is no key 'primary' in regions.us",
                        "'primary' belongs in the top level."),
                both("cookie: _session", "#cokie: x", "there is no key 'cokie' in traffic.sticky", "'cookie'?"),
                both("rise: 3", "#raise: 3", "there is no key 'raise' in serve.health", "Did you mean 'rise'?"),
                both("  eu:\n    provider: local\n", "  #eu:\n", "regions.eu.provider is missing", "provider: local"),
                both("state: records", "#state:", "state has no value", "leave the key out"),
                both("    size: small", "    #size:", "regions.eu.size has no value", "leave the key out"),
                loader(
                        "state: records",
                        "#app: again",
                        "the key 'app' stands here a second time, first in line 1",
                        "Keep one of the two."));
    }

    private static List<Mistake> types() {
        return List.of(
                both("servers: 2", "servers: #two", "regions.eu.servers: 'two' is not a whole number", SERVERS),
                both("servers: 2", "servers: #\"2\"", "regions.eu.servers: '2' is not a whole number", SERVERS),
                both("servers: 2", "servers: #0", "regions.eu.servers: 0 is outside 1 to 1000", SERVERS),
                both("servers: 2", "servers: #1001", "regions.eu.servers: 1001 is outside 1 to 1000", SERVERS),
                both("servers: 2", "servers: #2.5", "regions.eu.servers: '2.5' is not a whole number", SERVERS),
                both("servers: 2", "servers: #[2]", "regions.eu.servers: a list stands where a single", SERVERS),
                both("[database]", "#database", "regions.eu.networks: 'database' stands where a list", "[database]"),
                both("[database]", "[a, #a]", "regions.eu.networks[2]: 'a' is listed twice", "Remove one"),
                both("[database]", "[#[a]]", "regions.eu.networks[1]: a list stands where a single", "single value"),
                both("{ LOG_LEVEL: info }", "#[a, b]", "env: a list stands where keys", "NAME: value"),
                both("LOG_LEVEL: info", "LOG_LEVEL: #[info]", "env.LOG_LEVEL: a list stands", "single value"),
                both("LOG_LEVEL: info", "LOG_LEVEL: #null", "env.LOG_LEVEL: there is no value", "Write \"\""),
                both("app: journal", "app: #[journal]", "app: a list stands where a single value", "single value"),
                both("app: journal", "app: #{ a: b }", "app: keys with values stands where", "single value"),
                both("port: 3000\n", "port: #web\n", "serve.port: 'web' is not a whole number", "from 1 to 65535"),
                both("port: 3000\n", "port: #70000\n", "serve.port: 70000 is outside", "from 1 to 65535"),
                both(HEALTH, "#/up", "serve.health: '/up' stands where keys with values", "key: value"),
                both(TRAFFIC, "#haproxy", "traffic: 'haproxy' stands where keys with values", "key: value"),
                both("{ cookie: _session }", "#_session", "traffic.sticky: '_session' stands where", "key: value"));
    }

    private static List<Mistake> values() {
        return List.of(
                both("app: journal", "app: #My Journal", "app: 'My Journal' is not a name", "like 'my-journal'"),
                both(
                        "  us:",
                        "  #US_1: { provider: local, location: US }\n  us:",
                        "regions.US_1: 'US_1' is not a name",
                        "like 'us-1'"),
                both("LOG_LEVEL: info", "#LOG-LEVEL: info", "env.LOG-LEVEL: 'LOG-LEVEL' can't be", "underscores"),
                both("LOG_LEVEL: info", "#MERIDIAN_X: y", "env.MERIDIAN_X: names that begin", "another name"),
                both(
                        "provider: local\n",
                        "provider: #lokal\n",
                        "regions.eu.provider: 'lokal' is not known; known: local",
                        "Did you mean 'local'?"),
                both(
                        "provider: local\n",
                        "provider: #gcp\n",
                        "regions.eu.provider: 'gcp' is not known",
                        "Write local."),
                both(
                        "secrets: env-file:secrets.env\n",
                        "secrets: #secrets.env\n",
                        "regions.eu.secrets: 'secrets.env' is not a reference",
                        "env-file:"),
                both(
                        "secrets: env-file:secrets.env\n",
                        "secrets: #env_file:secrets.env\n",
                        "regions.eu.secrets: 'env_file' is not a known store",
                        "Did you mean 'env-file'?"),
                both(
                        "secrets: env-file:secrets.env\n",
                        "secrets: #vualt:a/b\n",
                        "regions.eu.secrets: 'vualt' is not a known store of secrets; known: env-file",
                        "'vault'?"),
                loader(
                        "[env-file:secrets.env]",
                        "[#env-file:secret.env]",
                        "regions.us.secrets[1]: there is no file",
                        "NAME=value"),
                both("driver: haproxy", "driver: #haproxi", "traffic.driver: 'haproxi' is not known", "'haproxy'?"),
                both("cookie: _session", "cookie: #'a b'", "traffic.sticky.cookie: 'a b' can't be", "_session"),
                both("rate: 9/s", "rate: #9/m", "probe.rate: '9/m' is not a rate of 1/s to 100/s", "such as 5/s"),
                both("rate: 9/s", "rate: #0/s", "probe.rate: '0/s' is not a rate", "such as 5/s"),
                both("rate: 9/s", "rate: #101/s", "probe.rate: '101/s' is not a rate", "such as 5/s"),
                both("watch: 7s", "watch: #7", "rollout.watch: '7' is not a time span", "such as 5s"),
                both("watch: 7s", "watch: #7 seconds", "rollout.watch: '7 seconds' is not a time span", "s, m or h"),
                loader("drain: 8s", "drain: #2h", "rollout.drain: 2h is outside 0s to 1h", "from 0s to 1h"),
                loader("interval: 500ms", "interval: #1ms", "serve.health.interval: 1ms is outside", "100ms to 1m"),
                loader(
                        "health: { path: /up, interval: 500ms, timeout: 2s, rise: 3, within: 2m }",
                        "#health: { timeout: 5s, rise: 7, within: 10s }",
                        "serve.health: no server can be healthy within 10 s",
                        "Raise 'within'"),
                both("path: /up", "path: #up", "serve.health.path: a path begins with /, unlike 'up'", "such as /up"),
                both("path: /posts", "path: #\"/a b\"", "probe.path: '/a b' has characters", "such as /up"),
                both(COMMAND, "#[]", "before_shift: there is no command", "a list of its words"),
                loader(
                        COMMAND,
                        "#bin/migrate 'two words",
                        "before_shift: the quote ' at character 13 is not closed",
                        "[sh, -c,"),
                loader(
                        COMMAND,
                        "#bin/migrate && bin/seed",
                        "before_shift: the command runs without a shell, so '&' would not work",
                        "[sh, -c,"),
                loader(
                        "image: registry.example.com/journal",
                        "image: #Not An Image",
                        "image: 'Not An Image' is not an",
                        "as in the Compose file"),
                loader(
                        "state: records",
                        "state: #redis://host",
                        "state: 'redis:' is not known; known: a directory",
                        ".meridian"),
                loader("state: records", "state: #compose.yaml", "state: ", ".meridian"));
    }

    private static List<Mistake> names() {
        return List.of(
                loader(
                        "  eu:\n    provider: local\n    location: DE\n",
                        "  #eu:\n    provider: local\n",
                        "regions.eu.location is missing",
                        "'location: DE'"),
                loader(
                        "location: us-east-1",
                        "location: #us-esat-1",
                        "regions.us.location: 'us-esat-1' is not",
                        "Did you mean 'us-east-1'?"),
                loader("location: DE", "location: #XX", "regions.eu.location: 'XX' is not a known", "two letters"),
                loader("primary: eu", "primary: #eus", "primary: there is no region 'eus'", "Did you mean 'eu'?"),
                loader("primary: eu", "primary: #tokyo", "primary: there is no region 'tokyo'", "regions: eu, us."),
                loader(
                        "primary: eu\nregions:",
                        "#regions:",
                        "regions: with several regions one must be the primary",
                        "'primary: eu'"),
                loader("service: web", "service: #wbe", "serve.service: there is no service 'wbe' in", "'web'?"),
                loader(
                        "service: web",
                        "service: #front",
                        "serve.service: there is no service 'front'",
                        "services: web, worker, cache."),
                loader(
                        "port: 3000\n",
                        "port: #80\n",
                        "serve.port: the service 'web' has no port 80 in the Compose file;" + " it has 3000",
                        "under 'expose:'"),
                loader(
                        "compose: compose.yaml",
                        "compose: #docker.yaml",
                        "compose: there is no file 'docker.yaml'",
                        "Did you mean 'compose.yaml'?"),
                loader(
                        "image: registry.example.com/journal",
                        "image: #other",
                        "image: no service in ",
                        "registry.example.com/journal."));
    }

    private static List<Mistake> waves() {
        return List.of(
                loader(
                        "[[us], [eu]]",
                        "[[us], [#uss], [eu]]",
                        "rollout.waves[2][1]: there is no region 'uss'",
                        "'us'?"),
                loader(
                        "[[us], [eu]]",
                        "[[us], [#us], [eu]]",
                        "rollout.waves[2][1]: 'us' is in a wave already",
                        "Keep it"),
                loader("[[us], [eu]]", "#[[eu]]", "rollout.waves: no wave has us", "'waves: [[us], [eu]]'"),
                loader(
                        "[[us], [eu]]",
                        "[[#eu], [us]]",
                        "rollout.waves[1][1]: the primary 'eu' moves before others",
                        "[[us], [eu]]"),
                loader(
                        "[[us], [eu]]",
                        "[[us, #eu]]",
                        "rollout.waves[1][2]: the primary 'eu' moves with others",
                        "[[us], [eu]]"),
                both("[[us], [eu]]", "[#us, [eu]]", "rollout.waves[1]: 'us' stands where a list", "[[us], [eu]]"),
                both("[[us], [eu]]", "[#[], [us], [eu]]", "rollout.waves[1]: this wave has no region", "Remove it"));
    }

    static Mistake both(String part, String other, String summary, String hint) {
        return new Mistake(part, other, summary, hint, true);
    }

    static Mistake loader(String part, String other, String summary, String hint) {
        return new Mistake(part, other, summary, hint, false);
    }

    /** The whole configuration with the mistake in it. */
    String text() {
        return Folder.replaced(Folder.GOOD, part, other.replaceFirst("#", ""));
    }

    /** Where the mistake is. */
    Location where(String file) {
        String before = Folder.replaced(Folder.GOOD, part, other);
        before = before.substring(0, before.indexOf('#'));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Location(file, line, before.length() - before.lastIndexOf('\n'));
    }

    @Override
    public String toString() {
        return other.strip();
    }
}
