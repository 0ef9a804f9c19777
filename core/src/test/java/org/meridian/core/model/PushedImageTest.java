package org.meridian.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PushedImageTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @Test
    void the_port_of_the_registry_here_is_in_no_name_of_the_image() {
        ImageReference one = PushedImage.of(ImageReference.parse("127.0.0.1:40001/journal@" + DIGEST));

        assertThat(one).isEqualTo(PushedImage.of(ImageReference.parse("127.0.0.1:50002/journal@" + DIGEST)));
        assertThat(one).hasToString("meridian.invalid/journal@" + DIGEST);
        assertThat(PushedImage.onServer(one)).hasToString("meridian.invalid/journal:sha256-" + "ab".repeat(32));
    }

    @Test
    void what_a_registry_has_is_told_from_what_an_engine_has() {
        ImageReference one = PushedImage.relayed(ImageReference.parse("ghcr.io/ada/journal@" + DIGEST));

        assertThat(PushedImage.onServer(one))
                .hasToString("relay.meridian.invalid/ada/journal:sha256-" + "ab".repeat(32));
        assertThat(PushedImage.isRelayed(one)).isTrue();
        assertThat(PushedImage.isRelayed(PushedImage.of(one))).isFalse();
    }

    @Test
    void other_images_keep_their_names() {
        ImageReference redis = ImageReference.parse("redis@" + DIGEST);

        assertThat(PushedImage.is(redis)).isFalse();
        assertThat(PushedImage.onServer(redis)).isEqualTo(redis);
    }
}
