package org.meridian.drivers.secret;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.model.Secret;
import org.meridian.core.variables.DotEnv;
import org.meridian.core.variables.Variables;

/**
 * Names and values as a person or a program writes them: a JSON object, or {@code NAME=value} lines as in a dotenv file.
 *
 * <p>A text that begins with a brace is JSON. No problem with a text shows a value.
 */
public final class SecretText {
    private final String source;
    private final String text;

    /** A text from that source, which problems name. */
    public SecretText(String source, String text) {
        this.source = requireNonNull(source, "source is null");
        this.text = requireNonNull(text, "text is null");
    }

    /** What it says in either form, where a dollar is a dollar; throws a Failure of kind USAGE with every problem. */
    public Map<String, Secret> parse() {
        return text.stripLeading().startsWith("{") ? json() : checked(DotEnv.literal(source, text));
    }

    /** What it says as lines, with the variables in values replaced as Docker Compose does. */
    public Map<String, Secret> lines() {
        return checked(DotEnv.read(source, text, Variables.NONE));
    }

    private Map<String, Secret> checked(DotEnv.Content content) {
        List<Diagnostic> problems = new ArrayList<>();
        for (DotEnv.Problem problem : content.problems()) {
            problems.add(Diagnostic.of("bad-secrets", source + ": " + problem.summary(), problem.suggestion())
                    .at(problem.where()));
        }
        for (Location valueless : content.valueless()) {
            problems.add(Diagnostic.of("bad-secrets", source + ": this is not a variable", "Write NAME=value.")
                    .at(valueless));
        }
        if (!content.missing().isEmpty()) {
            String names = String.join(", ", new TreeSet<>(content.missing()));
            problems.add(Diagnostic.of(
                    "bad-secrets",
                    source + ": values take in variables that no line sets: " + names,
                    "Set them in a line above, or put the value into single quotes where a dollar is meant."));
        }
        if (!problems.isEmpty()) {
            throw Failure.usage(problems);
        }
        return new VariableNames(source)
                .checked(content.values().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, value -> Secret.of(value.getValue()))));
    }

    /** What it says as a JSON object. */
    public Map<String, Secret> json() {
        return new VariableNames(source).checked(new JsonSecrets(source, text).parse());
    }
}
