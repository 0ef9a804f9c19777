package org.meridian.config;

import java.util.Map;
import java.util.Optional;

/**
 * Whether a Terraform backend keeps two runs from writing one state, as far as its settings tell (Terraform documentation,
 * "Backends"). Without a lock two applies at once both end well, and each forgets what the other made.
 */
final class BackendLock {
    private static final String NO = "false";

    private BackendLock() {}

    /**
     * What is to be written so that the backend locks; empty where it does, or where its type is not known here.
     *
     * @param settings    its settings, the type among them
     * @param environment the variables that Terraform gets
     */
    static Optional<String> missing(Map<String, String> settings, Map<String, String> environment) {
        return switch (settings.getOrDefault("type", "")) {
            case "s3" ->
                NO.equals(settings.get("use_lockfile")) && !settings.containsKey("dynamodb_table")
                        ? Optional.of(
                                "Leave 'use_lockfile: false' out, or write the dynamodb_table that holds the locks.")
                        : Optional.empty();
            case "http" ->
                settings.containsKey("lock_address") || environment.containsKey("TF_HTTP_LOCK_ADDRESS")
                        ? Optional.empty()
                        : Optional.of("Write lock_address and unlock_address too, which are often the address itself.");
            case "consul" ->
                NO.equals(settings.get("lock")) ? Optional.of("Leave 'lock: false' out.") : Optional.empty();
            case "oss" ->
                settings.containsKey("tablestore_table")
                        ? Optional.empty()
                        : Optional.of("Write the tablestore_table and tablestore_endpoint that hold the locks.");
            default -> Optional.empty();
        };
    }
}
