package org.meridian.cli;

import java.util.List;
import java.util.Optional;
import org.meridian.config.Configuration;
import org.meridian.config.StateLocation;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.Region;

/** Says that others can reach the servers and can't see what is remembered of them. */
final class UnsharedState {
    private UnsharedState() {}

    /** The problem; empty where the state is shared, or where all servers are on this machine as well. */
    static Optional<Diagnostic> problem(Configuration configuration) {
        List<String> shared = configuration.app().regions().stream()
                .filter(region -> !region.provider().equals("local"))
                .map(Region::name)
                .map(Object::toString)
                .toList();
        return configuration.state() instanceof StateLocation.Directory here && !shared.isEmpty()
                ? Optional.of(Diagnostic.of(
                        "state-not-shared",
                        "The servers in " + String.join(", ", shared)
                                + " can be reached from anywhere, and what is known of them" + " and the lock are in "
                                + here.path() + " alone.",
                        "A deploy from another machine is refused. For a team or CI write 'state: s3://…' or"
                                + " 'state: postgresql://…' (docs/state.md)."))
                : Optional.empty();
    }
}
