package org.meridian.config;

import static org.meridian.config.Mistake.both;
import static org.meridian.config.Mistake.loader;

import java.util.List;

/** What can be wrong with logs; no problem repeats what may be a token. */
final class LogMistakes {
    private static final String STATE = "state: records";

    private LogMistakes() {}

    static List<Mistake> all() {
        return List.of(
                both(STATE, "logs: { max_size: #10 }", "logs.max_size: '10' is not a size", "such as 10MB"),
                both(STATE, "logs: { max_size: #10mb }", "logs.max_size: '10mb' is not a size", "such as 10MB"),
                both(STATE, "logs: { max_files: #0 }", "logs.max_files: 0 is outside 1 to 100", "1 to 100"),
                both(STATE, "logs: #10MB", "logs: '10MB' stands where keys with values", "key: value"),
                both(
                        STATE,
                        "logs: { ship_to: #lokki, endpoint: https://h, token: T }",
                        "logs.ship_to: 'lokki' is not known; known: betterstack, loki, http, s3",
                        "Did you mean 'loki'?"),
                both(STATE, "#logs: { ship_to: loki }", "logs.endpoint is missing", "endpoint: https"),
                both(
                        STATE,
                        "#logs: { ship_to: betterstack, endpoint: https://h }",
                        "logs.token is missing",
                        "one of the region's secrets"),
                both(
                        STATE,
                        "logs: { ship_to: http, endpoint: https://h, token: #verysecret! }",
                        "logs.token: this can't be a secret's name",
                        "such as LOGS_TOKEN"),
                both(
                        STATE,
                        "logs: { ship_to: http, endpoint: #logs.example.com }",
                        "logs.endpoint: this is not a service's address",
                        "such as http"),
                both(STATE, "#logs: { ship_to: s3, region: eu-west-1 }", "logs.bucket is missing", "journal-logs"),
                both(STATE, "#logs: { ship_to: s3, bucket: logs }", "logs.region is missing", "eu-west-1"),
                both(
                        STATE,
                        "logs: { ship_to: s3, bucket: #Logs, region: eu-west-1 }",
                        "logs.bucket: 'Logs' can't be a bucket's name",
                        "such as journal-logs"),
                both(
                        STATE,
                        "#logs: { ship_to: s3, bucket: logs, region: eu-west-1, token: T }",
                        "logs.access_key is missing",
                        "the access key's id"),
                both(
                        STATE,
                        "#logs: { ship_to: s3, bucket: logs, region: eu-west-1, access_key: T }",
                        "logs.token is missing",
                        "one of the region's secrets"),
                both(
                        STATE,
                        "logs: { ship_to: loki, endpoint: https://h, #vector: vector.toml }",
                        "there is no key 'vector' in logs",
                        "Remove it"),
                loader(STATE, "logs: { vector: #vector.toml }", "logs.vector: there is no", "Vector's configuration"),
                both(STATE, "logs: { #endpoint: https://h }", "there is no key 'endpoint' in logs", "ship_to, vector"),
                loader(
                        STATE,
                        "logs: { ship_to: loki, endpoint: https://h, image: #Not An Image }",
                        "logs.image: 'Not An Image' is not an image",
                        "such as timberio/vector"));
    }
}
