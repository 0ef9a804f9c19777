package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.LogShipping;
import org.meridian.core.model.LogShipping.AccessKey;
import org.meridian.core.model.LogShipping.BetterStack;
import org.meridian.core.model.LogShipping.Http;
import org.meridian.core.model.LogShipping.Loki;
import org.meridian.core.model.LogShipping.Own;
import org.meridian.core.model.LogShipping.S3;

class LogsTest {
    private static final URI ADDRESS = URI.create("https://logs.example.com/in");
    private static final String SENT = "endpoint: https://logs.example.com/in";

    private final Folder folder;

    LogsTest(@TempDir Path directory) {
        folder = new Folder(directory);
    }

    private Configuration with(String logs) {
        return folder.with("state: records", "logs: { " + logs + " }").load();
    }

    private LogShipping shipping(String logs) {
        return with(logs).logs().shipping().orElseThrow();
    }

    @Test
    void logsHaveLimitsUnlessSomethingElseIsWritten() {
        assertThat(folder.load().logs()).isEqualTo(LogSettings.USUAL);
        assertThat(with("max_size: 2GB, max_files: 7").logs()).isEqualTo(new LogSettings("2g", 7, Optional.empty()));
        assertThat(with("max_files: 1").logs()).isEqualTo(new LogSettings("10m", 1, Optional.empty()));
    }

    @Test
    void eachSinkIsReadFromItsKeys() {
        assertThat(shipping("ship_to: betterstack, token: LOGS_TOKEN, " + SENT))
                .isEqualTo(new LogShipping(
                        new BetterStack(ADDRESS, "LOGS_TOKEN"), List.of("LOGS_TOKEN"), LogShipping.USUAL_IMAGE));
        assertThat(shipping("ship_to: loki, " + SENT).sink()).isEqualTo(new Loki(ADDRESS, Optional.empty()));
        assertThat(shipping("ship_to: http, token: T, " + SENT).sink()).isEqualTo(new Http(ADDRESS, Optional.of("T")));
        assertThat(shipping("ship_to: s3, bucket: journal-logs, region: eu-west-1")
                        .sink())
                .isEqualTo(new S3("journal-logs", "eu-west-1", Optional.empty(), Optional.empty()));
        assertThat(shipping("ship_to: s3, bucket: b-b, region: eu-west-1, access_key: K, token: T, " + SENT))
                .isEqualTo(new LogShipping(
                        new S3("b-b", "eu-west-1", Optional.of(ADDRESS), Optional.of(new AccessKey("K", "T"))),
                        List.of("K", "T"),
                        LogShipping.USUAL_IMAGE));
    }

    @Test
    void aConfigurationOfVectorIsReadAsItIs() {
        folder.write("vector.toml", "[sinks.mine]\n");

        assertThat(shipping("vector: vector.toml, token: T, image: example.com/vector:1"))
                .isEqualTo(new LogShipping(
                        new Own("[sinks.mine]\n"), List.of("T"), ImageReference.parse("example.com/vector:1")));
    }

    @Test
    void everyRegionHasToHaveTheToken() {
        assertThat(with("ship_to: http, token: LOGS_TOKEN, " + SENT).app().regions())
                .allSatisfy(region -> assertThat(region.required()).isEqualTo(Set.of("LOGS_TOKEN")));
    }

    @Test
    void aTokenInTheClearIsWarnedOf() {
        assertThat(with("ship_to: http, token: T, endpoint: http://logs.example.com")
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.summary())
                        .isEqualTo("logs.endpoint: the token can be read on the way there"));
    }
}
