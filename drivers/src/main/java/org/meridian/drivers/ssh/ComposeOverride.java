package org.meridian.drivers.ssh;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.PushedImage;
import org.meridian.core.model.Release;

/**
 * Writes the Compose file that goes on top of the team's own: images by digest, the environment, the served port.
 *
 * <p>A variable's name without a value takes the value of the environment file, and beats what the team's file says
 * beneath (Compose file reference, "environment" and "Merge", which has {@code !reset} and {@code !override} too). The
 * served port takes the place of the team's, which is often on 127.0.0.1 alone. On a machine with several releases no
 * other port is published and no container has a name of its own, since both can be had only once.
 */
final class ComposeOverride {
    /** A profile that no release has active. */
    private static final String OUTLIVING = "meridian-outliving";

    private final Release.Content release;
    private final Collection<String> variables;
    private final String published;
    private final boolean sharesMachine;
    private final boolean besideData;

    private ComposeOverride(
            Release.Content release,
            Collection<String> variables,
            String published,
            boolean sharesMachine,
            boolean besideData) {
        this.release = release;
        this.variables = new TreeSet<>(variables);
        this.published = published;
        this.sharesMachine = sharesMachine;
        this.besideData = besideData;
    }

    /** The file's text, as YAML whose every value is quoted like JSON; {@code variables} are names, {@code published} is what the app is served at. */
    static String of(Release.Content release, Collection<String> variables, String published, boolean sharesMachine) {
        return new ComposeOverride(release, variables, published, sharesMachine, true).text();
    }

    /** The same for a server of a machine whose neighbour has what outlives releases. */
    static String awayFromData(
            Release.Content release, Collection<String> variables, String published, boolean sharesMachine) {
        return new ComposeOverride(release, variables, published, sharesMachine, false).text();
    }

    private String text() {
        StringBuilder yaml = new StringBuilder();
        if (besideData) {
            yaml.append(KeptText.volumes(release.outliving()));
        }
        yaml.append("services:\n");
        Map<String, ImageReference> images = new TreeMap<>(release.images());
        images.forEach((service, image) -> {
            yaml.append("  ").append(Yaml.quoted(service)).append(":\n");
            yaml.append("    image: ")
                    .append(Yaml.quoted(PushedImage.onServer(image).toString()))
                    .append('\n');
            if (PushedImage.is(image)) {
                yaml.append("    pull_policy: never\n");
            }
            yaml.append("    build: !reset null\n");
            if (sharesMachine) {
                yaml.append("    container_name: !reset null\n");
            }
            if (release.appServices().contains(service) && !variables.isEmpty()) {
                yaml.append("    environment: ")
                        .append(list(variables.stream()))
                        .append('\n');
            }
            outlived(yaml, service);
            ports(yaml, service);
        });
        return yaml.toString();
    }

    /** What outlives releases runs in a project of its own, and is there before what waits for it. */
    private void outlived(StringBuilder yaml, String service) {
        if (release.outliving().services().containsKey(service)) {
            yaml.append("    profiles: !override [").append(OUTLIVING).append("]\n");
        }
        List<String> hosts = release.outliving().hosts().getOrDefault(service, List.of());
        if (!besideData && !hosts.isEmpty()) {
            yaml.append("    extra_hosts: ").append(list(hosts.stream())).append('\n');
        }
        String left = release.outliving().dependencies().getOrDefault(service, "");
        if (!left.isEmpty()) {
            yaml.append("    depends_on: ")
                    .append(left.equals("{}") || left.equals("[]") ? "!reset null" : "!override " + left)
                    .append('\n');
        }
    }

    private void ports(StringBuilder yaml, String service) {
        if (release.serve().service().equals(service)) {
            Stream<String> served = Stream.of(published);
            Stream<String> others = sharesMachine ? Stream.of() : release.serve().others().stream();
            yaml.append("    ports: !override ")
                    .append(list(Stream.concat(served, others)))
                    .append('\n');
        } else if (sharesMachine) {
            yaml.append("    ports: !reset []\n");
        }
    }

    private static String list(Stream<String> items) {
        return items.map(Yaml::quoted).collect(Collectors.joining(", ", "[", "]"));
    }
}
