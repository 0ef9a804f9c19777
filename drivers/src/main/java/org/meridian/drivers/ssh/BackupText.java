package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.meridian.core.model.Backup;
import org.meridian.core.model.BackupBucket;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.OpenBackup;
import org.meridian.core.spi.OpenBackup.BucketKey;
import org.meridian.drivers.command.Command;

/** Where backups are and what opens that place, as the scripts of a machine read it. */
final class BackupText {
    /** What knows places of backups; others begin with it. */
    static final String SCRIPT = Scripts.read("backup-places") + "\n";

    /** What works on one service. */
    static final String ACCESSORY = SCRIPT + Scripts.read("accessory");

    private static final String USUAL = "/var/backups/meridian";

    private BackupText() {}

    /** The place in one word of the script {@code backup-places}. */
    static String place(Backup backup) {
        return backup.bucket().map(bucket -> bucket + " " + address(bucket)).orElseGet(() -> backup.directory()
                .orElse(USUAL));
    }

    /** The command with what opens the place on its standard input: it is in no argument and no environment. */
    static Command opening(Command command, OpenBackup open) {
        return open.key().isPresent() ? command.reading(configuration(open)) : command;
    }

    /** For the script {@code schedules}: what is said of each service there. */
    static List<String> scheduled(Map<String, OpenBackup> backups) {
        List<String> words = new ArrayList<>();
        new TreeMap<>(backups).forEach((service, open) -> {
            Backup backup = open.backup();
            words.add(service);
            words.add(Integer.toString(backup.keep()));
            words.add(place(backup));
            words.add(backup.command().orElseThrow());
            words.add(String.join("\n", backup.schedule().orElseThrow().calendar()));
        });
        return words;
    }

    /** For the same script: each key in a line, and an empty line after the last. */
    static String keys(Map<String, OpenBackup> backups) {
        return new TreeMap<>(backups)
                .entrySet().stream()
                        .filter(service -> service.getValue().key().isPresent())
                        .map(service -> service.getKey() + " "
                                + Base64.getEncoder()
                                        .encodeToString(configuration(service.getValue())
                                                .getBytes(UTF_8))
                                + "\n")
                        .collect(Collectors.joining("", "", "\n"));
    }

    /**
     * A configuration of curl (curl(1), --config). What stalls is given up, and what may be passing is tried again; redirects are
     * not followed, since the signature is for one address.
     */
    private static String configuration(OpenBackup open) {
        BackupBucket bucket = open.backup().bucket().orElseThrow();
        BucketKey key = open.key().orElseThrow();
        return """
                silent
                show-error
                proto = "=%s"
                connect-timeout = 15
                speed-limit = 100
                speed-time = 60
                retry = 3
                retry-max-time = 120
                aws-sigv4 = "aws:amz:%s:s3"
                user = "%s:%s"
                """.formatted(address(bucket).getScheme(), bucket.region(), quoted(key.id()), quoted(key.secret()));
    }

    private static String quoted(Secret secret) {
        return secret.reveal().replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** By its own name at AWS, unless that has dots, which no certificate there covers; below the address elsewhere. */
    private static URI address(BackupBucket bucket) {
        return bucket.endpoint()
                .map(endpoint -> URI.create(endpoint.toString().replaceFirst("/+$", "") + "/" + bucket.bucket()))
                .orElseGet(() -> URI.create(
                        bucket.bucket().contains(".")
                                ? "https://s3." + bucket.region() + ".amazonaws.com/" + bucket.bucket()
                                : "https://" + bucket.bucket() + ".s3." + bucket.region() + ".amazonaws.com"));
    }
}
