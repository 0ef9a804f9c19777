package org.meridian.drivers.registry;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import org.meridian.core.model.ImageReference;

/**
 * A registry by the name that images have it under.
 *
 * @param name such as {@code ghcr.io}, {@code 127.0.0.1:5000} or {@code docker.io}
 */
record Registry(String name) {
    /** Where Docker Hub's API is (docs.docker.com, "registry API"); docker.io itself is a web site. */
    private static final String HUB_API = "https://registry-1.docker.io";
    /** The name under which {@code docker login} keeps a login at Docker Hub. */
    private static final String HUB_LOGIN = "https://index.docker.io/v1/";

    Registry {
        requireNonNull(name, "name is null");
    }

    static Registry of(ImageReference image) {
        return new Registry(image.registry());
    }

    boolean isDockerHub() {
        return name.equals(ImageReference.DOCKER_HUB);
    }

    /** Where its API is. Docker too speaks plain HTTP with what is on this machine alone. */
    URI api() {
        if (isDockerHub()) {
            return URI.create(HUB_API);
        }
        boolean here = name.matches("(localhost|127\\.0\\.0\\.1)(:[0-9]+)?");
        return URI.create((here ? "http://" : "https://") + name);
    }

    /** The name that Docker's configuration and its credential helpers know it by. */
    String loginName() {
        return isDockerHub() ? HUB_LOGIN : name;
    }

    /** Every name that it may have in Docker's configuration, the usual one first. */
    List<String> loginNames() {
        return isDockerHub()
                ? List.of(HUB_LOGIN, "index.docker.io", "docker.io", "registry-1.docker.io")
                : List.of(name, "https://" + name);
    }

    /** What to run to log in. */
    String loginCommand() {
        return isDockerHub() ? "docker login" : "docker login " + name;
    }

    @Override
    public String toString() {
        return isDockerHub() ? "Docker Hub" : name;
    }
}
