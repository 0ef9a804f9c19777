package org.meridian.drivers.vault;

import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.SecretStore;
import tools.jackson.databind.JsonNode;

/**
 * Says what Vault's refusals mean and what to do about each.
 *
 * <p>The statuses are those of Vault's HTTP API, "HTTP status codes"; a version that was deleted is a 404 that has its
 * metadata.
 *
 * @param reference as it stands in the configuration
 * @param path      the place that it names
 * @param version   the version asked for; empty for the newest
 * @param server    the server, for people
 */
record VaultFailures(String reference, VaultPath path, Optional<String> version, String server) {
    Failure of(int status, JsonNode answer) {
        String words = words(answer);
        return switch (status) {
            case 404 -> missing(answer.path("data").path("metadata"));
            case 403 ->
                failed(
                        "secret-forbidden",
                        "you may not read " + reference + ", or the token is not valid (any more)",
                        "See with 'vault token lookup' that it is, and that a policy of it has read on " + path.mount()
                                + "/data/" + path.path() + ".",
                        words);
            case 400 ->
                Failure.usage(Diagnostic.of("secret-refused", "Vault refuses " + reference, "Correct the reference.")
                        .withDetail(words));
            case 301, 302, 307, 308 ->
                failed(
                        "vault-unreachable",
                        server + " sends elsewhere, where the token is not sent after it",
                        "Set VAULT_ADDR to the address of the active server.",
                        "");
            case 503 ->
                failed(
                        "vault-unreachable",
                        server + " is sealed or in maintenance (503)",
                        "Unseal it, or wait, then run the command again.",
                        words);
            default ->
                failed(
                        "vault-unreachable",
                        server + " answered " + status + " for " + reference,
                        "See that VAULT_ADDR is the address of Vault and that it is well, then run the command again.",
                        words);
        };
    }

    private Failure missing(JsonNode metadata) {
        boolean removed = metadata.path("version").isIntegralNumber();
        if (version.isPresent()) {
            return Failure.usage(Diagnostic.of(
                    SecretStore.NO_SUCH_VERSION,
                    "version " + version.get() + " of " + reference + (removed ? " was deleted" : " is not there"),
                    "'vault kv undelete' may bring a deleted one back; leave the version away for the newest."));
        }
        if (removed) {
            return Failure.usage(Diagnostic.of(
                    "missing-secret",
                    "the newest version of " + reference + " was deleted",
                    "Write a new one, or bring it back with 'vault kv undelete'."));
        }
        String hint = path.path().startsWith("data/") ? " Leave data/ out: it is not part of a secret's path." : "";
        return Failure.usage(Diagnostic.of(
                "missing-secret",
                "there is no secret behind " + reference,
                "Correct the path; 'vault kv list " + path.mount() + "' shows what there is, and the mount has to be a"
                        + " key-value store, version 2." + hint));
    }

    /** Usually texts; a proxy before Vault may put anything there. */
    static String words(JsonNode answer) {
        List<String> errors = answer.path("errors")
                .valueStream()
                .map(error -> error.asString(error.toString()))
                .toList();
        return String.join("\n", errors);
    }

    private static Failure failed(String code, String summary, String suggestion, String words) {
        return Failure.of(Diagnostic.of(code, summary, suggestion).withDetail(words));
    }
}
