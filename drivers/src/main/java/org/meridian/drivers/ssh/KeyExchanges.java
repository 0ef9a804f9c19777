package org.meridian.drivers.ssh;

import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.common.kex.KeyExchangeFactory;

/**
 * The order in which key exchanges are offered: one that is quick and holds against quantum computers before all others.
 *
 * <p>MINA offers sntrup761x25519 first. Its key pair takes Java 150 ms of processor time for each connection and close to a
 * second for the first, where ML-KEM (FIPS 203) takes one; a hundred machines at once would not be connected within the
 * time that each has. OpenSSH has mlkem768x25519 since 9.9; with an older one sntrup761x25519 is used as before.
 */
final class KeyExchanges {
    private static final String FIRST = "mlkem768x25519-sha256";

    private KeyExchanges() {}

    /** All of the usual ones, in the order in which they are offered. */
    static List<KeyExchangeFactory> ordered(List<KeyExchangeFactory> usual) {
        return Stream.concat(
                        usual.stream().filter(one -> one.getName().equals(FIRST)),
                        usual.stream().filter(one -> !one.getName().equals(FIRST)))
                .toList();
    }
}
