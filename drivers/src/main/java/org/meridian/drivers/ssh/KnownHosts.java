package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;

/** The host keys that a person has accepted, from files in OpenSSH's form (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
final class KnownHosts {
    private static final int LARGEST = 50 * BoundedFile.MEGABYTE;

    private final List<Path> files;
    private @Nullable List<Line> lines;

    /** Those of these files, of which none need exist. They are read once, when first asked. */
    KnownHosts(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /** The file that a new key goes to. */
    Path first() {
        return files.getFirst();
    }

    /** Says what is known of a key that a machine presents. */
    Judgement judge(String host, int port, PublicKey presented) {
        Optional<Line> other = Optional.empty();
        Optional<Line> same = Optional.empty();
        for (Line line : of(host, port)) {
            if (KeyUtils.compareKeys(line.key(), presented)) {
                if ("revoked".equals(line.entry().getMarker())) {
                    return new Judgement(Verdict.REVOKED, Optional.of(line));
                }
                same = Optional.of(line);
            } else if (line.entry().getMarker() == null) {
                other = Optional.of(line);
            }
        }
        if (same.isPresent()) {
            return new Judgement(Verdict.KNOWN, same);
        }
        return new Judgement(other.isPresent() ? Verdict.CHANGED : Verdict.UNKNOWN, other);
    }

    /** The types of the keys that are known of a machine. */
    List<String> keyTypes(String host, int port) {
        return of(host, port).stream()
                .filter(line -> line.entry().getMarker() == null)
                .map(line -> KeyUtils.getKeyType(line.key()))
                .distinct()
                .toList();
    }

    /** A machine's name as it stands in the files. */
    static String written(String host, int port) {
        return port == Endpoint.SSH_PORT ? host : "[" + host + "]:" + port;
    }

    private List<Line> of(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        return lines().stream()
                .filter(line -> !"cert-authority".equals(line.entry().getMarker()))
                .filter(line -> line.entry().isHostMatch(name, port)
                        // A key that is void is void at every port: MINA takes the pattern * for the usual one alone.
                        || ("revoked".equals(line.entry().getMarker())
                                && line.entry().isHostMatch(name, Endpoint.SSH_PORT)))
                .toList();
    }

    private synchronized List<Line> lines() {
        if (lines == null) {
            List<Line> read = new ArrayList<>();
            files.forEach(file -> read(file, read));
            lines = List.copyOf(read);
        }
        return lines;
    }

    private static void read(Path file, List<Line> into) {
        try {
            int number = 0;
            for (String text : BoundedFile.lines(file, LARGEST)) {
                number++;
                line(file, number, text.strip()).ifPresent(into::add);
            }
        } catch (NoSuchFileException e) {
            // Nothing was accepted yet.
        } catch (IOException e) {
            throw Failure.usage(Diagnostic.of(
                    "unreadable",
                    "can't read the known hosts in " + file + ": " + BoundedFile.reason(e),
                    "Check its permissions, or name another with 'known_hosts' under 'ssh'."));
        }
    }

    /** What can't be understood is no reason to trust anybody, and none to fail over a line about another machine. */
    private static Optional<Line> line(Path file, int number, String text) {
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        try {
            KnownHostEntry entry = KnownHostEntry.parseKnownHostEntry(text);
            AuthorizedKeyEntry key = entry.getKeyEntry();
            PublicKey resolved = key == null ? null : key.resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
            return Optional.ofNullable(resolved).map(found -> new Line(file, number, entry, found));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** What is known of a key. */
    enum Verdict {
        /** It is the machine's. */
        KNOWN,
        /** The machine is known by other keys only. */
        CHANGED,
        /** It was declared void. */
        REVOKED,
        /** Nothing is known of the machine. */
        UNKNOWN
    }

    /**
     * A verdict and the line that it rests on.
     *
     * @param verdict what is known
     * @param line    where that stands; empty when nothing is known
     */
    record Judgement(Verdict verdict, Optional<Line> line) {
        Judgement {
            requireNonNull(verdict, "verdict is null");
            requireNonNull(line, "line is null");
        }

        String place() {
            return line.map(known -> known.file() + ":" + known.number()).orElse("");
        }

        String fingerprint() {
            return line.map(known -> KeyUtils.getFingerPrint(known.key())).orElse("");
        }
    }

    /** A line of a file. */
    record Line(Path file, int number, KnownHostEntry entry, PublicKey key) {}
}
