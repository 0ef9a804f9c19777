package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.Backup;
import org.meridian.core.model.BackupBucket;

/** Reads how a service that keeps data is backed up, and where to. */
final class BackupReader {
    private static final int MOST = 1000;
    private static final String US_EAST = "us-east-1";
    private static final String DIRECTORY = "Write a directory of the machine, such as /mnt/copies.";
    private static final String BUCKET = "Write 'to: { s3: notes-backups/production, region: eu-west-1, credentials:"
            + " env-file:secrets/backups.env }' (docs/data.md).";
    private static final String CREDENTIALS =
            "Write where AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are, such as env-file:secrets/backups.env; the machine"
                    + " keeps them.";

    /** A path's parts have no dots alone, and no character that a line can't have. */
    private static final Pattern ABSOLUTE = Pattern.compile("(/(?!\\.{1,2}(/|$))[^/\\p{Cntrl}]+)+");

    // Filesystem Hierarchy Standard 3.0 and systemd's tmpfiles.d: what is not a disk, or is emptied.
    private static final List<String> NO_PLACES =
            List.of("/dev", "/proc", "/run", "/sys", "/tmp", "/var/run", "/var/tmp");

    private final SecretReferences references;

    /** Paths of references count from the directory. */
    BackupReader(Path directory) {
        this.references = new SecretReferences(requireNonNull(directory, "directory is null"));
    }

    Backup read(Section section) {
        Optional<Field> place = section.find("to");
        return new Backup(
                section.find("command").flatMap(Field::text),
                section.find("restore").flatMap(Field::text),
                section.find("keep").flatMap(field -> field.number(1, MOST)).orElse(Backup.USUAL),
                ScheduleReader.read(section),
                place.filter(field -> !field.isMapping()).flatMap(BackupReader::directory),
                place.filter(Field::isMapping).flatMap(field -> bucket(field.section())));
    }

    private static Optional<String> directory(Field field) {
        return field.text().filter(text -> {
            if (text.startsWith("s3:")) {
                field.error("wrong-value", "a bucket needs a region or an endpoint, and credentials", BUCKET);
                return false;
            }
            if (!ABSOLUTE.matcher(text).matches()) {
                field.error(
                        "wrong-value",
                        "'" + text
                                + "' is not the absolute path of a directory, without '.', '..', '//' and a '/' at the end",
                        DIRECTORY);
                return false;
            }
            Optional<String> lost = NO_PLACES.stream()
                    .filter(one -> text.equals(one) || text.startsWith(one + "/"))
                    .findFirst();
            lost.ifPresent(one -> field.error(
                    "wrong-value",
                    "'" + text + "' is no place for backups: what is in " + one + " does not stay",
                    DIRECTORY));
            return lost.isEmpty();
        });
    }

    private Optional<BackupBucket> bucket(Section section) {
        Optional<StateLocation.S3> place = S3Reader.read(section);
        Optional<String> credentials =
                section.require("credentials", CREDENTIALS).flatMap(references::one);
        Optional<URI> endpoint = place.flatMap(StateLocation.S3::endpoint);
        // A machine has no settings of AWS's tools that would tell it.
        Optional<String> region = section.has("endpoint")
                ? place.map(one -> one.region().orElse(US_EAST))
                : section.require("region", "Write the bucket's, such as eu-west-1.")
                        .flatMap(field -> place.flatMap(StateLocation.S3::region));
        return place.flatMap(one -> credentials.flatMap(
                key -> region.map(there -> new BackupBucket(one.bucket(), one.prefix(), endpoint, there, key))));
    }
}
