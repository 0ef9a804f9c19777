package org.meridian.drivers.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A registry that this machine can read, and that has what is brought to servers. */
@FunctionalInterface
public interface ImageSource {
    /** Makes it ready to answer; throws a Failure where that can't be. */
    Answers open() throws InterruptedException;

    /** One that runs on this machine and asks for no login; {@code port} makes it run. */
    static ImageSource here(Port port) {
        return () -> {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(Answers.WITHIN)
                    .build();
            String here = "http://127.0.0.1:" + port.get();
            return (method, path, headers) -> {
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(here + path))
                        .timeout(Answers.WITHIN)
                        .method(method, HttpRequest.BodyPublishers.noBody());
                headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
                return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            };
        };
    }

    /** A port of 127.0.0.1. */
    @FunctionalInterface
    interface Port {
        /** Its number, once something listens there. */
        int get() throws InterruptedException;
    }

    /** What it answers. */
    @FunctionalInterface
    interface Answers {
        /** How long it may take until an answer begins. */
        Duration WITHIN = Duration.ofSeconds(30);

        /**
         * The answer to a request that only reads; its body is the caller's to close.
         *
         * @param method  GET or HEAD
         * @param path    such as {@code /v2/journal/blobs/sha256:…}
         * @param headers of the request, by name
         * @throws IOException when there is none
         */
        HttpResponse<InputStream> to(String method, String path, Map<String, List<String>> headers)
                throws IOException, InterruptedException;
    }
}
