package org.meridian.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlFile;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;

/** YAML as an editor sees it: scalars have the types of YAML 1.2's core schema (chapter 10.3.2). */
final class CoreSchemaJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private CoreSchemaJson() {}

    static String of(String yaml) {
        Problems problems = new Problems();
        YamlNode tree = new YamlFile("x.yml", problems).parse(yaml).orElseThrow();
        problems.throwIfAny();
        return json(tree).toString();
    }

    private static JsonNode json(YamlNode node) {
        return switch (node) {
            case Scalar scalar -> scalar(scalar);
            case Sequence sequence -> {
                ArrayNode array = NODES.arrayNode();
                sequence.items().forEach(item -> array.add(json(item)));
                yield array;
            }
            case Mapping mapping -> {
                ObjectNode object = NODES.objectNode();
                mapping.entries().forEach(entry -> object.set(entry.key().text(), json(entry.value())));
                yield object;
            }
        };
    }

    private static JsonNode scalar(Scalar scalar) {
        String text = scalar.text();
        if (scalar.absent()) {
            return NODES.nullNode();
        }
        if (scalar.quoted()) {
            return NODES.textNode(text);
        }
        if (text.matches("true|True|TRUE|false|False|FALSE")) {
            return NODES.booleanNode(text.equalsIgnoreCase("true"));
        }
        if (text.matches("[-+]?[0-9]+")) {
            return NODES.numberNode(Long.parseLong(text));
        }
        return text.matches("[-+]?[0-9]+\\.[0-9]+") ? NODES.numberNode(Double.parseDouble(text)) : NODES.textNode(text);
    }
}
