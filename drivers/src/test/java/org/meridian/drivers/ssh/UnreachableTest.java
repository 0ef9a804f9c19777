package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class UnreachableTest {
    static Stream<Arguments> causes() {
        int failed = SshConstants.SSH_OPEN_CONNECT_FAILED;
        return Stream.of(
                Arguments.of(Unreachable.NAME, new UnknownHostException("lab")),
                Arguments.of(Unreachable.ROUTE, new NoRouteToHostException("No route to host")),
                Arguments.of(Unreachable.ROUTE, new IOException("Network is unreachable")),
                Arguments.of(Unreachable.REFUSED, new ConnectException("Connection refused")),
                Arguments.of(Unreachable.SILENT, new TimeoutException()),
                Arguments.of(Unreachable.SILENT, new ConnectException("Connection timed out")),
                // What OpenSSH's sshd answers when it can't connect for somebody (channels.c, channel_post_connecting).
                Arguments.of(Unreachable.REFUSED, opening(failed, "Connection refused")),
                Arguments.of(Unreachable.SILENT, opening(failed, "Connection timed out")),
                Arguments.of(Unreachable.ROUTE, opening(failed, "No route to host")),
                Arguments.of(Unreachable.NAME, opening(failed, "Name or service not known")),
                Arguments.of(
                        Unreachable.FORBIDDEN,
                        opening(SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "open failed")),
                Arguments.of(Unreachable.BEHIND, opening(failed, "open failed")),
                Arguments.of(Unreachable.OTHER, new IOException("Connection reset by peer")));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void tells_what_kept_a_connection_from_coming_about(Unreachable reason, Throwable cause) {
        assertThat(Unreachable.why(cause)).isEqualTo(reason);
        assertThat(Unreachable.why(new SshException("wrapped", cause))).isEqualTo(reason);
    }

    private static SshChannelOpenException opening(int code, String message) {
        return new SshChannelOpenException(1, code, message);
    }
}
