package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import tools.jackson.databind.JsonNode;

/**
 * A zone as the API lists it. There may be several of a name: one that is active, and others in other accounts that were
 * added and never took over, or that it moved away from.
 *
 * @param id          its id
 * @param name        its name
 * @param status      such as {@code active}, {@code pending}, {@code moved}
 * @param account     the id of the account that has it
 * @param accountName what that account is called
 */
record Zone(String id, String name, String status, String account, String accountName) {
    Zone {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(status, "status is null");
        requireNonNull(account, "account is null");
        requireNonNull(accountName, "accountName is null");
    }

    static Zone of(JsonNode json) {
        JsonNode account = json.path("account");
        return new Zone(
                json.path("id").asString(""),
                json.path("name").asString(""),
                json.path("status").asString("active"),
                account.path("id").asString(""),
                account.path("name").asString(""));
    }

    /** Whether resolvers ask Cloudflare for its names. */
    boolean active() {
        return status.equals("active");
    }

    /** In words, for people. */
    String words() {
        return name + " (" + status + ", in the account " + (accountName.isEmpty() ? account : accountName) + ")";
    }
}
