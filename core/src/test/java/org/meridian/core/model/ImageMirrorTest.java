package org.meridian.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageMirrorTest {
    @ParameterizedTest
    @CsvSource({
        "mirror.example.com,redis:7,mirror.example.com/library/redis:7",
        "https://mirror.example.com/,team/app:1,mirror.example.com/team/app:1",
        "127.0.0.1:5000/hub,docker.io/team/app,127.0.0.1:5000/hub/team/app",
        "mirror.example.com,index.docker.io/redis,mirror.example.com/library/redis",
        "mirror.example.com,ghcr.io/team/app:1,ghcr.io/team/app:1",
        "mirror.example.com,localhost/app,localhost/app",
    })
    void docker_hubs_images_are_pulled_through_it_and_no_others(String mirror, String image, String pulled) {
        assertThat(ImageMirror.parse(mirror).of(ImageReference.parse(image))).hasToString(pulled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://mirror.example.com",
                "mirror",
                "mirror.example.com/a b",
                "mirror.example.com/Hub",
                "user@mirror.example.com",
                "mirror.example.com/../x",
            })
    void what_no_image_can_be_pulled_from_is_refused(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> ImageMirror.parse(address));
    }
}
