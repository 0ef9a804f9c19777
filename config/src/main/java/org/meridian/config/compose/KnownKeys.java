package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;

/**
 * Names keys that Compose would refuse on the server, where it is too late: a slip of the pen is an error; what is like no key that is
 * known may be of a newer Compose, and is a warning (keys: Compose specification, as of November 2026).
 */
final class KnownKeys {
    private static final Set<String> TOP = keys("""
            configs include models name networks secrets services version volumes""");

    private static final Set<String> SERVICE = keys("""
            annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name
            cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec
            depends_on deploy develop device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint env_file
            environment expose extends external_links extra_hosts gpus group_add healthcheck hostname image init ipc
            isolation label_file labels links logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit
            models network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_stop
            privileged profiles provider pull_policy pull_refresh_after read_only restart runtime scale secrets
            security_opt shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits
            use_api_socket user userns_mode uts volume_driver volumes volumes_from working_dir""");

    private static final Set<String> HEALTH = keys("disable interval retries start_interval start_period test timeout");

    private final Problems problems;

    KnownKeys(Problems problems) {
        this.problems = requireNonNull(problems, "problems is null");
    }

    /** Checks the project's own keys and those of its services. */
    void check(ComposeDocument compose) {
        check("", compose.root(), TOP);
        for (ComposeService service : compose.services()) {
            String name = "services." + service.name() + ".";
            check(name, service.body(), SERVICE);
            if (service.body().get("healthcheck").orElse(null) instanceof Mapping health) {
                check(name + "healthcheck.", health, HEALTH);
            }
        }
    }

    private void check(String path, Mapping mapping, Set<String> known) {
        mapping.entries().stream()
                .filter(entry -> !known.contains(entry.key().text())
                        && !entry.key().text().startsWith("x-"))
                .forEach(entry -> report(path, entry, known));
    }

    private void report(String path, Entry entry, Set<String> known) {
        String key = path + entry.key().text();
        Optional<String> meant = Closest.to(entry.key().text(), known);
        if (meant.isPresent()) {
            problems.error(
                    entry.key().where(),
                    "unknown-compose-key",
                    "Compose has no key " + key,
                    "Did you mean '" + meant.get() + "'?");
        } else {
            problems.warning(
                    entry.key().where(),
                    "unknown-compose-key",
                    "no key " + key + " of Compose is known here; a Compose that does not know it refuses the file",
                    "Remove it, or give it a name that begins with x-.");
        }
    }

    private static Set<String> keys(String words) {
        return new TreeSet<>(Set.of(words.strip().split("\\s+")));
    }
}
