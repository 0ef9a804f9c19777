package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;

/** An editor, a checkout or a script writes files while they are read: what was read is used, or an error says what is wrong. */
@Timeout(600)
final class ChangingFilesTest {
    private static final int READINGS = 150;
    private static final List<String> CHANGED =
            List.of("meridian.yml", "compose.yaml", ".env", "web.env", "conf/a.conf", "secrets.env");

    @Test
    void a_file_that_is_cut_or_goes_while_it_is_read_is_never_a_bug(@TempDir Path directory) throws Exception {
        Folder folder = new Folder(directory)
                .withCompose(
                        "    ports: [\"8080:3000\"]\n",
                        "    ports: [\"8080:3000\"]\n    env_file: web.env\n    volumes: [\"./conf:/etc/conf\", \"./media:/media\"]\n")
                .write(".env", "A=1\n".repeat(2_000))
                .write("web.env", "B=1\n".repeat(2_000))
                .write("conf/a.conf", "a\n".repeat(2_000))
                .write("media/.keep", "");
        AtomicBoolean done = new AtomicBoolean();
        Thread changing = Thread.ofPlatform().daemon().start(() -> change(directory, done));
        try {
            for (int i = 0; i < READINGS; i++) {
                read(folder, i);
            }
        } finally {
            done.set(true);
            changing.join();
        }
    }

    private static void read(Folder folder, int i) {
        try {
            if (i % 2 == 0) {
                folder.load();
            } else {
                new Initializer(folder.path("other.yml")).propose();
            }
        } catch (Failure failure) {
            assertThat(failure.diagnostics()).isNotEmpty();
        }
    }

    /** Cuts each file, takes it away, and puts it back, as fast as it goes. */
    private static void change(Path directory, AtomicBoolean done) {
        try {
            for (String name : CHANGED) {
                Files.copy(directory.resolve(name), kept(directory, name), StandardCopyOption.REPLACE_EXISTING);
            }
            while (!done.get()) {
                for (String name : CHANGED) {
                    Path file = directory.resolve(name);
                    Files.newByteChannel(file, StandardOpenOption.WRITE)
                            .truncate(7)
                            .close();
                    Files.delete(file);
                    Files.copy(kept(directory, name), file);
                }
                Files.delete(directory.resolve("media/.keep"));
                Files.delete(directory.resolve("media"));
                Files.createDirectory(directory.resolve("media"));
                Files.createFile(directory.resolve("media/.keep"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path kept(Path directory, String name) {
        return directory.resolve(name.replace('/', '-') + ".kept");
    }
}
