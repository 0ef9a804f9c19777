package org.meridian.drivers.ssh;

import java.util.Map;
import java.util.Set;
import org.meridian.core.model.Secret;

/** The deployer's own log-ins at registries, which servers get for as long as a pull takes. */
@FunctionalInterface
public interface RegistryLogins {
    /** Servers pull with what they have themselves. */
    RegistryLogins NONE = registries -> Map.of();

    /**
     * The log-ins for those of these registries that have one, in the Base64 form of Docker's configuration; throws a
     * Failure when they can't be read.
     */
    Map<String, Secret> of(Set<String> registries) throws InterruptedException;
}
