package org.meridian.drivers.ssh;

import java.util.Optional;
import java.util.TreeSet;
import org.meridian.core.model.LogShipping.AccessKey;
import org.meridian.core.model.LogShipping.BetterStack;
import org.meridian.core.model.LogShipping.Http;
import org.meridian.core.model.LogShipping.Loki;
import org.meridian.core.model.LogShipping.Own;
import org.meridian.core.model.LogShipping.S3;
import org.meridian.core.model.LogShipping.Sink;
import org.meridian.core.model.Server;
import org.meridian.core.spi.Installation;

/**
 * Writes what Vector does on one server: reads the app's containers, names where each line is from, sends it on.
 *
 * <p>The keys are those of Vector's reference: the source docker_logs, the transform remap, and the sinks http, loki and
 * aws_s3. Secrets stand in it by name; Vector takes their values from its environment
 * ({@link ShipperService}).
 */
final class VectorConfiguration {
    private VectorConfiguration() {}

    /** The TOML; the team's own as it is. */
    static String of(Sink sink, String project, Installation installation, Server server) {
        if (sink instanceof Own own) {
            return own.configuration();
        }
        String lines = source(project) + names(installation, server, sink instanceof BetterStack);
        return sink instanceof Loki to
                ? lines + services(to, installation, server)
                : lines + "\n[sinks.shipped]\ninputs = [\"named\"]\n" + sink(sink, installation, server);
    }

    /**
     * A sink for each service, whose labels are texts: Vector 0.57 refuses a label that is nothing but a field of the event
     * (its upgrade guide, "Template confinement").
     */
    private static String services(Loki to, Installation installation, Server server) {
        StringBuilder sinks = new StringBuilder();
        int number = 0;
        for (String service :
                new TreeSet<>(installation.release().content().images().keySet())) {
            number++;
            sinks.append("""

                    [transforms.service_%1$d]
                    type = "filter"
                    inputs = ["named"]
                    condition = %2$s

                    [sinks.shipped_%1$d]
                    inputs = ["service_%1$d"]
                    """.formatted(number, quoted(".service == " + Yaml.quoted(service))))
                    .append(loki(to, installation, server, service));
        }
        return sinks.toString();
    }

    private static String loki(Loki to, Installation installation, Server server, String service) {
        return """
                type = "loki"
                endpoint = %s
                encoding.codec = "json"
                labels.app = %s
                labels.region = %s
                labels.server = %s
                labels.release = %s
                labels.service = %s
                """.formatted(
                                quoted(to.endpoint().toString()),
                                quoted(installation.app().value()),
                                quoted(server.region().value()),
                                quoted(server.name().value()),
                                quoted(installation.release().id().toString()),
                                quoted(service))
                + bearer(to.token());
    }

    /** Its own lines are left out, or a sink that fails would feed itself. */
    private static String source(String project) {
        return """
                [sources.containers]
                type = "docker_logs"
                include_labels = [%s]
                exclude_containers = [%s]
                """.formatted(
                        quoted("com.docker.compose.project=" + project), quoted(project + "-" + ShipperService.NAME));
    }

    /** A line's time is called dt at Better Stack (its HTTP API). */
    private static String names(Installation installation, Server server, boolean betterStack) {
        return """

                [transforms.named]
                type = "remap"
                inputs = ["containers"]
                source = '''
                .app = "%s"
                .region = "%s"
                .server = "%s"
                .release = "%s"
                .service = .label."com.docker.compose.service"
                del(.label)
                %s'''
                """.formatted(
                        installation.app(),
                        server.region(),
                        server.name(),
                        installation.release().id(),
                        betterStack ? ".dt = del(.timestamp)\n" : "");
    }

    private static String sink(Sink sink, Installation installation, Server server) {
        return switch (sink) {
            case BetterStack to -> """
                    type = "http"
                    method = "post"
                    uri = %s
                    compression = "gzip"
                    encoding.codec = "json"
                    """.formatted(quoted(to.endpoint().toString())) + bearer(Optional.of(to.token()));
            case Loki to -> throw new IllegalArgumentException("Loki has a sink for each service");
            case Http to -> """
                    type = "http"
                    method = "post"
                    uri = %s
                    compression = "gzip"
                    encoding.codec = "json"
                    framing.method = "newline_delimited"
                    """.formatted(quoted(to.endpoint().toString())) + bearer(to.token());
            case S3 to -> bucket(to, installation.app() + "/" + server.region() + "/%Y-%m-%d/" + server.name() + "-");
            case Own own -> throw new IllegalArgumentException("the team's own configuration has its own sinks");
        };
    }

    private static String bucket(S3 to, String prefix) {
        return """
                type = "aws_s3"
                bucket = %s
                region = %s
                key_prefix = %s
                compression = "gzip"
                encoding.codec = "json"
                framing.method = "newline_delimited"
                """.formatted(quoted(to.bucket()), quoted(to.region()), quoted(prefix))
                + to.endpoint()
                        .map(address -> "endpoint = " + quoted(address.toString()) + "\n")
                        .orElse("")
                + to.key().map(VectorConfiguration::signed).orElse("");
    }

    private static String signed(AccessKey key) {
        return "auth.access_key_id = \"${%s}\"\nauth.secret_access_key = \"${%s}\"\n".formatted(key.id(), key.secret());
    }

    private static String bearer(Optional<String> token) {
        return token.map("auth.strategy = \"bearer\"\nauth.token = \"${%s}\"\n"::formatted)
                .orElse("");
    }

    /** A basic string of TOML; a dollar is doubled, or Vector would look for a variable. */
    private static String quoted(String text) {
        return Yaml.quoted(text);
    }
}
