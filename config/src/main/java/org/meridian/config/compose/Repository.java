package org.meridian.config.compose;

import java.util.Optional;

/** Takes the repository out of a written image and brings Docker Hub's short forms to one. */
public final class Repository {
    private Repository() {}

    /** The part before the tag or digest; empty when a variable without a default is in it. */
    public static Optional<String> of(String image) {
        String repository = image.split("@", 2)[0];
        int name = repository.lastIndexOf('/') + 1;
        int tag = repository.indexOf(':', name);
        // The colon of ${TAG:?} is behind the one before the tag, so the first one counts.
        String cut = tag < 0 ? repository : repository.substring(0, tag);
        return cut.contains("$") || cut.isBlank() ? Optional.empty() : Optional.of(cut);
    }

    /** Docker Hub's images have short names: {@code journal} is {@code docker.io/library/journal}. */
    public static String normal(String repository) {
        String rest = repository;
        for (String prefix : new String[] {"docker.io/", "index.docker.io/", "library/"}) {
            rest = rest.startsWith(prefix) ? rest.substring(prefix.length()) : rest;
        }
        return rest;
    }
}
