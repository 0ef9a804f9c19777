package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.LogShipping;
import org.meridian.core.model.LogShipping.Sink;

/** Reads what becomes of what containers write: how much of it stays on a server, and where it is shipped. */
final class LogsReader {
    private static final List<String> SINKS = List.of("betterstack", "loki", "http", "s3");
    private static final List<String> DETAILS = List.of("endpoint", "token", "bucket", "region", "access_key");
    private static final String SECRET = "Write the name of one of the region's secrets, such as LOGS_TOKEN.";
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,3}[MG]B");
    private static final int MOST_FILES = 100;

    private final Path directory;
    private final List<String> secrets = new ArrayList<>();

    /** With what the path of a configuration of Vector counts from. */
    LogsReader(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    LogSettings read(Section logs) {
        String maxSize = logs.find("max_size").flatMap(LogsReader::size).orElse(LogSettings.USUAL.maxSize());
        int maxFiles = logs.find("max_files")
                .flatMap(field -> field.number(1, MOST_FILES))
                .orElse(LogSettings.USUAL.maxFiles());
        Optional<Field> shipTo = logs.find("ship_to");
        Optional<Sink> sink = logs.has("ship_to") ? sink(shipTo, logs) : own(logs);
        ImageReference image = image(logs);
        return new LogSettings(maxSize, maxFiles, sink.map(to -> new LogShipping(to, secrets, image)));
    }

    /** The names of the secrets that shipping needs in every region. */
    static List<String> needed(LogSettings logs) {
        return logs.shipping().map(LogShipping::secrets).orElse(List.of());
    }

    private static Optional<String> size(Field field) {
        return field.text().flatMap(text -> {
            if (!SIZE.matcher(text).matches()) {
                field.error(
                        "wrong-value", "'" + text + "' is not a size", "Write megabytes or gigabytes, such as 10MB.");
                return Optional.empty();
            }
            return Optional.of(text.substring(0, text.length() - 1).toLowerCase(Locale.ROOT));
        });
    }

    private static ImageReference image(Section logs) {
        if (!logs.has("ship_to") && !logs.has("vector")) {
            return LogShipping.USUAL_IMAGE;
        }
        return logs.find("image")
                .flatMap(field ->
                        field.parsed(ImageReference::parse, "Write one such as " + LogShipping.USUAL_IMAGE + "."))
                .orElse(LogShipping.USUAL_IMAGE);
    }

    private Optional<Sink> sink(Optional<Field> shipTo, Section logs) {
        Optional<String> kind = shipTo.flatMap(field -> field.oneOf(SINKS));
        if (kind.isEmpty()) {
            // Whichever is meant, its keys are not wrong.
            DETAILS.forEach(logs::find);
            return Optional.empty();
        }
        return kind.get().equals("s3") ? bucket(logs) : address(kind.get(), logs);
    }

    private Optional<Sink> address(String kind, Section logs) {
        Optional<Field> token = kind.equals("betterstack") ? logs.require("token", SECRET) : logs.find("token");
        Optional<String> name = token.flatMap(this::secret);
        Optional<URI> endpoint = logs.require("endpoint", "Write where lines are sent, such as 'endpoint: https://…'.")
                .flatMap(field -> endpoint(field, name.isPresent()));
        if (endpoint.isEmpty() || (token.isPresent() && name.isEmpty())) {
            return Optional.empty();
        }
        return switch (kind) {
            case "betterstack" -> name.map(one -> new LogShipping.BetterStack(endpoint.get(), one));
            case "loki" -> Optional.of(new LogShipping.Loki(endpoint.get(), name));
            default -> Optional.of(new LogShipping.Http(endpoint.get(), name));
        };
    }

    private static Optional<URI> endpoint(Field field, boolean secret) {
        Optional<URI> address = WebAddress.base(field);
        address.filter(one -> secret && !WebAddress.confidential(one.toString()))
                .ifPresent(one -> field.warning(
                        "unencrypted",
                        "the token can be read on the way there",
                        "Write an address that begins with https."));
        return address;
    }

    private Optional<Sink> bucket(Section logs) {
        Optional<String> bucket = logs.require("bucket", "Write the bucket's name, such as 'bucket: journal-logs'.")
                .flatMap(S3Reader::bucket);
        Optional<String> region = logs.require("region", "Write where the bucket is, such as 'region: eu-west-1'.")
                .flatMap(S3Reader::region);
        Optional<URI> endpoint = logs.find("endpoint").flatMap(WebAddress::base);
        Optional<Field> id = logs.find("access_key");
        // One alone can sign nothing.
        Optional<Field> key = id.isPresent() ? logs.require("token", SECRET) : logs.find("token");
        if (key.isPresent() && id.isEmpty() && !logs.has("access_key")) {
            var unused = logs.require("access_key", "Write the name of the secret that the access key's id is in.");
        }
        Optional<LogShipping.AccessKey> signing = id.flatMap(this::secret)
                .flatMap(name -> key.flatMap(this::secret).map(secret -> new LogShipping.AccessKey(name, secret)));
        if (bucket.isEmpty() || region.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new LogShipping.S3(bucket.get(), region.get(), endpoint, signing));
    }

    private Optional<Sink> own(Section logs) {
        Optional<Field> vector = logs.find("vector");
        if (vector.isEmpty()) {
            return Optional.empty();
        }
        logs.find("token").ifPresent(field -> {
            var unused = secret(field);
        });
        return vector.flatMap(this::text).map(LogShipping.Own::new);
    }

    private Optional<String> text(Field field) {
        return field.text().flatMap(path -> {
            Optional<Path> file = WrittenPath.of(directory, path);
            if (file.isEmpty()) {
                field.error("wrong-value", "'" + path + "' is not a path", "Write one such as vector.toml.");
                return Optional.empty();
            }
            try {
                return Optional.of(SourceFile.read(file.get(), "Write the path of Vector's configuration."));
            } catch (Failure e) {
                field.error(
                        e.diagnostic().code(),
                        e.diagnostic().summary(),
                        e.diagnostic().suggestion());
            }
            return Optional.empty();
        });
    }

    private Optional<String> secret(Field field) {
        return field.text().filter(name -> {
            boolean fits = SecretsReader.isName(name);
            if (fits) {
                secrets.add(name);
            } else {
                // It may be the secret itself.
                field.error("wrong-name", "this can't be a secret's name", SECRET);
            }
            return fits;
        });
    }
}
