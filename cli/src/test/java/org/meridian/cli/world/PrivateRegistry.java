package org.meridian.cli.world;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalImage;

/**
 * A registry that lets in nobody but one user with a password: the registry server of Debian with a file of htpasswd. Here
 * and on the machines that got a way to it, it answers at one port of 127.0.0.1, where Docker asks for no certificate.
 */
final class PrivateRegistry implements AutoCloseable {
    static final String USER = "puller";
    static final String PASSWORD = "right-one";

    /** The password as the registry server takes it (bcrypt alone; distribution's documentation, "htpasswd"). */
    private static final String HTPASSWD = USER + ":$2b$04$abcdefghijklmnopqrstuuDamSpEBK/aHXBMNOuT7tjZRd3dlURqO\n";

    private static final int INSIDE = 5000;

    private final String container;
    private final int port;

    private PrivateRegistry(String container, int port) {
        this.container = container;
        this.port = port;
    }

    /** Starts one with this name in a network of the engine. */
    static PrivateRegistry start(String container, String network) throws Exception {
        Shell.attempt(Path.of("."), Duration.ofSeconds(30), List.of("docker", "rm", "-fv", container));
        PrivateRegistry registry = new PrivateRegistry(container, freePort());
        Path users = Files.writeString(Files.createTempFile("meridian", ".htpasswd"), HTPASSWD);
        String image = new LocalImage(LocalImage.userCache(), new LocalProcesses()).reference();
        Shell.docker(
                "create",
                "--name",
                container,
                "--network",
                network,
                "--publish",
                "127.0.0.1:" + registry.port + ":" + INSIDE,
                "--volume",
                "/var/lib/registry",
                "--env",
                "REGISTRY_AUTH=htpasswd",
                "--env",
                "REGISTRY_AUTH_HTPASSWD_REALM=private",
                "--env",
                "REGISTRY_AUTH_HTPASSWD_PATH=/etc/meridian/htpasswd",
                image,
                "registry");
        Shell.docker("cp", users.toString(), container + ":/etc/meridian/htpasswd");
        Files.delete(users);
        Shell.docker("start", container);
        Wait.until("the registry to ask for a login", Duration.ofSeconds(30), () -> registry.status() == 401);
        return registry;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private int status() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + name() + "/v2/"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Its name in an image's. */
    String name() {
        return "127.0.0.1:" + port;
    }

    /** What a shell on a machine has to run for the registry to answer there at the same address. */
    String way(String network) {
        String address = Shell.docker(
                "inspect",
                "--format",
                "{{(index .NetworkSettings.Networks \"" + network + "\").IPAddress}}",
                container);
        return "systemd-run --quiet --unit=private-registry --socket-property=ListenStream=" + name()
                + " /usr/lib/systemd/systemd-socket-proxyd " + address + ":" + INSIDE;
    }

    /** The text of Docker's config.json with a password for the user. */
    String config(String password) {
        String login = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        return "{\"auths\":{\"" + name() + "\":{\"auth\":\"" + login + "\"}}}";
    }

    /** Pushes an image of the engine here under this path and tag, with the login in a directory; returns its digest. */
    String push(String image, String as, Path dockerConfig) {
        String target = name() + "/" + as;
        Shell.docker("tag", image, target);
        try {
            Shell.docker("--config", dockerConfig.toString(), "push", "--quiet", target);
            return Shell.docker("inspect", "--format", "{{range .RepoDigests}}{{println .}}{{end}}", target)
                    .lines()
                    .filter(digest -> digest.startsWith(name() + "/"))
                    .findFirst()
                    .orElseThrow();
        } finally {
            Shell.docker("rmi", "--no-prune", target);
        }
    }

    @Override
    public void close() {
        Shell.docker("rm", "--force", "--volumes", container);
    }
}
