package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.security.KeyPair;
import java.util.Optional;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.model.Secret;

/** A deploy key that a secret holds, which all who deploy share. It is fetched when it is first needed and kept in memory. */
public final class GivenDeployKey implements DeployKey {
    private final String reference;
    private final Optional<Location> where;
    private final Source source;
    private @Nullable KeyPair pair;

    /**
     * The key behind a reference.
     *
     * @param reference names the secret, for people
     * @param where     where that is written; empty for a command line
     * @param source    fetches the secret
     */
    public GivenDeployKey(String reference, Optional<Location> where, Source source) {
        this.reference = requireNonNull(reference, "reference is null");
        this.where = requireNonNull(where, "where is null");
        this.source = requireNonNull(source, "source is null");
    }

    @Override
    public String publicKey() {
        return PublicKeyEntry.toString(keyPair().getPublic());
    }

    @Override
    public synchronized KeyPair keyPair() {
        if (pair == null) {
            pair = PrivateKeyText.read(fetched().reveal()).orElseThrow(this::unusable);
        }
        return pair;
    }

    private Secret fetched() {
        try {
            return source.fetch();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it fetched " + reference, e);
        }
    }

    private Failure unusable(PrivateKeyText.Problem problem) {
        Diagnostic what = Diagnostic.of(
                "bad-deploy-key",
                "the deploy key from " + reference + " can't be used: " + problem.why(),
                problem.suggestion());
        return Failure.usage(where.map(what::at).orElse(what));
    }

    @Override
    public String described() {
        return "the deploy key from " + reference;
    }

    @Override
    public String advice() {
        return "See that it is the key that the server was made with ('meridian keys' shows its fingerprint); after a"
                + " rotation, that it is the new one.";
    }

    /** Fetches a secret. */
    @FunctionalInterface
    public interface Source {
        /** Its value; throws a Failure that names the reference when it can't be had. */
        Secret fetch() throws InterruptedException;
    }
}
