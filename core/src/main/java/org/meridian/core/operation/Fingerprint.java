package org.meridian.core.operation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.meridian.core.model.BesideFiles;
import org.meridian.core.model.Duties;
import org.meridian.core.model.Release;

/**
 * Tells releases apart by content: equal content has an equal fingerprint, on every machine. How many servers there are
 * makes no other release.
 */
final class Fingerprint {
    private static final int DIGITS = 12;

    private Fingerprint() {}

    /** Twelve hexadecimal digits of SHA-256 over the content in a fixed order. */
    static String of(Release.Content content) {
        StringBuilder text = new StringBuilder();
        part(text, "compose", content.compose());
        part(text, "beside", beside(content.beside()));
        part(text, "images", sorted(content.images()));
        part(text, "services", content.appServices().stream().sorted().toList());
        part(text, "serve", content.serve());
        part(text, "before_shift", content.beforeShift());
        Map<String, Object> env = new TreeMap<>();
        content.env().forEach((region, variables) -> env.put(region.value(), sorted(variables)));
        part(text, "env", env);
        part(text, "secrets", sorted(content.secretVersions()));
        // What earlier versions did not know of must not make another release of what has none of it.
        content.releaseCommand().ifPresent(command -> part(text, "release_command", command));
        if (!content.work().workers().isEmpty()) {
            part(text, "workers", workers(content.work()));
        }
        if (!content.work().jobs().isEmpty()) {
            part(text, "jobs", jobs(content.work()));
        }
        if (!content.outliving().isEmpty()) {
            part(text, "kept", content.outliving());
        }
        return sha256(text.toString()).substring(0, DIGITS);
    }

    private static Map<String, String> workers(Duties duties) {
        Map<String, String> workers = new TreeMap<>();
        duties.workers()
                .forEach((name, worker) -> workers.put(
                        name,
                        worker.regions().stream().sorted().toList() + " " + worker.servers() + " " + worker.overlap()
                                + " " + worker.grace()));
        return workers;
    }

    private static Map<String, String> jobs(Duties duties) {
        Map<String, String> jobs = new TreeMap<>();
        duties.jobs()
                .forEach((name, job) -> jobs.put(
                        name,
                        job.schedule() + " " + job.service() + " " + job.command() + " " + job.region() + " "
                                + job.overlap() + " " + job.timeout()));
        return jobs;
    }

    private static String beside(BesideFiles files) {
        return files.main() + files.over() + sorted(files.files());
    }

    /** Each part with its length, so that no two contents run together to the same text. */
    private static void part(StringBuilder text, String name, Object value) {
        String written = value.toString();
        text.append(name)
                .append(' ')
                .append(written.length())
                .append('\n')
                .append(written)
                .append('\n');
    }

    private static <K, V> Map<String, String> sorted(Map<K, V> map) {
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(key.toString(), value.toString()));
        return sorted;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
