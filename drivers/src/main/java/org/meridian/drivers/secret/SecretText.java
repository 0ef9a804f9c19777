package org.meridian.drivers.secret;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.meridian.core.model.Secret;

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

    /** What it says in either form; throws a Failure of kind USAGE with every problem. */
    public Map<String, Secret> parse() {
        return text.stripLeading().startsWith("{") ? json() : lines();
    }

    /** What it says as lines. */
    public Map<String, Secret> lines() {
        return new VariableNames(source).checked(new DotEnv(source, text).parse());
    }

    /** What it says as a JSON object. */
    public Map<String, Secret> json() {
        return new VariableNames(source).checked(new JsonSecrets(source, text).parse());
    }
}
