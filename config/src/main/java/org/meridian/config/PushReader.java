package org.meridian.config;

import java.util.List;
import java.util.Optional;
import org.meridian.config.document.Section;
import org.meridian.core.model.ImagePush;
import org.meridian.core.model.ImageReference;

/**
 * Reads {@code push}: whether the app's image goes from this machine's engine over SSH. Where nothing is written, a name
 * that has neither a registry nor a user is taken for an image of this machine, if all machines are the team's own.
 */
final class PushReader {
    private static final String SSH = "ssh";

    private PushReader() {}

    static ImagePush read(Section root, Optional<ImageReference> image, boolean machinesStay) {
        boolean bare = image.map(ImageReference::repository)
                .filter(name -> name.indexOf('/') < 0)
                .isPresent();
        return root.find("push")
                .flatMap(field -> field.oneOf(List.of(SSH, "registry")))
                .map(written -> written.equals(SSH) ? ImagePush.ALWAYS : ImagePush.NEVER)
                .orElse(bare && machinesStay ? ImagePush.WHERE_PRESENT : ImagePush.NEVER);
    }
}
