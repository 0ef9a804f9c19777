package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.config.document.Problems;
import org.meridian.core.model.HookPoint;

class SchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ConfigurationSchema.json(), InputFormat.JSON);

    @Test
    void theReferenceFileIsValid() throws IOException {
        assertThat(errors(Files.readString(Reference.FILE))).isEmpty();
    }

    @Test
    void theExampleIsValid() throws IOException {
        assertThat(errors(Files.readString(Reference.EXAMPLE))).isEmpty();
    }

    @Test
    void aFileForCloudflareIsValid() throws IOException {
        assertThat(errors(CloudflareTest.GOOD)).isEmpty();
        assertThat(errors(Files.readString(Reference.CLOUDFLARE))).isEmpty();
        assertThat(errors(Files.readString(Reference.EDGE_MACHINES))).isEmpty();
    }

    @Test
    void aGoodFileIsValid() {
        assertThat(errors(Folder.GOOD)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.meridian.config.Mistake#forSchema")
    void whatTheLoaderRefusesIsNotValid(Mistake mistake) {
        assertThat(errors(mistake.text())).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secrets: command:op inject -i 'my file'",
                "secrets: [aws-secretsmanager:eu-west-1:journal/eu@AWSPREVIOUS, vault:secret/journal@7]",
                "secrets: { required: [A_B] }",
                "secrets: { from: [env-file:secrets.env, 'aws-secretsmanager:arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-1Ab'] }",
                "state: postgres://a%40b@[::1]:6000/my%20db?sslmode=verify-full",
                "state: postgresql://u@h/d",
                "state: s3://bucket",
                "state: /var/lib/meridian",
                "state: { s3: bucket/a, endpoint: http://127.0.0.1:9000, region: eu-west-1 }",
                "metrics: edge",
                "logs: { max_size: 1GB }",
                "logs: { ship_to: betterstack, endpoint: https://h, token: T }",
                "logs: { ship_to: http, endpoint: http://127.0.0.1:9000/a }",
                "logs: { ship_to: loki, endpoint: https://h, image: 'example.com/vector:1' }",
                "logs: { ship_to: s3, bucket: logs, region: a }",
                "logs: { vector: a, token: T }",
                "rollout: { canary: {}, approve: manual }",
                "rollout: { canary: { weights: [1, 100], max_error_rate: 100.00% }, approve: { by: never } }",
                "hooks: { before_plan: a b, after_plan: [a, b, 7], after_failure: [[a], { run: [b] }, c d] }",
                "notify: [{ slack: file:a, webhook: https://h/x }]",
                "ssh: { key: a, jump: ops@gate, known_hosts: [a, b] }",
                "ssh: { key: [a, b], jump: [\"ops@[2001:db8::1]:2222\", inner], agent: none, config: none }"
            })
    void whatTheLoaderTakesInAnotherFormIsValidToo(String line, @TempDir Path directory) throws IOException {
        String text = Folder.GOOD.replaceFirst("(?s)rollout:.*$", "") + line + "\n";
        Folder folder = new Folder(directory).write("meridian.yml", text).write("a", "https://h/x");
        Files.setPosixFilePermissions(folder.path("a"), PosixFilePermissions.fromString("rw-------"));

        assertThat(folder.problems()).isEmpty();
        assertThat(errors(text)).isEmpty();
    }

    @Test
    void theSchemaIsItselfValid() {
        Schema draft = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

        assertThat(draft.validate(ConfigurationSchema.json(), InputFormat.JSON)).isEmpty();
    }

    @Test
    void theSchemaHasExactlyTheKeysThatTheLoaderKnows(@TempDir Path directory) throws IOException {
        Folder folder = new Folder(directory);
        Set<String> known = new TreeSet<>();
        for (String text : List.of(
                Folder.GOOD,
                CloudflareTest.GOOD,
                otherForms("{ run: a, within: 1s }"),
                otherForms("[{ run: a, within: 1s }]"),
                otherSecrets(),
                withLogs(
                        "ship_to: s3, bucket: logs, region: a, endpoint: https://h, access_key: K, token: T, image: a"),
                withLogs("vector: meridian.yml"),
                Folder.GOOD
                        + "workers: { worker: { servers: 1 } }\nservices: { cache: { role: support, backup: { to: { s3: abc, region: a, credentials: 'command:a' } } } }\n",
                Folder.GOOD + "jobs: { a: { schedule: 0 6 * * *, command: a } }\n",
                withMachines("hosts: [{ ssh: a, address: 10.0.0.4 }]"),
                withMachines("terraform_output: { dir: ., output: servers }"))) {
            known.addAll(new ConfigurationLoader(Folder.ENVIRONMENT)
                    .load(folder.path("meridian.yml"), text, new Problems())
                    .knownKeys());
        }
        for (Path reference : List.of(Reference.EDGE_MACHINES, Reference.DNS)) {
            known.addAll(new ConfigurationLoader(Folder.ENVIRONMENT)
                    .load(reference, Files.readString(reference), new Problems())
                    .knownKeys());
        }

        JsonNode schema = new ObjectMapper().readTree(ConfigurationSchema.json());

        assertThat(keys(schema, schema, "")).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void theDocumentationHasTheSameSchema() throws IOException {
        assertThat(Files.readString(Reference.SCHEMA)).isEqualTo(ConfigurationSchema.json());
    }

    /** The good file with another form of what has several. */
    private static String otherForms(String hook) {
        String hooks = Stream.of(HookPoint.values())
                .map(point -> "  " + point.key() + ": " + hook + "\n")
                .collect(Collectors.joining());
        String state = "state: { s3: bucket, endpoint: http://127.0.0.1:9000, region: x }\n";
        String terraform = "terraform: { variables: { a: b }, backend: { type: s3 } }\n";
        return Folder.GOOD
                .replace("us: { provider: local,", "us: { provider: aws, variables: { a: b },")
                .replaceFirst("(?s)hooks:.*\n", "hooks:\n" + hooks + state + terraform);
    }

    private static String otherSecrets() {
        String both = "secrets: { from: env-file:secrets.env, required: [KEY] }\n";
        return Folder.GOOD.replace("secrets: env-file:secrets.env\n", both) + both;
    }

    private static String withLogs(String keys) {
        return Folder.GOOD + "logs: { " + keys + " }\n";
    }

    /** The good file with a region whose servers exist. */
    private static String withMachines(String keys) {
        return Folder.replaced(Folder.GOOD, "us: { provider: local,", "us: { provider: hosts, " + keys + ",");
    }

    private static List<Error> errors(String yaml) {
        return SCHEMA.validate(CoreSchemaJson.of(yaml), InputFormat.JSON);
    }

    private static Set<String> keys(JsonNode root, JsonNode node, String path) {
        Set<String> keys = new TreeSet<>();
        JsonNode target = node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
        target.path("properties").properties().forEach(property -> {
            String key = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            keys.add(key);
            keys.addAll(keys(root, property.getValue(), key));
        });
        if (target.path("additionalProperties").isObject()) {
            keys.add(path + ".<name>");
            keys.addAll(keys(root, target.get("additionalProperties"), path + ".<name>"));
        }
        target.path("oneOf").forEach(form -> keys.addAll(keys(root, form, path)));
        if (target.path("items").isObject()) {
            keys.addAll(keys(root, target.get("items"), path + "[]"));
        }
        return keys;
    }
}
