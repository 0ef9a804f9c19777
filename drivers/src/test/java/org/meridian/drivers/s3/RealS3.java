package org.meridian.drivers.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A server that speaks S3's protocol (S3Mock), as a process of its own; started once, stopped with this process.
 *
 * <p>It looks at conditions and then writes, and it sends an object while another request replaces it; S3 does neither. So
 * requests reach it one at a time, through {@link OneAtATime}.
 */
public final class RealS3 {
    /** The one bucket that it has. */
    public static final String BUCKET = "state";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PORT = start();

    static {
        // Nobody checks them; the client wants some.
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        try (S3Client client = S3Clients.open(at(PORT))) {
            client.createBucket(request -> request.bucket(BUCKET));
        }
    }

    private RealS3() {}

    /** Where it listens on 127.0.0.1. */
    public static int port() {
        return PORT;
    }

    static URI endpoint(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    static S3Location at(int port) {
        return new S3Location(BUCKET, "team", Optional.of(endpoint(port)), Optional.empty());
    }

    static List<String> keys() {
        try (S3Client client = S3Clients.open(at(PORT))) {
            return client.listObjectsV2Paginator(request -> request.bucket(BUCKET)).contents().stream()
                    .map(S3Object::key)
                    .toList();
        }
    }

    /** As before the first use. */
    static void empty() {
        try (S3Client client = S3Clients.open(at(PORT))) {
            for (String key : keys()) {
                client.deleteObject(request -> request.bucket(BUCKET).key(key));
            }
        }
    }

    private static int start() {
        try {
            int port = freePort();
            Process server = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            Path.of("target", "s3mock", "s3mock.jar").toString(),
                            "--server.port=" + port,
                            "--server.address=127.0.0.1",
                            "--server.ssl.enabled=false",
                            // It insists on a second port.
                            "--com.adobe.testing.s3mock.http-port=0")
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target", "s3mock", "s3mock.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
            awaitAnswer(server, port);
            return OneAtATime.before(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitAnswer(Process server, int port) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!answers(port)) {
            if (!server.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("S3Mock does not start: see target/s3mock/s3mock.log");
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
