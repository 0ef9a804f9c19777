package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.security.PublicKey;
import java.util.Optional;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;
import org.jspecify.annotations.Nullable;

/** One try to connect, which the parts of MINA that are asked on the way find in the session. */
final class Attempt {
    private static final AttributeKey<Attempt> KEY = new AttributeKey<>();

    private final Endpoint to;
    private volatile @Nullable PublicKey refused;

    Attempt(Endpoint to) {
        this.to = requireNonNull(to, "to is null");
    }

    static Optional<Attempt> of(@Nullable Session session) {
        AttributeRepository context = session instanceof ClientSession client ? client.getConnectionContext() : null;
        return context == null ? Optional.empty() : Optional.ofNullable(context.getAttribute(KEY));
    }

    AttributeRepository context() {
        return AttributeRepository.ofKeyValuePair(KEY, this);
    }

    Endpoint to() {
        return to;
    }

    /** Whether the host key is the right one; one that is not is remembered. */
    boolean accepts(PublicKey presented) {
        boolean accepted = to.trust().accepts(presented);
        if (!accepted) {
            refused = presented;
        }
        return accepted;
    }

    Optional<PublicKey> refused() {
        return Optional.ofNullable(refused);
    }
}
