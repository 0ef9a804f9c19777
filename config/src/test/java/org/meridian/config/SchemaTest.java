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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meridian.config.document.Problems;

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
    void aGoodFileIsValid() {
        assertThat(errors(Folder.GOOD)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.meridian.config.Mistake#forSchema")
    void whatTheLoaderRefusesIsNotValid(Mistake mistake) {
        assertThat(errors(mistake.text())).isNotEmpty();
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
        Set<String> known = new ConfigurationLoader()
                .load(folder.path("meridian.yml"), Folder.GOOD, new Problems())
                .knownKeys();

        JsonNode schema = new ObjectMapper().readTree(ConfigurationSchema.json());

        assertThat(keys(schema, schema, "")).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void theDocumentationHasTheSameSchema() throws IOException {
        assertThat(Files.readString(Reference.SCHEMA)).isEqualTo(ConfigurationSchema.json());
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
        return keys;
    }
}
