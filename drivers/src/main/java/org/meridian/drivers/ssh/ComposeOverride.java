package org.meridian.drivers.ssh;

import java.util.Map;
import java.util.TreeMap;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Release;

/**
 * Writes the Compose file that goes on top of the team's own: images by digest, the environment, the served port.
 *
 * <p>Compose merges ports without repeating equal ones, so a port that the team publishes itself is not harmed
 * (Compose file reference, "Merge and override", which has {@code !reset} and {@code !override} too). On a machine with
 * several releases none but the served port is published, since a port can be had only once.
 */
final class ComposeOverride {
    private ComposeOverride() {}

    /** The file's text, as YAML whose every value is quoted like JSON. */
    static String of(Release.Content release, String environmentFile, int publishedPort, boolean sharesMachine) {
        StringBuilder yaml = new StringBuilder("services:\n");
        Map<String, ImageReference> images = new TreeMap<>(release.images());
        images.forEach((service, image) -> {
            yaml.append("  ").append(Yaml.quoted(service)).append(":\n");
            yaml.append("    image: ").append(Yaml.quoted(image.toString())).append('\n');
            yaml.append("    build: !reset null\n");
            if (release.appServices().contains(service)) {
                yaml.append("    env_file: [")
                        .append(Yaml.quoted(environmentFile))
                        .append("]\n");
            }
            if (release.serve().service().equals(service)) {
                String port = publishedPort + ":" + release.serve().port();
                yaml.append(sharesMachine ? "    ports: !override [" : "    ports: [")
                        .append(Yaml.quoted(port))
                        .append("]\n");
            } else if (sharesMachine) {
                yaml.append("    ports: !reset []\n");
            }
        });
        return yaml.toString();
    }
}
