package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.config.SecretReference;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.SecretStore;
import org.meridian.core.spi.SecretStore.Wanted;
import org.meridian.drivers.envfile.EnvironmentVariable;
import org.meridian.drivers.ssh.GivenDeployKey;

/**
 * Finds deploy keys behind references to secrets, in every store that there is and in the environment.
 *
 * @param stores the stores
 */
record DeployKeys(List<SecretStore> stores) {
    /** What the key is called where a secret has several values. */
    static final String NAME = "DEPLOY_KEY";

    DeployKeys {
        stores = Stream.concat(stores.stream(), Stream.of(new EnvironmentVariable(System.getenv())))
                .toList();
    }

    GivenDeployKey of(SecretReference reference) {
        return of(reference.text(), Optional.of(reference.where()));
    }

    /** The one that a command line names. */
    GivenDeployKey of(String reference) {
        return of(reference, Optional.empty());
    }

    private GivenDeployKey of(String reference, Optional<Location> where) {
        requireNonNull(reference, "reference is null");
        return new GivenDeployKey(reference, where, () -> {
            try {
                return only(reference, values(reference));
            } catch (Failure e) {
                throw located(e, where);
            }
        });
    }

    private Map<String, Secret> values(String reference) throws InterruptedException {
        SecretStore store = stores.stream()
                .filter(one -> reference.startsWith(one.scheme() + ":"))
                .findFirst()
                .orElseThrow(() -> Failure.usage(Diagnostic.of(
                        "unknown-secret-store",
                        "no secret store understands '" + reference + "'",
                        "Write env:NAME, or one of docs/secrets.md.")));
        String name = reference.substring(store.scheme().length() + 1);
        return store.fetch(new Wanted(name, Optional.empty(), "")).values();
    }

    private static Secret only(String reference, Map<String, Secret> values) {
        return Optional.ofNullable(values.get(NAME))
                .or(() -> values.size() == 1 ? values.values().stream().findFirst() : Optional.empty())
                .orElseThrow(() -> Failure.usage(Diagnostic.of(
                        "no-deploy-key",
                        reference + " has " + values.size() + " values and none is named " + NAME,
                        "Name the private key " + NAME + " there, or keep it in a secret of its own.")));
    }

    private static Failure located(Failure failure, Optional<Location> where) {
        if (where.isEmpty()
                || failure.diagnostics().stream().anyMatch(one -> one.where().isPresent())) {
            return failure;
        }
        return failure.telling(one -> one.at(where.get()));
    }
}
