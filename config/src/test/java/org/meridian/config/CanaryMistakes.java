package org.meridian.config;

import static org.meridian.config.Mistake.both;
import static org.meridian.config.Mistake.loader;

import java.util.List;

/** What can be wrong with a canary and with what is done around it. */
final class CanaryMistakes {
    private static final String PERCENT = "at most two decimals, such as 1%";

    private CanaryMistakes() {}

    static List<Mistake> all() {
        return List.of(
                both("soak: 20s", "#sock: 20s", "there is no key 'sock' in rollout.canary", "Did you mean 'soak'?"),
                both("state: records", "#weights: [1]", "there is no key 'weights'", "belongs in rollout.canary."),
                both("[5, 25]", "#5", "rollout.canary.weights: '5' stands where a list", "such as [10, 50, 100]"),
                both(
                        "[5, 25]",
                        "#[]",
                        "rollout.canary.weights: a canary needs a share below 100",
                        "leave 'canary' out"),
                both("[5, 25]", "#[100]", "rollout.canary.weights: a canary needs a share below 100", "[10, 50]"),
                both("[5, 25]", "[#0, 25]", "rollout.canary.weights[1]: 0 is outside 1 to 100", "from 1 to 100"),
                both("[5, 25]", "[5, #101]", "rollout.canary.weights[2]: 101 is outside 1 to 100", "from 1 to 100"),
                both("[5, 25]", "[5, #25%]", "rollout.canary.weights[2]: '25%' is not a whole number", "1 to 100"),
                both("[5, 25]", "[5, 25, #25]", "rollout.canary.weights[3]: 25 follows 25", "each once"),
                loader("[5, 25]", "[25, #5]", "rollout.canary.weights[2]: 5 follows 25", "in order"),
                both("soak: 20s", "soak: #20", "rollout.canary.soak: '20' is not a time span", "from 1s to 2h"),
                loader("soak: 20s", "soak: #0s", "rollout.canary.soak: 0s is outside 1s to 2h", "such as 5s"),
                loader(
                        "soak_at_most: 4m",
                        "soak_at_most: #19s",
                        "rollout.canary.soak_at_most: this is shorter than one soak of 20 s",
                        "ten times as much"),
                both("0.25%", "#0.25", "rollout.canary.max_error_rate: '0.25' is not a share in percent", PERCENT),
                both("0.25%", "#101%", "rollout.canary.max_error_rate: '101%' is not a share", PERCENT),
                both("0.25%", "#0.125%", "rollout.canary.max_error_rate: '0.125%' is not a share", PERCENT),
                both("0.25%", "#-1%", "rollout.canary.max_error_rate: '-1%' is not a share", PERCENT),
                both("max_p95: 800ms", "max_p95: #fast", "rollout.canary.max_p95: 'fast' is not a time span", "ms"),
                loader(
                        "max_p95: 800ms",
                        "max_p95: #3s",
                        "rollout.canary.max_p95: the probe gives up after 3 s",
                        "raise the 'timeout' of 'probe'"),
                both("min_requests: 80", "min_requests: #0", "rollout.canary.min_requests: 0 is outside", "1000000"),
                both(
                        "too_few: rollback",
                        "too_few: #rolback",
                        "rollout.canary.too_few: 'rolback' is not known; known: promote, rollback",
                        "Did you mean 'rollback'?"),
                both(
                        "on_failure: pause",
                        "on_failure: #rollback",
                        "rollout.on_failure: 'rollback' is not known; known: rollback_all, rollback_region, pause",
                        "Write rollback_all."),
                both(
                        "on_failure: pause",
                        "on_failure: #rollback-all",
                        "rollout.on_failure: 'rollback-all' is not known",
                        "Did you mean 'rollback_all'?"),
                both(
                        "{ by: manual, within: 3h }",
                        "#always",
                        "rollout.approve: 'always' is not known; known: never, manual",
                        "Write never."),
                both(
                        "approve: { by: manual, within: 3h }",
                        "#approve: { within: 3h }",
                        "rollout.approve.by is missing",
                        "Write 'by: manual'."),
                both("by: manual", "by: #me", "rollout.approve.by: 'me' is not known", "Write never."),
                both("within: 3h", "within: #3 hours", "rollout.approve.within: '3 hours' is not", "1s to 24h"),
                loader("within: 3h", "within: #25h", "rollout.approve.within: 25h is outside 1s to 24h", "24h"),
                both(
                        "canary: { weights: [5, 25], soak: 20s, soak_at_most: 4m, max_error_rate: 0.25%, max_p95:"
                                + " 800ms,\n              min_requests: 80, too_few: rollback }",
                        "canary: #yes",
                        "rollout.canary: 'yes' stands where keys with values are needed",
                        "'key: value'"));
    }
}
