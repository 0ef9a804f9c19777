package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.config.StateLocation.Directory;
import org.meridian.config.StateLocation.Postgres;
import org.meridian.config.StateLocation.S3;

class StateTest {
    private final Folder folder;

    StateTest(@TempDir Path directory) {
        folder = new Folder(directory);
    }

    private Configuration with(String state) {
        return folder.with("state: records", "state: " + state).load();
    }

    @Test
    void aDirectoryKeepsLocalThingsToo() {
        assertThat(with("records/here/..").state()).isEqualTo(new Directory(folder.path("records")));
        assertThat(with("records").local()).isEqualTo(folder.path("records"));
        assertThat(with("/elsewhere").state()).isEqualTo(new Directory(Path.of("/elsewhere")));
    }

    @Test
    void aDatabaseIsReadFromItsAddress() {
        assertThat(with("postgresql://deploy@db.example.com/meridian").state())
                .isEqualTo(new Postgres("db.example.com", 5432, "meridian", "deploy", Map.of()));
        assertThat(with("postgres://a%40b@[::1]:6000/my%20db?sslmode=verify-full&currentSchema=a%2Cb")
                        .state())
                .isEqualTo(new Postgres(
                        "[::1]", 6000, "my db", "a@b", Map.of("sslmode", "verify-full", "currentSchema", "a,b")));
    }

    @Test
    void withADatabaseOrABucketLocalThingsStayBesideTheFile() {
        assertThat(with("postgresql://deploy@db.example.com/meridian").local()).isEqualTo(folder.path(".meridian"));
        assertThat(with("s3://bucket").local()).isEqualTo(folder.path(".meridian"));
    }

    @Test
    void aBucketIsReadFromItsAddressOrItsParts() {
        assertThat(with("s3://my.bucket-1").state()).isEqualTo(s3("my.bucket-1", ""));
        assertThat(with("s3://bucket/").state()).isEqualTo(s3("bucket", ""));
        assertThat(with("s3://bucket/a/b.c_d/").state()).isEqualTo(s3("bucket", "a/b.c_d"));
        assertThat(with("{ s3: bucket/a }").state()).isEqualTo(s3("bucket", "a"));
        assertThat(with("{ s3: s3://bucket/a, endpoint: http://127.0.0.1:9000, region: eu-west-1 }")
                        .state())
                .isEqualTo(new S3(
                        "bucket", "a", Optional.of(URI.create("http://127.0.0.1:9000")), Optional.of("eu-west-1")));
    }

    private static S3 s3(String bucket, String prefix) {
        return new S3(bucket, prefix, Optional.empty(), Optional.empty());
    }
}
