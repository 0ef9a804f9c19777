package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Kept;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.model.PushedImage;
import org.meridian.core.model.Release;

/** What outlives releases, as Compose and the scripts of a server read it. */
final class KeptText {
    private KeptText() {}

    /** For the script {@code keep}: the directory, volumes, services, and the networks in which they are looked for. */
    static String list(AppName app, Kept kept) {
        StringBuilder list = new StringBuilder("home " + Kept.home(app) + "\n");
        kept.volumes().values().stream().distinct().sorted().forEach(volume -> list.append("volume ")
                .append(volume)
                .append('\n'));
        new TreeMap<>(kept.services()).forEach((name, service) -> {
            list.append("service ").append(name).append('\n');
            new TreeMap<>(service.networks())
                    .forEach((network, names) ->
                            list.append("join %s %s %s\n".formatted(name, network, String.join(",", names))));
        });
        return list.toString();
    }

    /** The top level's key {@code volumes}: those that outlive releases are there before any project starts. */
    static String volumes(Kept kept) {
        if (kept.volumes().isEmpty()) {
            return "";
        }
        StringBuilder yaml = new StringBuilder("volumes:\n");
        new TreeMap<>(kept.volumes())
                .forEach((key, name) -> yaml.append("  %s: !override { name: %s, external: true }\n"
                        .formatted(Yaml.quoted(key), Yaml.quoted(name))));
        return yaml.toString();
    }

    /** The file on top of the team's in the project of what outlives releases; other services are never started there. */
    static String override(Release.Content content) {
        Kept kept = content.outliving();
        Set<String> outliving = kept.services().keySet();
        StringBuilder yaml = new StringBuilder(volumes(kept)).append("services:\n");
        Map<String, ImageReference> images = new TreeMap<>(content.images());
        for (String service : new TreeSet<>(images.keySet())) {
            yaml.append("  ").append(Yaml.quoted(service)).append(":\n");
            ImageReference image = requireNonNull(images.get(service));
            yaml.append("    image: ")
                    .append(Yaml.quoted(PushedImage.onServer(image).toString()))
                    .append('\n');
            if (PushedImage.is(image)) {
                yaml.append("    pull_policy: never\n");
            }
            yaml.append("    build: !reset null\n    container_name: !reset null\n");
            yaml.append("    ports: ").append(ports(kept, service)).append('\n');
            if (outliving.contains(service)) {
                // After a reboot Docker starts it before any release.
                yaml.append("    restart: unless-stopped\n");
            }
        }
        return yaml.toString();
    }

    /** On no address but the one that is said. */
    private static String ports(Kept kept, String service) {
        return Optional.ofNullable(kept.services().get(service))
                .flatMap(KeptService::published)
                .map(port -> "!override [" + Yaml.quoted(port) + "]")
                .orElse("!reset []");
    }
}
