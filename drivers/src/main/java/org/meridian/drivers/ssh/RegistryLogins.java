package org.meridian.drivers.ssh;

import java.util.Map;
import java.util.Set;
import org.meridian.core.model.Secret;

/** The deployer's own logins at registries, which servers get for as long as a pull takes. */
@FunctionalInterface
public interface RegistryLogins {
    /** Servers pull with what they have themselves. */
    RegistryLogins NONE = registries -> Map.of();

    /**
     * The logins for those of these registries that have one: each is an entry of Docker's configuration under {@code
     * auths}, as JSON, under the name that Docker looks for. Throws a Failure when they can't be read.
     */
    Map<String, Secret> of(Set<String> registries) throws InterruptedException;
}
