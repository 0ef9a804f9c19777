package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;

final class PullLoginsTest {
    private static final ReleaseId R1 = new ReleaseId(1);
    private static final Map<String, Secret> LOGIN =
            Map.of("registry.example.com", Secret.of("{\"auth\":\"YW5uOnNlY3JldA==\"}"));

    private final List<Set<String>> asked = new ArrayList<>();
    private final PullLogins logins = new PullLogins(registries -> {
        asked.add(registries);
        return LOGIN;
    });

    @Test
    void the_registries_of_all_images_are_asked_for_and_no_other() throws InterruptedException {
        List<ImageReference> all =
                images("registry.example.com/journal", "other.example.com:5000/team/cache", "memcached");

        assertThat(logins.of(all)).isEqualTo(LOGIN);
        assertThat(logins.of(List.of())).isEmpty();

        assertThat(asked).containsExactly(Set.of("registry.example.com", "other.example.com:5000", "docker.io"));
    }

    @Test
    void a_login_that_is_missing_is_told_with_the_registry_and_what_to_run() {
        List<ImageReference> all = images("registry.example.com/journal", "other.example.com/cache");
        String words =
                "Error response from daemon: Head \"https://other.example.com/v2/cache\": no basic auth credentials";

        Diagnostic problem =
                PullLogins.notLetIn(server(), R1, all, LOGIN.keySet(), words).diagnostic();

        assertThat(PullLogins.refused(words)).isTrue();
        assertThat(problem.code()).isEqualTo("registry-login");
        assertThat(problem.summary())
                .isEqualTo(
                        "web-1 may not pull release r1: other.example.com wants a login, and this machine has none for it");
        assertThat(problem.suggestion()).contains("docker login other.example.com");
        assertThat(problem.detail()).isEqualTo(words);
    }

    @Test
    void a_login_that_is_refused_is_told_as_such() {
        List<ImageReference> all = images("registry.example.com/journal");

        Diagnostic problem = PullLogins.notLetIn(
                        server(), R1, all, LOGIN.keySet(), "unauthorized: authentication required")
                .diagnostic();

        assertThat(problem.summary()).endsWith("registry.example.com does not take the login of this machine for it");
        assertThat(problem.toString()).doesNotContain("YW5uOnNlY3JldA==");
    }

    @Test
    void docker_hub_is_named_though_the_engine_leaves_its_name_out() {
        List<ImageReference> all = images("ghcr.io/team/journal", "team/private:1");
        String words = "pull access denied for team/private, repository does not exist or may require 'docker login':"
                + " denied: requested access to the resource is denied";

        Diagnostic problem =
                PullLogins.notLetIn(server(), R1, all, Set.of("ghcr.io"), words).diagnostic();

        assertThat(problem.summary()).contains("docker.io wants a login, and this machine has none for it");
        assertThat(problem.suggestion()).startsWith("Run 'docker login' here");
    }

    @Test
    void a_limit_for_pulls_is_no_missing_login() {
        String words = "toomanyrequests: You have reached your unauthenticated pull rate limit.";

        Diagnostic problem = PullLogins.limited(server(), R1, Set.of(), words).diagnostic();

        assertThat(PullLogins.overLimit(words)).isTrue();
        assertThat(problem.summary()).endsWith("a registry's limit for pulls is reached");
        assertThat(problem.suggestion()).contains("docker login");
    }

    private static Server server() {
        return new Server(
                new ServerName("web-1"),
                new RegionName("eu"),
                R1,
                "000000000001",
                Optional.empty(),
                Optional.empty(),
                Server.State.RUNNING);
    }

    private static List<ImageReference> images(String... names) {
        return Stream.of(names).map(ImageReference::parse).toList();
    }
}
