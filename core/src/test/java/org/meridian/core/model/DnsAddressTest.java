package org.meridian.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.5",
                "172.16.0.1",
                "192.168.1.4",
                "127.0.0.1",
                "169.254.0.9",
                "100.64.0.1",
                "fd00::5",
                "fc12::1",
                "fe80::1",
                "::1",
                "0.0.0.0"
            })
    void nobodyOutsideReachesAPrivateAddress(String address) {
        assertThat(DnsAddress.of(address).isPrivate()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.4", "172.32.0.1", "100.128.0.1", "8.8.8.8", "2001:db8::5", "2a06:98c0::1"})
    void allOthersAreUsers(String address) {
        assertThat(DnsAddress.of(address).isPrivate()).isFalse();
    }

    @Test
    void anAddressIsTheSameHoweverItIsWritten() {
        assertThat(DnsAddress.of("2001:DB8::5")).isEqualTo(DnsAddress.of("2001:db8:0:0:0:0:0:5"));
        assertThat(DnsAddress.of("[2001:db8::5]").type()).isEqualTo("AAAA");
        assertThat(DnsAddress.of("203.0.113.4").type()).isEqualTo("A");
    }

    @Test
    void aNameIsNotLookedUp() {
        assertThatThrownBy(() -> DnsAddress.of("localhost")).isInstanceOf(IllegalArgumentException.class);
    }
}
