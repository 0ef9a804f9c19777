package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import org.meridian.core.model.ImagePush;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.PushedImage;
import org.meridian.core.spi.ImageRegistry;
import org.meridian.drivers.local.LocalRegistry;

/** The app's image is this machine's, and is pushed; every other one is where its name says. */
final class PushedRegistry implements ImageRegistry {
    private final ImageReference app;
    private final ImagePush push;
    private final LocalRegistry here;
    private final ImageRegistry elsewhere;

    /** For images of the repository of {@code app}, whatever their tag. */
    PushedRegistry(ImageReference app, ImagePush push, LocalRegistry here, ImageRegistry elsewhere) {
        this.app = requireNonNull(app, "app is null");
        this.push = requireNonNull(push, "push is null");
        this.here = requireNonNull(here, "here is null");
        this.elsewhere = requireNonNull(elsewhere, "elsewhere is null");
    }

    @Override
    public ImageReference resolve(ImageReference image) throws InterruptedException {
        if (PushedImage.is(image)) {
            return image;
        }
        return isPushed(image) ? PushedImage.of(here.resolve(image)) : elsewhere.resolve(image);
    }

    private boolean isPushed(ImageReference image) throws InterruptedException {
        return image.repository().equals(app.repository())
                && switch (push) {
                    case NEVER -> false;
                    case WHERE_PRESENT -> here.has(image);
                    case ALWAYS -> true;
                };
    }

    @Override
    public void close() {
        try {
            here.close();
        } finally {
            elsewhere.close();
        }
    }
}
