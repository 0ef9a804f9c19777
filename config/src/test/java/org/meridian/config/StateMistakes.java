package org.meridian.config;

import static org.meridian.config.Mistake.both;
import static org.meridian.config.Mistake.loader;

import java.util.List;
import java.util.stream.Stream;

/** What can be wrong with where the state is; no problem repeats a password. */
final class StateMistakes {
    private static final String DIRECTORY = "state: records";
    private static final String POSTGRES = "postgresql://user@host:5432/database";

    private StateMistakes() {}

    static List<Mistake> all() {
        return Stream.of(places(), postgres(), s3()).flatMap(List::stream).toList();
    }

    private static List<Mistake> places() {
        return List.of(
                state(true, "redis://host", "'redis:' is not known; known: a directory, postgresql://, s3://", "s3://"),
                state(true, "postgre://u:verysecret@h/d", "'postgre:' is not known", "Did you mean 'postgres://'?"),
                state(true, "postgresql:u:verysecret@h/d", "'postgresql:' is not known", "'postgresql://'?"),
                state(true, "[records]", "a list stands where a single value", "single value"),
                state(false, "compose.yaml", "", ".meridian"));
    }

    private static List<Mistake> postgres() {
        String variable = "MERIDIAN_STATE_PASSWORD, PGPASSWORD or ~/.pgpass";
        String password = "a password stands in the address";
        return List.of(
                state(true, "postgresql://u:verysecret@h/d", password, variable),
                state(true, "postgres://u:very/secret@h:1/d", password, variable),
                state(false, "postgresql://u@h/d?password=verysecret", password, variable),
                state(false, "postgresql://u@h/d?sslmode=require&sslpassword=verysecret", password, variable),
                state(true, "postgresql://h/d", "the address has no user", POSTGRES),
                state(true, "postgresql://u@/d", "the address has no host", POSTGRES),
                state(true, "postgresql://u@h", "the address names no single database", POSTGRES),
                state(true, "postgresql://u@h/a/b", "the address names no single database", POSTGRES),
                state(false, "postgresql://u@h:0/d", "this is not an address of a database", POSTGRES),
                state(false, "postgresql://u@h:70000/d", "this is not an address of a database", POSTGRES),
                state(false, "postgresql://u@h/a b", "this is not an address", POSTGRES),
                state(
                        false,
                        "postgresql://u@h/d?sslmod=require",
                        "the address has a parameter that is not known; known: sslmode,",
                        "Did you mean 'sslmode'?"),
                state(false, "postgresql://u@h/d?loggerFile=x", "the address has a parameter that is not", "Take it"),
                state(
                        false,
                        "postgresql://u@h/d?sslmode=on",
                        "this sslmode is not known; known: disable",
                        "verify-full"),
                state(false, "postgresql://u@h/d?sslmode=verify_full", "this sslmode is not known", "'verify-full'?"),
                state(
                        false,
                        "postgresql://u@h/d?sslmode=require&sslmode=disable",
                        "sslmode stands in the address twice",
                        "Keep one"));
    }

    private static List<Mistake> s3() {
        String example = "such as journal-deploys/production";
        return List.of(
                state(false, "s3://My_Bucket/a", "'My_Bucket' can't be a bucket's name", example),
                state(false, "s3://ab", "'ab' can't be a bucket's name", example),
                state(false, "s3://bucket/a//b", "'a//b' can't be a prefix", example),
                state(false, "s3://bucket/../b", "'../b' can't be a prefix", example),
                both(DIRECTORY, "#state: { endpoint: http://h }", "state.s3 is missing", example),
                both(DIRECTORY, "state: { s3: bucket, #bucket: b }", "there is no key 'bucket' in state", "Remove it"),
                both(
                        DIRECTORY,
                        "state: { s3: bucket, endpoint: #h:9000 }",
                        "state.endpoint: this is not a service's address",
                        "such as http://127.0.0.1:9000"),
                both(
                        DIRECTORY,
                        "state: { s3: bucket, region: #Ireland }",
                        "state.region: 'Ireland' can't be a region's name",
                        "eu-west-1"),
                loader(DIRECTORY, "state: { s3: #B }", "state.s3: 'B' can't be a bucket's name", example));
    }

    private static Mistake state(boolean schema, String value, String summary, String hint) {
        return new Mistake(DIRECTORY, "state: #" + value, "state: " + summary, hint, schema);
    }
}
