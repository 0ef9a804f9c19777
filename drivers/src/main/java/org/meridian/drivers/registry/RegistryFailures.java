package org.meridian.drivers.registry;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageReference;

/** What registries refuse, in words that say what to do. */
final class RegistryFailures {
    private RegistryFailures() {}

    static Failure noSuchImage(ImageReference image, Registry registry) {
        return Failure.usage(Diagnostic.of(
                "no-such-image",
                registry + " has no image " + image,
                "Build and push it with 'meridian build', or name another with --tag or --image."
                        + elsewhere(registry)));
    }

    /** Docker Hub gives the same answer for what is not there and for what is private. */
    static Failure refused(ImageReference image, Registry registry, boolean loggedIn) {
        return Failure.usage(Diagnostic.of(
                "registry-refused",
                registry + " does not let this machine read " + image + ", or has no such image",
                (loggedIn ? "See that the name is right, or run '" : "Run '") + registry.loginCommand()
                        + "' with a user who may pull it." + elsewhere(registry)));
    }

    /** docs.docker.com, "Docker Hub usage and limits". */
    static Failure limited(Registry registry, boolean loggedIn, HttpResponse<String> answer) {
        String login = loggedIn ? "" : " Run '" + registry.loginCommand() + "': the limit for users is higher.";
        return Failure.of(Diagnostic.of(
                "registry-limit",
                registry + " answers no more requests for now: the limit "
                        + (loggedIn ? "of the user who is logged in" : "for addresses without a login") + " is reached",
                "Nothing was changed; run the command again later." + when(answer) + login));
    }

    static Failure unexpected(Registry registry, HttpResponse<String> answer) {
        Diagnostic problem = Diagnostic.of(
                "registry-answer",
                registry + " answers with HTTP " + answer.statusCode(),
                "Nothing was changed; run the command again later." + when(answer));
        // A registry that is in trouble says nothing about the image.
        return answer.statusCode() >= 500 ? Failure.noAnswer(problem) : Failure.of(problem);
    }

    static Failure noToken(Registry registry, int status) {
        return Failure.usage(Diagnostic.of(
                "registry-refused",
                registry + " gives no token (HTTP " + status + ")",
                "Run '" + registry.loginCommand() + "' with a user who may pull the image."));
    }

    static Failure untrusted(Registry registry, IOException cause) {
        return Failure.of(
                Diagnostic.of(
                                "registry-certificate",
                                "the certificate of " + registry + " is not trusted by this machine",
                                "Name a trust store that has its authority:"
                                        + " JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE. Servers need the"
                                        + " authority too, in /etc/docker/certs.d/" + registry.name() + "/ca.crt.")
                        .withDetail(reason(cause)),
                cause);
    }

    static Failure unreachable(Registry registry, String what, IOException cause) {
        return Failure.noAnswer(
                Diagnostic.of(
                                "registry-unreachable",
                                "the registry " + registry + " " + what,
                                "See whether its name is right and this machine may connect to it; nothing was changed.")
                        .withDetail(reason(cause)),
                cause);
    }

    /** A name without a registry is Docker Hub's, which is seldom meant for an image of one's own. */
    private static String elsewhere(Registry registry) {
        return registry.isDockerHub()
                ? " If it is in another registry, write that in front: 'registry.example.com/...'."
                : "";
    }

    private static String when(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .map(seconds -> " It asks to wait for " + seconds + " s.")
                .orElse("");
    }

    private static String reason(IOException cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
