package org.meridian.config.guess;

import static java.util.Objects.requireNonNull;

import org.meridian.core.model.ImageReference;

/** Guesses the app's image, with the tag or digest that it has in the Compose file as what is deployed by default. */
final class ImageGuess {
    private final ServiceFacts app;
    private final String name;

    /** For the service that is the app; {@code name} is the app's name, which keeps the place where there is no image. */
    ImageGuess(ServiceFacts app, String name) {
        this.app = requireNonNull(app, "app is null");
        this.name = requireNonNull(name, "name is null");
    }

    Guess<String> guess() {
        String path = "services." + app.name();
        if (app.image().isEmpty()) {
            return Guess.placeholder(
                    name, path + " is built and has no image's name; 'meridian build' pushes to this one");
        }
        String written = app.image().get();
        if (isImage(written)) {
            return Guess.of(written, "the image of " + path);
        }
        String repository = cut(written);
        return isImage(repository)
                ? Guess.of(repository, "the image of " + path + ", whose tag depends on a variable")
                : Guess.placeholder(name, "the image of " + path + " depends on a variable; write it here");
    }

    private static String cut(String image) {
        String repository = image.split("@", 2)[0];
        int tag = repository.indexOf(':', repository.lastIndexOf('/') + 1);
        return tag < 0 ? repository : repository.substring(0, tag);
    }

    private static boolean isImage(String text) {
        try {
            ImageReference.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
