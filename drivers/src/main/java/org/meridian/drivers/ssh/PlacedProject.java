package org.meridian.drivers.ssh;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.bootstrap.TextArchive;
import org.meridian.core.model.BesideFiles;
import org.meridian.core.model.Release;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.Installation;

/**
 * A release's Compose files and what lies beside them, on the way to a server.
 *
 * <p>Paths of files are anything that a file system has, so files travel by number, each in Base64, with a list that says
 * what becomes of each: {@code open} ones are written below {@code project}, {@code hidden} ones are encrypted where that
 * can be done, and there is a link below {@code project} to where they lie in memory.
 */
final class PlacedProject {
    private static final int OPEN = 0644;
    private static final int EXECUTABLE = 0755;

    private final Installation installation;
    private final StringBuilder list = new StringBuilder();
    private TextArchive archive;
    private int number;

    private PlacedProject(TextArchive archive, Installation installation) {
        this.archive = archive;
        this.installation = installation;
    }

    /** The archive with the release's project in it. */
    static TextArchive in(TextArchive archive, Installation installation) {
        return new PlacedProject(archive, installation).all();
    }

    /** For the script that runs Compose: the directory that paths count from, and then the files in the order to merge. */
    static String files(Release.Content content, String directory) {
        String project = directory + "/project/";
        BesideFiles beside = content.beside();
        return Stream.concat(
                        Stream.of(
                                project + beside.directory(),
                                directory + "/meridian.defaults.yaml",
                                project + beside.main()),
                        Stream.concat(
                                beside.over().stream().map(file -> project + file),
                                Stream.of(directory + "/meridian.override.yaml")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private TextArchive all() {
        Release.Content content = installation.release().content();
        byte[] main = content.compose().getBytes(StandardCharsets.UTF_8);
        add("open", OPEN, content.beside().main(), Secret.of(Base64.getEncoder().encodeToString(main)));
        new TreeMap<>(content.beside().files())
                .forEach((path, file) ->
                        add("open", file.executable() ? EXECUTABLE : OPEN, path, Secret.of(file.base64())));
        new TreeMap<>(installation.hidden()).forEach((path, bytes) -> add("hidden", OPEN, path, bytes));
        return archive.with("files", 0600, list.toString());
    }

    private void add(String kind, int mode, String path, Secret base64) {
        archive = archive.with("file." + number, 0600, base64);
        list.append("%s %d %o %s\n".formatted(kind, number, mode, BesideFiles.check(path)));
        number++;
    }
}
