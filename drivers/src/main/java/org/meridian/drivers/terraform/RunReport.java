package org.meridian.drivers.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run told so far, line by line (Terraform, "Machine-Readable UI"). */
final class RunReport {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_PLAIN_LINES = 40;

    private final List<Problem> problems = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<String> plain = new ArrayList<>();
    private Optional<Summary> planned = Optional.empty();
    private int done;

    /** Takes the next line; what is not JSON is kept as it is, for there are errors that come before all JSON. */
    void line(String line) {
        if (line.isBlank()) {
            return;
        }
        try {
            message(JSON.readTree(line));
        } catch (JacksonException e) {
            if (plain.size() < MOST_PLAIN_LINES) {
                plain.add(line);
            }
        }
    }

    private void message(JsonNode message) {
        switch (message.path("type").asString("")) {
            case "diagnostic" -> problem(message.path("diagnostic"));
            case "planned_change" -> change(message.path("change"));
            case "change_summary" -> summary(message.path("changes"));
            case "apply_complete" -> done++;
            default -> {
                // Progress of single resources: the region's own progress is enough for people.
            }
        }
    }

    private void problem(JsonNode diagnostic) {
        if (diagnostic.path("severity").asString("").equals("error")) {
            Problem problem = new Problem(
                    diagnostic.path("summary").asString(""),
                    diagnostic.path("detail").asString(""),
                    diagnostic.path("address").asString(""));
            if (!problems.contains(problem)) {
                problems.add(problem);
            }
        }
    }

    private void change(JsonNode change) {
        JsonNode resource = change.path("resource");
        changes.add(new Change(
                change.path("action").asString(""),
                resource.path("addr").asString(""),
                resource.path("resource_key").asString("")));
    }

    private void summary(JsonNode counts) {
        if (counts.path("operation").asString("").equals("plan")) {
            planned = Optional.of(new Summary(
                    counts.path("add").asInt(0),
                    counts.path("change").asInt(0),
                    counts.path("remove").asInt(0)));
        }
    }

    /** The errors, in the order in which they came. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** What is going to change. */
    List<Change> changes() {
        return List.copyOf(changes);
    }

    /** How much is going to change; empty before it is known. */
    Optional<Summary> planned() {
        return planned;
    }

    /** How much of it is done, in words; empty before it is known how much there is. */
    String progress() {
        return planned.map(all -> done + " of " + (all.add() + all.change() + all.remove()) + " done")
                .orElse("");
    }

    /** What was said in words. */
    String plain() {
        return String.join("\n", plain);
    }

    /**
     * An error in Terraform's own words.
     *
     * @param address the resource; may be empty
     */
    record Problem(String summary, String detail, String address) {
        String text() {
            String at = address.isEmpty() ? "" : "\n  with " + address;
            return "Error: " + summary + at
                    + (detail.isEmpty() ? "" : "\n" + detail.strip().indent(2).stripTrailing());
        }
    }

    /**
     * What happens to a resource.
     *
     * @param action  {@code create}, {@code update}, {@code replace}, {@code delete} and others
     * @param address the resource
     * @param key     its key where there are several of its kind, which is the server's name for servers; may be empty
     */
    record Change(String action, String address, String key) {
        boolean destroys() {
            return action.equals("delete") || action.equals("replace");
        }
    }

    /** How many resources are made, changed in place and destroyed. */
    record Summary(int add, int change, int remove) {
        boolean nothing() {
            return add + change + remove == 0;
        }

        /** In words, such as {@code 4 to create, 2 to destroy}. */
        String words() {
            List<String> words = new ArrayList<>();
            if (add > 0) {
                words.add(add + " to create");
            }
            if (change > 0) {
                words.add(change + " to change");
            }
            if (remove > 0) {
                words.add(remove + " to destroy");
            }
            return words.isEmpty() ? "nothing to change" : String.join(", ", words);
        }
    }
}
