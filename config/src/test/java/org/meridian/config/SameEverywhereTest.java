package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.diagnostic.Diagnostic;

/** What a release has once may not depend on a variable whose value a region has for itself. */
final class SameEverywhereTest {
    private Folder folder;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        folder = new Folder(directory);
        folder.with("env: { PORT: 3000, FLAG: no }", "env: { PORT: 3000, ONLY: eu }");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image: memcached:1.6 | image: "memcached:${ONLY:-1.6}" | compose.yaml:8:12 | service 'cache' has the image memcached:eu in eu, and memcached:1.6 in us
            ports: ["8080:3000"] | ports: ["${PORT:-8080}:3000"]   | compose.yaml:4:13 | service 'web' has one set of ports in eu, and another in us
            expose: [11211]      | profiles: ["${ONLY:-}"]         | compose.yaml:7:3  | service 'cache' does not run in eu, and there but in us
            """)
    void what_a_region_reads_otherwise_is_refused_at_its_place(String part, String other, String place, String words) {
        folder.withCompose(part, other);

        assertThat(folder.lines()).singleElement().asString().startsWith(place + ": " + words);
        assertThat(folder.problems()).extracting(Diagnostic::code).containsOnly("differs-by-region");
    }

    @Test
    void what_a_container_alone_sees_may_differ() {
        folder.withCompose("expose: [11211]", "environment: { WHERE: \"${ONLY:-}\" }\n    command: \"-m ${PORT:-64}\"");

        assertThat(folder.problems()).isEmpty();
    }
}
