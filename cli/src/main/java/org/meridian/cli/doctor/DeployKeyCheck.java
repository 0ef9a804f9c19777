package org.meridian.cli.doctor;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Supplier;

/** Whether the key that all who deploy share can be had and is a private key; what is wrong with it is a Failure. */
record DeployKeyCheck(Supplier<Optional<String>> publicKey) implements Check {
    DeployKeyCheck {
        requireNonNull(publicKey, "publicKey is null");
    }

    @Override
    public Finding look() {
        return Finding.ok(
                "deploy key", publicKey.get().map(key -> "can be had: " + key).orElse("of this machine alone"));
    }
}
