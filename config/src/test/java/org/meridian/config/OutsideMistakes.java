package org.meridian.config;

import static org.meridian.config.Mistake.both;
import static org.meridian.config.Mistake.loader;

import java.util.List;
import java.util.stream.Stream;

/** What can be wrong with hooks, with notifications and with what counts requests. */
final class OutsideMistakes {
    private static final String ANNOUNCE = "bin/announce start \"two words\"";
    private static final String SLACK = "slack: env:SLACK_WEBHOOK_URL";
    private static final String LIST = "[bin/check --deep, { run: bin/slow, within: 10m }, [bin/last, 7]]";
    private static final String NOTIFY = "\n  - slack: env:SLACK_WEBHOOK_URL\n  - webhook: env:DEPLOY_WEBHOOK_URL\n";
    private static final String URL = "url: http://127.0.0.1:9090";

    private OutsideMistakes() {}

    static List<Mistake> all() {
        return Stream.of(hooks(), notices(), metrics()).flatMap(List::stream).toList();
    }

    private static List<Mistake> hooks() {
        return List.of(
                both("before_deploy:", "#before_deplo:", "there is no key 'before_deplo' in hooks", "'before_deploy'?"),
                both(
                        "before_deploy:",
                        "#on_deploy:",
                        "there is no key 'on_deploy' in hooks",
                        "keys here are before_plan"),
                both(
                        "run: [bin/announce",
                        "#rum: [bin/announce",
                        "there is no key 'rum' in hooks.after_deploy",
                        "'run'?"),
                both(
                        "before_deploy: " + ANNOUNCE,
                        "#before_deploy: { within: 3s }",
                        "hooks.before_deploy.run is missing",
                        "'run: bin/announce start'"),
                both(ANNOUNCE, "#[]", "hooks.before_deploy: there is no command", "a list of its words"),
                both(ANNOUNCE, "#\" \"", "hooks.before_deploy: there is no command", "a list of its words"),
                loader(ANNOUNCE, "#a | b", "hooks.before_deploy: the command runs without a shell", "[sh, -c,"),
                loader(ANNOUNCE, "#a 'b", "hooks.before_deploy: the quote ' at character 3 is not", "Quote it"),
                loader(
                        ANNOUNCE,
                        "#[bin/one first, bin/two]",
                        "hooks.before_deploy: a list is the words of one command, and 'bin/one first' is several",
                        "{ run: … }"),
                both(LIST, "[#[], { run: b }]", "hooks.before_region[1]: there is no command", "a list of its words"),
                both(LIST, "[a, { run: [#[b]] }]", "hooks.before_region[2].run[1]: a list stands", "single value"),
                both(LIST, "[a, { run: #{ b: c } }]", "hooks.before_region[2].run: keys with values", "single value"),
                both("within: 30s", "within: #30", "hooks.after_deploy.within: '30' is not a time", "1s to 1h"),
                loader("within: 30s", "within: #2h", "hooks.after_deploy.within: 2h is outside 1s to 1h", "1s to 1h"),
                loader("within: 10m", "within: #0s", "hooks.before_region[2].within: 0s is outside", "1s to 1h"));
    }

    private static List<Mistake> notices() {
        String env = "env:NAME for a variable";
        return List.of(
                both("- slack:", "- #slak:", "there is no key 'slak' in notify[1]", "Did you mean 'slack'?"),
                both(
                        "- slack:",
                        "- #email:",
                        "there is no key 'email' in notify[1]",
                        "the keys here are slack, webhook"),
                both("- " + SLACK, "- #{}", "notify[1]: neither slack nor webhook is here", "'- slack: env:"),
                both(NOTIFY, " #https://hooks.example.com/verysecret\n", "notify: this is not a list of", "- slack:"),
                both(
                        NOTIFY,
                        " [#\"https://hooks.example.com/verysecret\"]\n",
                        "notify[1]: this is not a list",
                        "slack:"),
                both(NOTIFY, " #{ slack: env:SLACK_WEBHOOK_URL }\n", "notify: this is not a list of", "- slack:"),
                both(
                        SLACK,
                        "slack: #SLACK_WEBHOOK_URL",
                        "notify[1].slack: this is neither env:NAME nor file:PATH",
                        env),
                both(SLACK, "slack: #env:$SLACK", "notify[1].slack: what follows env: can't be a variable's name", env),
                both(SLACK, "slack: #ftp://h/verysecret", "notify[1].slack: this is neither env:NAME nor", env),
                loader(
                        SLACK,
                        "slack: #env:PLAIN_WEBHOOK_URL",
                        "notify[1].slack: the value of PLAIN_WEBHOOK_URL is not an https:// address",
                        "on this machine only"),
                loader(
                        SLACK,
                        "slack: #https://u:verysecret@h/",
                        "notify[1].slack: this is not an https://",
                        "Correct it"),
                loader(SLACK, "slack: #http://h/verysecret", "notify[1].slack: this is not an https://", "Correct it"),
                loader(SLACK, "slack: #file:none", "notify[1].slack: there is no file none", "correct the path"),
                loader(SLACK, "slack: #file:.", "notify[1].slack: ", "correct the path"),
                loader(SLACK, "slack: #file:open-address", "notify[1].slack: others may read ", "chmod 600 "),
                loader(
                        SLACK,
                        "slack: #file:wrong-address",
                        "notify[1].slack: the content of wrong-address is not an https:// address",
                        "Correct it"));
    }

    private static List<Mistake> metrics() {
        String address = "such as http://127.0.0.1:9000";
        return List.of(
                both(URL, "#uri: http://127.0.0.1:9090", "there is no key 'uri' in metrics.prometheus", "'url'?"),
                both("  prometheus:", "  #promtheus:", "there is no key 'promtheus' in metrics", "'prometheus'?"),
                both(URL, "url: #127.0.0.1:9090", "metrics.prometheus.url: this is not a service's address", address),
                both(URL, "url: #http://u:verysecret@h", "metrics.prometheus.url: this is not a service's", address),
                both(URL, "url: #http://h/?a=b", "metrics.prometheus.url: this is not a service's", address),
                both(URL, "url: #http://", "metrics.prometheus.url: this is not a service's", address),
                both(
                        "sum(errors{server=\"$server\"})",
                        "#sum(errors)",
                        "metrics.prometheus.errors: the query does not ask for one server: it has no $server",
                        "{server=\"$server\"}"));
    }
}
