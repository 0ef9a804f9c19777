package org.meridian.core.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.model.AppName;

final class UserDataTest {
    private static final AppName APP = new AppName("journal");
    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA+/= meridian@journal";

    @Test
    void fills_every_placeholder() {
        String text = UserData.of(APP, "deploy", KEY).text();

        assertThat(text)
                .startsWith("#cloud-config\n")
                .contains("name: \"deploy\"", "\"" + KEY + "\"", "meridian-journal.service", "/opt/meridian/journal")
                .doesNotContainPattern("@[A-Z_]+@");
    }

    @Test
    void is_the_same_every_time() {
        assertThat(UserData.of(APP, "deploy", KEY)).isEqualTo(UserData.of(APP, "deploy", KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no key", "ssh-ed25519 AAAA\"]", "ssh-ed25519 AAAA\nruncmd: [evil]"})
    void refuses_a_key_that_would_escape_its_place(String key) {
        assertThatThrownBy(() -> UserData.of(APP, "deploy", key)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Deploy", "a b", "x\"", "-x"})
    void refuses_what_is_not_a_user(String user) {
        assertThatThrownBy(() -> UserData.of(APP, user, KEY)).hasMessageContaining("is not a user name");
    }
}
