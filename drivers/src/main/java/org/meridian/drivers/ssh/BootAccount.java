package org.meridian.drivers.ssh;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads cloud-init's account of a boot, {@code result.json} (cloud-init documentation, "Failure states"). */
final class BootAccount {
    private static final JsonMapper MAPPER = new JsonMapper();

    private BootAccount() {}

    /** The errors that it tells of; what can't be read is one too. */
    static List<String> errors(String json) {
        try {
            JsonNode found = MAPPER.readTree(json).path("v1").path("errors");
            if (!found.isArray()) {
                return List.of("cloud-init left no account of the boot");
            }
            List<String> errors = new ArrayList<>();
            found.forEach(error -> errors.add(error.asString(error.toString())));
            return errors;
        } catch (JacksonException e) {
            return List.of("cloud-init's account of the boot can't be read: " + e.getOriginalMessage());
        }
    }
}
