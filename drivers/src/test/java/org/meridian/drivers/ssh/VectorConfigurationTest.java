package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.AppName;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.LogShipping.AccessKey;
import org.meridian.core.model.LogShipping.BetterStack;
import org.meridian.core.model.LogShipping.Http;
import org.meridian.core.model.LogShipping.Loki;
import org.meridian.core.model.LogShipping.Own;
import org.meridian.core.model.LogShipping.S3;
import org.meridian.core.model.LogShipping.Sink;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Serve;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.Installation;

final class VectorConfigurationTest {
    private static final URI ADDRESS = URI.create("https://logs.example.com/in");
    private static final ReleaseId ID = new ReleaseId(3);
    private static final Installation INSTALLATION = new Installation(
            new AppName("journal"),
            new Release(
                    ID,
                    "0123456789ab",
                    Instant.EPOCH,
                    "v3",
                    new Release.Content(
                            "services: {}\n",
                            Map.of(),
                            List.of(),
                            new Serve(
                                    "web",
                                    3000,
                                    80,
                                    new HealthCheck(
                                            "/",
                                            Duration.ofSeconds(1),
                                            Duration.ofSeconds(1),
                                            1,
                                            Duration.ofMinutes(1))),
                            Optional.empty(),
                            Map.of(),
                            Map.of(),
                            Map.of())),
            Map.of(),
            Map.of());
    private static final Server SERVER = new Server(
            new ServerName("journal-eu-r3-1"),
            new RegionName("eu"),
            ID,
            "0123456789ab",
            Optional.empty(),
            Optional.empty(),
            Server.State.RUNNING,
            Optional.empty());

    @Test
    void better_stack_gets_lines_of_this_project_named_and_with_their_own_time() {
        assertThat(of(new BetterStack(ADDRESS, "LOGS_TOKEN"))).isEqualTo("""
                [sources.containers]
                type = "docker_logs"
                include_labels = ["com.docker.compose.project=journal"]
                exclude_containers = ["journal-meridian-vector"]

                [transforms.named]
                type = "remap"
                inputs = ["containers"]
                source = '''
                .app = "journal"
                .region = "eu"
                .server = "journal-eu-r3-1"
                .release = "r3"
                .service = .label."com.docker.compose.service"
                del(.label)
                .dt = del(.timestamp)
                '''

                [sinks.shipped]
                inputs = ["named"]
                type = "http"
                method = "post"
                uri = "https://logs.example.com/in"
                compression = "gzip"
                encoding.codec = "json"
                auth.strategy = "bearer"
                auth.token = "${LOGS_TOKEN}"
                """);
    }

    @Test
    void an_address_gets_an_object_a_line() {
        assertThat(sink(new Http(ADDRESS, Optional.empty()))).isEqualTo("""
                inputs = ["named"]
                type = "http"
                method = "post"
                uri = "https://logs.example.com/in"
                compression = "gzip"
                encoding.codec = "json"
                framing.method = "newline_delimited"
                """);
        assertThat(sink(new Http(ADDRESS, Optional.of("T")))).endsWith("auth.token = \"${T}\"\n");
        assertThat(of(new Http(ADDRESS, Optional.empty()))).doesNotContain(".dt");
    }

    @Test
    void loki_gets_labels() {
        assertThat(sink(new Loki(ADDRESS, Optional.of("T")))).isEqualTo("""
                inputs = ["named"]
                type = "loki"
                endpoint = "https://logs.example.com/in"
                encoding.codec = "json"
                labels.app = "{{ app }}"
                labels.region = "{{ region }}"
                labels.server = "{{ server }}"
                labels.release = "{{ release }}"
                labels.service = "{{ service }}"
                auth.strategy = "bearer"
                auth.token = "${T}"
                """);
        assertThat(sink(new Loki(ADDRESS, Optional.empty()))).doesNotContain("auth");
    }

    @Test
    void a_bucket_gets_files_by_app_region_day_and_server() {
        AccessKey key = new AccessKey("LOGS_KEY", "LOGS_SECRET");

        assertThat(sink(new S3("journal-logs", "eu-west-1", Optional.of(ADDRESS), Optional.of(key))))
                .isEqualTo("""
                        inputs = ["named"]
                        type = "aws_s3"
                        bucket = "journal-logs"
                        region = "eu-west-1"
                        key_prefix = "journal/eu/%Y-%m-%d/journal-eu-r3-1-"
                        compression = "gzip"
                        encoding.codec = "json"
                        framing.method = "newline_delimited"
                        endpoint = "https://logs.example.com/in"
                        auth.access_key_id = "${LOGS_KEY}"
                        auth.secret_access_key = "${LOGS_SECRET}"
                        """);
        assertThat(sink(new S3("journal-logs", "eu-west-1", Optional.empty(), Optional.empty())))
                .doesNotContain("auth", "endpoint");
    }

    @Test
    void a_dollar_in_an_address_is_no_variable() {
        assertThat(sink(new Http(URI.create("https://logs.example.com/$HOME"), Optional.empty())))
                .contains("uri = \"https://logs.example.com/$$HOME\"\n");
    }

    @Test
    void the_teams_own_configuration_stays_as_it_is() {
        assertThat(of(new Own("[sinks.mine]\ntoken = \"$X\"\n"))).isEqualTo("[sinks.mine]\ntoken = \"$X\"\n");
    }

    private static String sink(Sink sink) {
        String text = of(sink);
        String begin = "[sinks.shipped]\n";
        return text.substring(text.indexOf(begin) + begin.length());
    }

    private static String of(Sink sink) {
        return VectorConfiguration.of(sink, "journal", INSTALLATION, SERVER);
    }
}
