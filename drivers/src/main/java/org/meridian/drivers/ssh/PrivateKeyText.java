package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.FailedLoginException;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private key out of a variable or a secret, where its lines may have suffered: CRLF, newlines written as {@code \n},
 * blanks in their place, quotes around the whole. No problem repeats anything of the text.
 */
final class PrivateKeyText {
    private static final Pattern ARMOUR =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----(.*)-----END \\1-----", Pattern.DOTALL);
    private static final Pattern PUBLIC = Pattern.compile(
            "(ssh-|ecdsa-|sk-)[a-z0-9@.-]+ .*|(-----BEGIN|---- BEGIN) ?(SSH2 |RSA )?PUBLIC KEY.*", Pattern.DOTALL);
    private static final int LINE = 64;

    private PrivateKeyText() {}

    /** The key pair, or what is wrong. */
    static Reading read(String written) {
        String text = unescaped(written).strip();
        if (PUBLIC.matcher(text).matches()) {
            return Reading.bad("it is the public key", "Store the private one there, which begins with -----BEGIN.");
        }
        if (text.startsWith("PuTTY-User-Key-File")) {
            return Reading.bad(
                    "it is a key in PuTTY's form",
                    "Convert it with 'puttygen KEY -O private-openssh', and store that.");
        }
        Matcher armour = ARMOUR.matcher(text);
        return armour.find()
                ? load(armour.group(1), armour.group(2))
                : Reading.bad(
                        text.isEmpty() ? "it is empty" : "there is no private key in it, or it is cut off",
                        "Store all of the file there, from -----BEGIN to the end of the line with -----END.");
    }

    private static String unescaped(String written) {
        String text = written.strip();
        if (text.length() > 1 && (text.charAt(0) == '"' || text.charAt(0) == '\'')) {
            text = text.substring(1, text.length() - 1);
        }
        return text.replace("\\r", "").replace("\\n", "\n").replace("\uFEFF", "");
    }

    private static Reading load(String kind, String body) {
        if (body.contains("ENCRYPTED") || kind.contains("ENCRYPTED")) {
            return encrypted();
        }
        String whole = body.replaceAll("\\s", "").replaceAll("(.{" + LINE + "})", "$1\n");
        byte[] file = ("-----BEGIN " + kind + "-----\n" + whole + "\n-----END " + kind + "-----\n").getBytes(US_ASCII);
        try (ByteArrayInputStream text = new ByteArrayInputStream(file)) {
            var pairs = SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName("deploy key"), text, null);
            return pairs != null && pairs.iterator().hasNext()
                    ? new Reading(pairs.iterator().next(), null)
                    : damaged();
        } catch (FailedLoginException e) {
            return encrypted();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return damaged();
        }
    }

    private static Reading damaged() {
        return Reading.bad(
                "it is damaged, or of a kind that is not known",
                "Store it again as 'ssh-keygen -t ed25519 -N \"\" -f deploy-key' made it; 'ssh-keygen -y -f deploy-key' reads"
                        + " what is whole.");
    }

    private static Reading encrypted() {
        return Reading.bad(
                "it has a passphrase, and nobody is there to type it",
                "Take it off with 'ssh-keygen -p -N \"\" -f KEY', and store that; the secret store protects it.");
    }

    /**
     * Why there is no key.
     *
     * @param why        what is wrong
     * @param suggestion what to do
     */
    record Problem(String why, String suggestion) {
        Problem {
            requireNonNull(why, "why is null");
            requireNonNull(suggestion, "suggestion is null");
        }
    }

    /** A key pair, or a problem. */
    static final class Reading {
        private final @Nullable KeyPair pair;
        private final @Nullable Problem problem;

        private Reading(@Nullable KeyPair pair, @Nullable Problem problem) {
            this.pair = pair;
            this.problem = problem;
        }

        private static Reading bad(String why, String suggestion) {
            return new Reading(null, new Problem(why, suggestion));
        }

        <X extends RuntimeException> KeyPair orElseThrow(Function<Problem, X> failure) {
            return Optional.ofNullable(pair).orElseThrow(() -> failure.apply(requireNonNull(problem)));
        }
    }
}
