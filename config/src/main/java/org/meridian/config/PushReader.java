package org.meridian.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.ImagePush;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.ImageRoute;
import org.meridian.core.model.RegionName;

/**
 * Reads {@code push}: whether images go to servers over SSH. The app's own comes from this machine's engine: where nothing is
 * written, a name that has neither a registry nor a user is taken for an image of this machine, if all machines are the
 * team's own. Where the app's is in a registry, single regions may get what is there through this machine.
 */
final class PushReader {
    private static final String SSH = "ssh";
    private static final String REGISTRY = "registry";
    private static final List<String> WORDS = List.of(SSH, REGISTRY);

    private PushReader() {}

    static ImagePush read(Section root, Optional<ImageReference> image, boolean machinesStay) {
        boolean bare = image.map(ImageReference::repository)
                .filter(name -> name.indexOf('/') < 0)
                .isPresent();
        return root.find("push")
                .flatMap(field -> field.oneOf(WORDS))
                .map(written -> written.equals(SSH) ? ImagePush.ALWAYS : ImagePush.NEVER)
                .orElse(bare && machinesStay ? ImagePush.WHERE_PRESENT : ImagePush.NEVER);
    }

    /** That of one region. */
    static ImageRoute region(Optional<Field> push) {
        return push.flatMap(field -> field.oneOf(WORDS)).filter(SSH::equals).isPresent()
                ? ImageRoute.THROUGH_DEPLOYER
                : ImageRoute.REGISTRY;
    }

    /** What this machine's engine has is in no registry, so no region can pull it from one. */
    static void check(ImagePush app, Map<RegionName, Field> regions) {
        regions.forEach((name, field) -> {
            if (app != ImagePush.NEVER && field.text().filter(REGISTRY::equals).isPresent()) {
                field.error(
                        "push-everywhere",
                        "region " + name + " can't pull what the other regions get from this machine's engine",
                        "Push the image to a registry and write 'push: registry' for the app, and 'push: ssh' for the"
                                + " regions that have no way to it; or leave this out.");
            }
        });
    }
}
