package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meridian.core.model.AppName;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.LogShipping;
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
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import tools.jackson.databind.json.JsonMapper;

final class VectorConfigurationTest {
    private static final ImageReference IMAGE = ImageReference.parse("registry.example.com/journal:3");
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
                            Map.of("web", IMAGE, "cache", IMAGE),
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
            Server.State.RUNNING);

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

    /** Vector 0.57 refuses a label whose value begins with a field of the event. */
    @Test
    void loki_gets_labels_that_are_no_templates() {
        String text = of(new Loki(ADDRESS, Optional.of("T")));
        assertThat(text).doesNotContain("{{").endsWith("""

                [transforms.service_1]
                type = "filter"
                inputs = ["named"]
                condition = ".service == \\"cache\\""

                [sinks.shipped_1]
                inputs = ["service_1"]
                type = "loki"
                endpoint = "https://logs.example.com/in"
                encoding.codec = "json"
                labels.app = "journal"
                labels.region = "eu"
                labels.server = "journal-eu-r3-1"
                labels.release = "r3"
                labels.service = "cache"
                auth.strategy = "bearer"
                auth.token = "${T}"

                [transforms.service_2]
                type = "filter"
                inputs = ["named"]
                condition = ".service == \\"web\\""

                [sinks.shipped_2]
                inputs = ["service_2"]
                type = "loki"
                endpoint = "https://logs.example.com/in"
                encoding.codec = "json"
                labels.app = "journal"
                labels.region = "eu"
                labels.server = "journal-eu-r3-1"
                labels.release = "r3"
                labels.service = "web"
                auth.strategy = "bearer"
                auth.token = "${T}"
                """);
        assertThat(of(new Loki(ADDRESS, Optional.empty()))).doesNotContain("auth");
    }

    /** From Vector 0.57 on variables in the file are texts like others unless it is told otherwise; 0.49 passes that over. */
    @Test
    void vector_is_told_to_replace_variables() {
        String service = ShipperService.of(
                new LogShipping(
                        new Http(ADDRESS, Optional.of("T")),
                        List.of("T"),
                        ImageReference.parse("timberio/vector:0.57.0-debian")),
                LogSettings.USUAL,
                "/opt/x/vector.toml");

        assertThat(service).contains("VECTOR_DANGEROUSLY_ALLOW_ENV_VAR_INTERPOLATION: \"true\"");
    }

    @Test
    void no_value_ends_its_line_in_a_file_that_is_written() {
        String hostile = "a\"\n[sinks.evil]\r\\ $(touch x) ${HOME} %h {{ app }}\u2028\u0085";

        assertThat(Yaml.quoted(hostile).lines()).hasSize(1);
        assertThat(JsonMapper.shared().readValue(Yaml.quoted(hostile), String.class))
                .isEqualTo(hostile.replace("$", "$$"));
        assertThat(toml(new S3(hostile, "eu", Optional.empty(), Optional.empty()))
                        .getString("sinks.shipped.bucket"))
                .isEqualTo(hostile.replace("$", "$$"));
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

    /** What a parser of TOML makes of the text: no key twice, nothing that a quotation mark ends too early. */
    @ParameterizedTest
    @MethodSource
    void every_configuration_is_toml_whose_tables_belong_together(Sink sink, String type) {
        TomlParseResult read = toml(sink);

        assertThat(read.keySet()).containsExactlyInAnyOrder("sources", "transforms", "sinks");
        assertThat(read.getString("sources.containers.type")).isEqualTo("docker_logs");
        assertThat(read.getString("transforms.named.type")).isEqualTo("remap");
        assertThat(inputs(read, "transforms.named")).containsExactly("containers");
        assertThat(requireNonNull(read.getString("transforms.named.source")).lines())
                .contains(
                        ".app = \"journal\"", ".region = \"eu\"", ".server = \"journal-eu-r3-1\"", ".release = \"r3\"");
        assertThat(inputs(read, "sinks.shipped")).containsExactly("named");
        assertThat(read.getString("sinks.shipped.type")).isEqualTo(type);
        assertThat(read.getString("sinks.shipped.encoding.codec")).isEqualTo("json");
    }

    static Stream<Arguments> every_configuration_is_toml_whose_tables_belong_together() {
        Optional<String> token = Optional.of("T");
        Optional<AccessKey> key = Optional.of(new AccessKey("ID", "SECRET"));
        return Stream.of(
                arguments(new BetterStack(ADDRESS, "T"), "http"),
                arguments(new Http(ADDRESS, Optional.empty()), "http"),
                arguments(new Http(ADDRESS, token), "http"),
                arguments(new S3("logs", "eu-west-1", Optional.empty(), Optional.empty()), "aws_s3"),
                arguments(new S3("logs", "eu-west-1", Optional.of(ADDRESS), key), "aws_s3"));
    }

    @Test
    void a_secret_stands_in_the_configuration_by_name_alone() {
        TomlParseResult bearer = toml(new Loki(ADDRESS, Optional.of("T")));
        assertThat(bearer.getString("transforms.service_2.condition")).isEqualTo(".service == \"web\"");
        TomlParseResult signed = toml(
                new S3("logs", "eu-west-1", Optional.empty(), Optional.of(new AccessKey("LOGS_KEY", "LOGS_SECRET"))));

        assertThat(bearer.getString("sinks.shipped_1.auth.strategy")).isEqualTo("bearer");
        assertThat(bearer.getString("sinks.shipped_1.auth.token")).isEqualTo("${T}");
        assertThat(signed.getString("sinks.shipped.auth.access_key_id")).isEqualTo("${LOGS_KEY}");
        assertThat(signed.getString("sinks.shipped.auth.secret_access_key")).isEqualTo("${LOGS_SECRET}");
    }

    @Test
    void an_address_with_what_toml_reads_otherwise_arrives_as_it_is() {
        URI address = URI.create("https://logs.example.com/in?a='b'&c=%5Be%5D#d=%22");

        assertThat(toml(new Http(address, Optional.empty())).getString("sinks.shipped.uri"))
                .isEqualTo(address.toString());
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

    private static TomlParseResult toml(Sink sink) {
        TomlParseResult read = Toml.parse(of(sink));
        assertThat(read.errors()).isEmpty();
        return read;
    }

    private static List<Object> inputs(TomlParseResult read, String table) {
        return requireNonNull(read.getArray(table + ".inputs")).toList();
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
