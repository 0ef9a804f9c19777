package org.meridian.cli.view;

import java.nio.file.Path;
import java.util.List;
import org.meridian.config.Starter;
import org.meridian.config.guess.Guess;
import org.meridian.core.diagnostic.Diagnostic;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A first configuration as JSON: the file, each guess with its reason, what to settle and what to know. */
final class StarterJson {
    private StarterJson() {}

    static ObjectNode of(Path file, Starter starter) {
        ObjectNode json = Json.object();
        json.put("file", file.toString());
        json.put("compose", starter.compose());
        ObjectNode guesses = json.putObject("guesses");
        guess(guesses, "service", starter.guesses().service());
        guess(guesses, "port", starter.guesses().port());
        guess(guesses, "health", starter.guesses().health());
        guess(guesses, "image", starter.guesses().image());
        json.set("settle", problems(starter.settle()));
        json.set("warnings", problems(starter.warnings()));
        return json;
    }

    private static void guess(ObjectNode guesses, String key, Guess<?> guess) {
        ObjectNode json = guesses.putObject(key);
        json.put("value", guess.value().toString());
        json.put("because", guess.because());
        json.put("known", guess.known());
    }

    private static ArrayNode problems(List<Diagnostic> problems) {
        ArrayNode json = Json.array();
        problems.forEach(problem -> json.add(EventJson.problem(problem)));
        return json;
    }
}
