package org.meridian.drivers.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.RegionName;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/** The container that the local registry runs in, and what it answers. */
final class RegistryServer {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration START = Duration.ofSeconds(30);
    private static final String AGAIN = "Run the command again; 'docker info' tells whether the engine is well.";

    /** What a manifest may be, so that the digest is the one that a pull would see (distribution's specification). */
    private static final List<String> MANIFESTS = List.of(
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json");

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(ANSWER)
            .build();

    private final LocalNames names;
    private final LocalImage image;
    private final RegistryCommands commands;
    private final LocalNetworks networks;
    private final CommandRunner docker;
    private boolean madeHere;

    RegistryServer(LocalNames names, LocalImage image, CommandRunner docker) {
        this.names = requireNonNull(names, "names is null");
        this.image = requireNonNull(image, "image is null");
        this.commands = new RegistryCommands(names);
        this.networks = new LocalNetworks(names, docker);
        this.docker = requireNonNull(docker, "docker is null");
    }

    /** Makes it run and be in a region's network; returns its port on 127.0.0.1. */
    int ensure(RegionName region) throws InterruptedException {
        int port = ensure();
        networks.attach(names.registry(), networks.ensure(region));
        return port;
    }

    /** Makes it run, and returns its port on 127.0.0.1, which it keeps for its life. */
    synchronized int ensure() throws InterruptedException {
        CommandResult found = docker.run(commands.inspect());
        int port = found.succeeded() ? started(found.output()) : create();
        awaitAnswer(port);
        return port;
    }

    boolean exists() throws InterruptedException {
        return docker.run(commands.inspect()).succeeded();
    }

    void destroy() throws InterruptedException {
        CommandResult found = docker.run(commands.inspect());
        if (found.succeeded()) {
            checkOurs(found.output());
            docker.run(commands.remove()).expect("removing the local registry", AGAIN);
        }
    }

    private int started(String inspected) throws InterruptedException {
        checkOurs(inspected);
        String[] fields = inspected.strip().split("\t", -1);
        if (!fields[1].equals("running")) {
            docker.run(commands.start()).expect("starting the local registry", AGAIN);
        }
        return Integer.parseInt(fields[2]);
    }

    private void checkOurs(String inspected) {
        if (!inspected.startsWith(names.app() + "\t")) {
            throw Failure.of(Diagnostic.of(
                    "name-taken",
                    "a container named " + names.registry() + " exists and is not Meridian's",
                    "Remove it with 'docker rm -f " + names.registry() + "', or give the app another name."));
        }
    }

    private int create() throws InterruptedException {
        int port = freePort();
        CommandResult started = docker.run(commands.run(image.reference(), port));
        if (!started.succeeded()) {
            // A container that could not get its port exists all the same.
            docker.run(commands.remove());
        }
        started.expect("starting the local registry", AGAIN);
        madeHere = true;
        return port;
    }

    /** Whether there was none before this process made it. */
    synchronized boolean madeHere() {
        return madeHere;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no port is free on 127.0.0.1", e);
        }
    }

    private void awaitAnswer(int port) throws InterruptedException {
        long giveUp = System.nanoTime() + START.toNanos();
        while (!answers(port)) {
            if (System.nanoTime() > giveUp) {
                throw Failure.of(Diagnostic.of(
                        "registry-silent",
                        "the local registry does not answer at 127.0.0.1:" + port + " after " + Durations.spoken(START),
                        "See 'docker logs " + names.registry() + "'; 'docker rm -fv " + names.registry()
                                + "' lets the next run make a new one."));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private static boolean answers(int port) throws InterruptedException {
        return head("http://127.0.0.1:" + port + "/v2/")
                .filter(answer -> answer.statusCode() == 200)
                .isPresent();
    }

    /** The digest of what has this tag in the registry; empty when nothing has. */
    static Optional<String> digest(int port, ImageReference name) throws InterruptedException {
        String here = "127.0.0.1:" + port + "/";
        String path = name.repository().substring(here.length());
        return head("http://" + here + "v2/" + path + "/manifests/" + name.tag().orElseThrow())
                .filter(answer -> answer.statusCode() == 200)
                .flatMap(answer -> answer.headers().firstValue("Docker-Content-Digest"));
    }

    private static Optional<HttpResponse<Void>> head(String url) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(ANSWER)
                .method("HEAD", HttpRequest.BodyPublishers.noBody());
        MANIFESTS.forEach(type -> request.header("Accept", type));
        try {
            return Optional.of(HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
