package org.meridian.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageReferenceTest {
    @ParameterizedTest
    @CsvSource({
        "redis:7, docker.io, library/redis",
        "redis, docker.io, library/redis",
        "user/app:1, docker.io, user/app",
        "docker.io/redis:7, docker.io, library/redis",
        "docker.io/library/redis:7-alpine, docker.io, library/redis",
        "index.docker.io/user/app, docker.io, user/app",
        "ghcr.io/acme/app:1, ghcr.io, acme/app",
        "localhost/app, localhost, app",
        "localhost:5000/app:2, localhost:5000, app",
        "registry.example.com:5000/team/app@sha256:0123456789abcdef0123456789abcdef, registry.example.com:5000, team/app"
    })
    void anImageThatNamesNoRegistryIsDockerHubs(String image, String registry, String path) {
        ImageReference reference = ImageReference.parse(image);

        assertThat(reference.registry()).isEqualTo(registry);
        assertThat(reference.path()).isEqualTo(path);
    }
}
