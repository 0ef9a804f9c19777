package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.meridian.core.model.Secret;

/**
 * The tokens that let people in.
 *
 * @param operator for those who act
 * @param viewer   for those who only look; empty when there are none
 */
public record Tokens(Secret operator, Optional<Secret> viewer) {
    /** Checks that no part is null. */
    public Tokens {
        requireNonNull(operator, "operator is null");
        requireNonNull(viewer, "viewer is null");
    }

    /** What the token allows; empty for a wrong one. How long that takes tells nothing of the tokens. */
    Optional<Role> role(Secret offered) {
        boolean operates = operator.equals(offered);
        boolean reads = viewer.map(token -> token.equals(offered)).orElse(false);
        return operates ? Optional.of(Role.OPERATOR) : reads ? Optional.of(Role.VIEWER) : Optional.empty();
    }
}
