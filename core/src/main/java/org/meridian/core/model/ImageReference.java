package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container image by name, and by tag or digest where given.
 *
 * <p>The form follows the distribution project's reference grammar (repository[:tag][@algorithm:hex]).
 *
 * @param repository registry host (optional) and path, such as {@code registry.example.com:5000/team/journal}
 * @param tag        the tag, if one was written
 * @param digest     the digest, such as {@code sha256:…}, if one was written; it wins over the tag
 */
public record ImageReference(String repository, Optional<String> tag, Optional<String> digest) {
    /** A repository of 255 characters, a tag of 128 and a digest; the grammar allows no more. */
    private static final int LONGEST = 255 + 1 + 128 + 1 + 160;

    private static final Pattern FORM =
            Pattern.compile("(?<repository>[A-Za-z0-9][A-Za-z0-9._-]*(:[0-9]+)?(/[a-z0-9][a-z0-9._-]*+)*+)"
                    + "(:(?<tag>\\w[\\w.-]{0,127}))?(@(?<digest>[a-z0-9]+:[0-9a-f]{32,128}))?");

    /** The registry of images that name none. */
    public static final String DOCKER_HUB = "docker.io";

    /** Checks that no part is null. */
    public ImageReference {
        requireNonNull(repository, "repository is null");
        requireNonNull(tag, "tag is null");
        requireNonNull(digest, "digest is null");
    }

    /** Reads a written reference; throws IllegalArgumentException when it has another form. */
    public static ImageReference parse(String text) {
        requireNonNull(text, "text is null");
        // "name:5000" alone is a name with a tag; a port needs a path behind it.
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an image: write repository, repository:tag or"
                    + " repository@sha256:digest, in lower case");
        }
        String repository = form.group("repository");
        Optional<String> tag = Optional.ofNullable(form.group("tag"));
        int port = repository.indexOf(':');
        if (port >= 0 && repository.indexOf('/') < 0) {
            tag = Optional.of(repository.substring(port + 1));
            repository = repository.substring(0, port);
        }
        return new ImageReference(repository, tag, Optional.ofNullable(form.group("digest")));
    }

    /**
     * The registry that it is pulled from: what stands before the first slash if that is a host's name, and otherwise
     * {@link #DOCKER_HUB} (distribution's reference grammar, "familiar" names).
     */
    public String registry() {
        String first = firstPart();
        return first.isEmpty() || first.equals("index.docker.io") ? DOCKER_HUB : first;
    }

    /** The repository within its registry; Docker Hub's official images are in {@code library}. */
    public String path() {
        String first = firstPart();
        String path = first.isEmpty() ? repository : repository.substring(first.length() + 1);
        return registry().equals(DOCKER_HUB) && path.indexOf('/') < 0 ? "library/" + path : path;
    }

    /** The host's name that the repository begins with; empty where it begins with none. */
    private String firstPart() {
        int slash = repository.indexOf('/');
        String first = slash < 0 ? "" : repository.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost") ? first : "";
    }

    /** The same repository with this tag and no digest. */
    public ImageReference withTag(String newTag) {
        return new ImageReference(repository, Optional.of(newTag), Optional.empty());
    }

    /** The same repository by digest alone. */
    public ImageReference withDigest(String newDigest) {
        return new ImageReference(repository, Optional.empty(), Optional.of(newDigest));
    }

    @Override
    public String toString() {
        return repository
                + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }
}
